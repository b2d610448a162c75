import type { Customer } from "../../model/fleet";
import { bridgeImage, bridgePullSecret, imageOf } from "../../model/images";
import { imagesSchema } from "../../model/schema/images";
import { aCustomer } from "../builders/fleet";

const DIGEST = `sha256:${"a".repeat(64)}`;
const withImages = (images: Partial<Customer["images"]>) =>
  aCustomer({ images: { ...aCustomer().images, ...images } });

describe("imageOf", () => {
  it.each([
    [{}, "ghcr.io/jitsi/jvb:stable-11146-2"],
    [{ tag: "stable-11146-3" }, "ghcr.io/jitsi/jvb:stable-11146-3"],
    [{ repository: "registry.acme.example:5000/a/jvb" }, "registry.acme.example:5000/a/jvb:stable-11146-2"],
    [{ digest: DIGEST }, `ghcr.io/jitsi/jvb:stable-11146-2@${DIGEST}`],
  ])("of %j is %s", (jvb, image) => {
    expect(imageOf(withImages({ jvb }), "jvb")).toBe(image);
    expect(imageOf(withImages({ jvb }), "web")).toBe("ghcr.io/jitsi/web:stable-11146-2");
  });
});

describe("bridgeImage", () => {
  const own = withImages({ jvb: { repository: "registry.acme.example/own", tag: "b7", digest: DIGEST } });

  it("is the customer's", () => {
    expect(bridgeImage({}, own)).toBe(imageOf(own, "jvb"));
  });

  it("is the pool's next one, from the customer's repository, and not with the digest of the one before", () => {
    expect(bridgeImage({ nextImage: { tag: "b8" } }, own)).toBe("registry.acme.example/own:b8");
    expect(bridgeImage({ nextImage: { tag: "stable-12000", digest: DIGEST } }, aCustomer())).toBe(
      `ghcr.io/jitsi/jvb:stable-12000@${DIGEST}`,
    );
  });
});

describe("bridgePullSecret", () => {
  it("is the customer's, when the bridges' image has a repository of its own", () => {
    const own = { repository: "registry.acme.example/own" };
    expect(bridgePullSecret(withImages({ pullSecret: "s", jvb: own }))).toBe("s");
    expect(bridgePullSecret(withImages({ pullSecret: "s", web: own }))).toBeUndefined();
    expect(bridgePullSecret(withImages({ jvb: own }))).toBeUndefined();
  });
});

describe("images of a customer", () => {
  const accepts = (web: object) => imagesSchema.safeParse({ web }).success;

  it.each([
    "ghcr.io/jitsi/web",
    "localhost/web",
    "registry:5000/web",
    "europe-docker.pkg.dev/acme-meet-prod/jitsi/web",
    "registry.acme.example/a__b/c-d.e",
  ])("may come from %s", (repository) => expect(accepts({ repository })).toBe(true));

  it.each([
    "web",
    "jitsi/web",
    "ghcr.io",
    "ghcr.io/",
    "ghcr.io/jitsi/web:tag",
    "ghcr.io/jitsi/web@sha256:aa",
    "ghcr.io/Jitsi/web",
    "https://ghcr.io/jitsi/web",
    "ghcr.io//web",
    "ghcr.io/a b",
    "ghcr.io/../web",
    "-x.io/web",
    "ghcr.io/${X}",
  ])("may not come from %s", (repository) => expect(accepts({ repository })).toBe(false));

  it.each(["stable-11146-2", "1.0", "v2_build.7"])("may have the tag %s", (tag) =>
    expect(accepts({ tag })).toBe(true),
  );

  it.each(["latest", "latest-2", "stable", "unstable", "", "-1", "a b1", "1".repeat(129)])(
    "may not have the tag %j",
    (tag) => expect(accepts({ tag })).toBe(false),
  );
});
