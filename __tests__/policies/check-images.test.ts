import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { ComputeRegionInstanceTemplate } from "@cdktf/provider-google/lib/compute-region-instance-template";
import { findingsOf } from "../builders/policy-findings";

const policyFindings = findingsOf("images");

const labels = { "fleet-account": "acme", "fleet-role": "server" };
const SHORTHAND = (image: string) =>
  `system image "${image}" is not in full form; the provider would ask the API during a plan; ` +
  "write projects/<project>/global/images/<image or family/…>";

const compose = (line: string, path = "files/server/etc/fleet/compose.yaml") =>
  policyFindings(() => undefined, { files: new Map([[path, `services:\n  web:\n    ${line}\n`]]) });

describe("checkImages on compose files", () => {
  it.each([
    "image: ghcr.io/jitsi/web:stable-11146-2",
    'image: "ghcr.io/jitsi/web:stable-11146-2"',
    "image: localhost:5000/web:1.2",
    `image: ghcr.io/jitsi/web@sha256:${"a".repeat(64)}`,
    `image: registry.acme.example:5000/jitsi/web:stable-11146-2@sha256:${"a".repeat(64)}`,
  ])("accepts %s", (line) => {
    expect(compose(line)).toEqual([]);
  });

  it.each([
    "ghcr.io/jitsi/web",
    "ghcr.io/jitsi/web:latest",
    "ghcr.io/jitsi/web:stable",
    "ghcr.io/jitsi/web:unstable",
    "localhost:5000/web",
    "ghcr.io/jitsi/web:${RELEASE}",
  ])("refuses %s", (image) => {
    expect(compose(`image: ${image}`)).toEqual([
      `stack: files/server/etc/fleet/compose.yaml: image ${image} is not pinned; the next machine could run other ` +
        "software than the last one; name a version in model/versions.ts, or under images of the customer",
    ]);
  });

  it("reads compose files only", () => {
    expect(compose("image: web", "files/server/etc/fleet/web.env")).toEqual([]);
  });
});

describe("checkImages on machines", () => {
  const server = (image: string) =>
    policyFindings(
      (stack) =>
        new ComputeInstance(stack, "server", {
          name: "server",
          machineType: "n2-standard-4",
          labels,
          deletionProtection: true,
          networkInterface: [{}],
          bootDisk: { initializeParams: { image } },
        }),
    );
  const template = (sourceImage: string) =>
    policyFindings(
      (stack) =>
        new ComputeRegionInstanceTemplate(stack, "template", {
          name: "template",
          machineType: "n2-standard-4",
          labels,
          disk: [{ sourceImage }],
        }),
    );

  it.each([
    "projects/ubuntu-os-cloud/global/images/family/ubuntu-2404-lts-amd64",
    "projects/p/global/images/bridge-7",
  ])("accepts %s", (image) => {
    expect(server(image)).toEqual([]);
    expect(template(image)).toEqual([]);
  });

  it("refuses a shorthand", () => {
    const image = "ubuntu-os-cloud/ubuntu-2404-lts-amd64";
    expect(server(image)).toEqual([`stack/server: google_compute_instance.server: ${SHORTHAND(image)}`]);
    expect(template(image)).toEqual([
      `stack/template: google_compute_region_instance_template.template: ${SHORTHAND(image)}`,
    ]);
  });
});
