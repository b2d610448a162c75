import { z } from "zod";

const HOST = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*";
const PATH = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

/** Registry host and path of the OCI distribution specification; a name without a host would mean Docker Hub. */
const REPOSITORY = new RegExp(`^(?=[^/]*[.:]|localhost/)${HOST}(?::[0-9]{1,5})?(?:/${PATH})+$`);

export const imageSchema = z.strictObject({
  repository: z
    .string()
    .max(255, "allowed: at most 255 characters")
    .regex(
      REPOSITORY,
      "allowed: a registry's host and a path in lower case, without tag, such as europe-docker.pkg.dev/acme/jitsi/web",
    )
    .optional()
    .describe("Repository of the image (default: that of the Jitsi project)."),
  tag: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "allowed: a tag: letters, digits, _ . and -, at most 128")
    .regex(
      /[0-9]/,
      "allowed: a tag that names one build, so with a number in it; latest or stable would float",
    )
    .refine((tag) => !tag.startsWith("latest"), "allowed: a tag that names one build; latest would float")
    .optional()
    .describe("Tag of the image, in quotes when it looks like a number (default: the release)."),
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "allowed: sha256: and 64 hex digits")
    .optional()
    .describe(
      "Digest of the image, such as sha256:… (default: none). With it the tag is only a name for people.",
    ),
});

const image = (what: string, effect: string) =>
  imageSchema
    .prefault({})
    .describe(`Image of ${what} (default: that of the release, from the Jitsi project). A change ${effect}.`);

/** Images of a customer's containers, where they are not those of the Jitsi project. */
export const imagesSchema = z
  .strictObject({
    web: image("web", "restarts web: pages do not load for some seconds, calls go on"),
    prosody: image("both Prosodys", "ends every call of the customer"),
    jicofo: image("Jicofo", "re-invites every call of the customer"),
    jvb: image(
      "the bridges that serve the customer; all customers that share a bridge must name the same one",
      "gives Google bridges a new template, as a new release does; roll it out like one",
    ),
    pullSecret: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,255}$/, "allowed: the name of a secret: letters, digits, _ and -")
      .optional()
      .describe(
        "Name of a secret in the Secret Manager of the account's project, made by people: a Docker config.json with " +
          "`auths` for the private registries (default: none, the registries ask for no login). The server may read " +
          "it, and the customer's Google bridges when images.jvb has a repository; machines fetch it when they boot.",
      ),
  })
  .prefault({})
  .describe("Images of the customer's containers.");
