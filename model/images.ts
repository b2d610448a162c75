import type { Customer, Pool } from "./fleet";
import { JITSI_REGISTRY } from "./versions";

export type Component = "web" | "prosody" | "jicofo" | "jvb";

/** What says which images a customer runs. */
export type ImageChoice = Pick<Customer, "release" | "images">;

/** The image of a component: repository and tag, and the digest where one is given. */
export function imageOf({ release, images }: ImageChoice, component: Component): string {
  const { repository = `${JITSI_REGISTRY}/${component}`, tag = release, digest } = images[component];
  return `${repository}:${tag}${digest === undefined ? "" : `@${digest}`}`;
}

/** The tag of an image of ours: without its repository, and without a digest. */
export const tagOf = (image: string): string => /:([^:@/]+)(?:@.*)?$/.exec(image)![1]!;

/** The image of a pool's bridges: its customers' (they all name the same one), or the next one of an upgrade. */
export const bridgeImage = (
  { nextImage }: Pick<Pool, "nextImage">,
  { release, images }: ImageChoice,
): string => {
  const { repository } = images.jvb;
  const jvb = nextImage ? { ...nextImage, ...(repository === undefined ? {} : { repository }) } : images.jvb;
  return imageOf({ release, images: { ...images, jvb } }, "jvb");
};

/** The secret that a customer's bridges log in to the registry with; undefined when their image needs none. */
export const bridgePullSecret = ({ images }: Pick<Customer, "images">): string | undefined =>
  images.jvb.repository === undefined ? undefined : images.pullSecret;
