import { blocksOf } from "./blocks";
import type { Finding, Policy, Resource } from "./policy";

const COMPOSE_FILE = /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/;
const IMAGE_LINE = /(?:^|[{,])[ \t]*["']?image["']?[ \t]*:[ \t]*((?:\$\{[^}]*\}|[^\s,}])+)/gm;
/**
 * A tag that names one build has a number in it; `latest`, `stable`, `unstable` or none at all do not. How many numbers
 * is up to whoever builds the image: some count `42`, some `2.7.12`.
 */
const PINNED = /(?::[A-Za-z0-9_.-]*[0-9][A-Za-z0-9_.-]*|@sha256:[0-9a-f]{64})$/;

const GOOGLE_IMAGE = /^projects\/[^/]+\/global\/images\/(?:family\/)?[^/]+$/;

/**
 * No container image floats: machines of today and of tomorrow run the same Jitsi. A system image may be a family, whose
 * newest image new machines start from and unattended upgrades keep up with; it must be in full form, because a
 * shorthand makes the provider ask the API during a plan.
 */
export const checkImages: Policy = {
  id: "images",
  rule: "No container image floats, and a system image is named in full.",
  reason:
    "The next machine could run other software than the last one; a shorthand makes a plan ask the cloud.",
  fix: "Name a version in model/versions.ts, or under images of the customer.",
  check: ({ resources, files }) => [
    ...[...files].flatMap(([path, text]) => (COMPOSE_FILE.test(path) ? checkCompose(path, text) : [])),
    ...resources.flatMap(checkSystemImage),
  ],
};

const checkCompose = (path: string, text: string): Finding[] =>
  [...text.matchAll(IMAGE_LINE)]
    .map(([, image]) => image!.replace(/^(["'])(.*)\1$/, "$2"))
    .filter((image) => !PINNED.test(image))
    .map((image) => ({
      file: path,
      message:
        `image ${image} is not pinned; the next machine could run other software than the last one; ` +
        "name a version in model/versions.ts, or under images of the customer",
    }));

function checkSystemImage(on: Resource): Finding[] {
  const images = [
    ...(on.type === "google_compute_disk" || on.type === "google_compute_region_disk"
      ? [on.attributes["image"]]
      : []),
    ...blocksOf(on.attributes, "disk").map((disk) => disk["source_image"]),
    ...blocksOf(on.attributes, "boot_disk")
      .flatMap((disk) => blocksOf(disk, "initialize_params"))
      .map((params) => params["image"]),
  ];
  return images
    .filter((image) => image !== undefined && !GOOGLE_IMAGE.test(String(image)))
    .map((image) => ({
      on,
      message:
        `system image "${String(image)}" is not in full form; the provider would ask the API during a plan; ` +
        "write projects/<project>/global/images/<image or family/…>",
    }));
}
