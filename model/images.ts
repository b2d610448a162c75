import type { Customer } from "./fleet";
import { JITSI_REGISTRY } from "./versions";

export type Component = "web" | "prosody" | "jicofo" | "jvb";

/** What says which images a customer runs. */
export type ImageChoice = Pick<Customer, "release" | "images">;

/** The image of a component: repository and tag, and the digest where one is given. */
export function imageOf({ release, images }: ImageChoice, component: Component): string {
  const { repository = `${JITSI_REGISTRY}/${component}`, tag = release, digest } = images[component];
  return `${repository}:${tag}${digest === undefined ? "" : `@${digest}`}`;
}

/** The secret that a customer's bridges log in to the registry with; undefined when their image needs none. */
export const bridgePullSecret = ({ images }: Pick<Customer, "images">): string | undefined =>
  images.jvb.repository === undefined ? undefined : images.pullSecret;
