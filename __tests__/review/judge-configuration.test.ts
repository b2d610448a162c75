import { judgeConfiguration } from "../../review/judge-configuration";
import { judgeStack } from "../../review/judge-stack";
import type { JsonObject } from "../../rollout/planned-object";

const FILE = '${file("files/server/etc/fleet/web.env")}';
const CONFIGURATION = {
  terraform: {
    backend: { gcs: { bucket: "acme-terraform", prefix: "customer-abc" } },
    required_providers: { google: { source: "google", version: "6.50.0" } },
  },
  provider: { google: [{ project: "acme" }] },
  locals: {
    machine_files: { "/etc/fleet/web.env": FILE, "/etc/fleet/big.json": "" },
    compressed_files: { "/etc/fleet/big.json": "a" },
  },
  resource: { google_compute_disk: { data: { lifecycle: { prevent_destroy: true } } } },
};

const verdicts = (after: object, files = { before: new Map(), after: new Map() }): string[] =>
  judgeConfiguration(
    { before: CONFIGURATION, after: { ...CONFIGURATION, ...after } as JsonObject },
    files,
  ).map(({ notice, says, at }) => `${notice}: ${says} (${at.join(", ")})`);
const terraform = (change: object) => ({ terraform: { ...CONFIGURATION.terraform, ...change } });
const locals = (machine_files: object, compressed_files: object = { "/etc/fleet/big.json": "a" }) => ({
  locals: { machine_files, compressed_files },
});

describe("judgeConfiguration", () => {
  it("has nothing to say of the same, and of a stack that is new", () => {
    expect(verdicts({})).toEqual([]);
    expect(
      judgeConfiguration({ before: null, after: CONFIGURATION }, { before: new Map(), after: new Map() }),
    ).toEqual([]);
  });

  it("notices that the state is looked for elsewhere, which no plan shows", () => {
    const backend = { gcs: { bucket: "other", prefix: "customer-abc" } };
    expect(verdicts(terraform({ backend }))).toEqual([
      "interrupts calls: the state is looked for in gcs bucket=other prefix=customer-abc and no longer in " +
        "gcs bucket=acme-terraform prefix=customer-abc: Terraform finds nothing there, and creates everything anew " +
        "beside what runs (terraform.backend)",
    ]);
  });

  it("does not know what another provider does, nor the same one with other settings; a further one is in the plan", () => {
    const google = { source: "google", version: "6.51.0" };
    expect(verdicts(terraform({ required_providers: { google } }))).toEqual([
      "interrupts calls: not known: what provider google does otherwise in source=google version=6.51.0 than in " +
        "source=google version=6.50.0 (terraform.required_providers.google)",
    ]);
    expect(verdicts({ provider: { google: [{ project: "other" }] } })).toEqual([
      "interrupts calls: not known: what other settings of provider google do to objects that are there (provider.google)",
    ]);
    expect(verdicts({ provider: { ...CONFIGURATION.provider, linode: [{}] } })).toEqual([]);
  });

  it("says what Terraform protects no longer", () => {
    expect(verdicts({ resource: { google_compute_disk: { data: {} } } })).toEqual([
      "none: Terraform protects it no longer: from now on a deploy may destroy it (google_compute_disk.data)",
    ]);
    expect(verdicts({ resource: {} })).toEqual([]);
  });

  it("does not trust a drain that runs something else", () => {
    const drains = (inline: string, when?: string) => ({
      resource: {
        terraform_data: { drain: { provisioner: [{ "remote-exec": { inline: [inline], when } }] } },
      },
    });
    const [drain, other] = [drains("fleet-push leave", "destroy"), drains("true", "destroy")];
    const notHarmless = ["interrupts calls (terraform_data.drain)"];
    expect(differs(drain, other)).toEqual(notHarmless);
    expect(differs(drain, { resource: { terraform_data: { drain: {} } } })).toEqual(notHarmless);
    expect(differs(drain, structuredClone(drain))).toEqual([]);
    expect(differs(drain, { resource: {} })).toEqual([]);
  });

  const pushes = (inline: string, more: object = {}, password = "var.a") => ({
    resource: {
      terraform_data: {
        "push-1": {
          connection: { host: "1.2.3.4" },
          provisioner: [
            { file: { content: `\${jsonencode(${password})}`, destination: "fleet-secrets.json" } },
            { "remote-exec": { inline: [inline] } },
          ],
          ...more,
        },
      },
    },
  });
  const differs = (before: object, after: object) =>
    judgeConfiguration(
      { before: before as JsonObject, after: after as JsonObject },
      { before: new Map(), after: new Map() },
    ).map(({ notice, at }) => `${notice} (${at.join(", ")})`);
  const push = pushes("fleet-push --again 'run: a' --drain-minutes 60 push");

  it.each([
    ["other words", pushes("docker restart fleet-jvb-1")],
    ["another machine", pushes("fleet-push push", { connection: { host: "5.6.7.8" } })],
    ["nothing at all", pushes("", { provisioner: [] })],
    [
      "a program of another object",
      { resource: { google_x: { y: { provisioner: { "local-exec": { command: "x" } } } } } },
    ],
  ])("does not trust a push with %s, which no plan shows", (_, after) => {
    const address =
      "resource" in after && "google_x" in after.resource ? "google_x.y" : "terraform_data.push-1";
    expect(differs(push, after)).toEqual([`interrupts calls (${address})`]);
  });

  it.each([
    [
      "another deadline, or a drain that stays",
      pushes("fleet-push --again 'run: b' --drain-minutes 30 push --stay-drained"),
    ],
    [
      "the key of its machine",
      pushes("fleet-push push", { connection: { host: "1.2.3.4", host_key: "ssh-ed25519 A" } }),
    ],
    ["passwords of another customer", pushes("fleet-push push", {}, "var.b")],
    [
      "the first push to a new machine",
      {
        resource: {
          ...push.resource,
          terraform_data: {
            ...push.resource.terraform_data,
            "push-2": push.resource.terraform_data["push-1"],
          },
        },
      },
    ],
  ])("leaves to the plan %s", (_, after) => {
    expect(differs(push, after)).toEqual([]);
  });

  it("trusts a drain that only gives other advice when it fails", () => {
    const drain = (command: string) => ({
      resource: {
        terraform_data: {
          drain: { provisioner: { "remote-exec": { inline: [command], when: "destroy" } } },
        },
      },
    });
    const differs = (before: string, after: string) =>
      judgeConfiguration(
        { before: drain(before), after: drain(after) },
        { before: new Map(), after: new Map() },
      ).map(({ notice }) => notice);
    const command = "fleet-push --again 'run: this' leave";
    expect(differs(command, "fleet-push --again 'run: that' leave")).toEqual([]);
    expect(differs(command, "fleet-push --again 'run: this' --drain-minutes 0 leave")).toEqual([
      "interrupts calls",
    ]);
    expect(differs(command, "fleet-push --again 'run: this'; true 'leave'")).toEqual(["interrupts calls"]);
    expect(differs(command, "fleet-push --again '${local.other}' leave")).toEqual(["interrupts calls"]);
  });

  it("does not trust a file that the machine is given another text for", () => {
    const strange = expect.stringMatching(/^interrupts calls: not known: .* \(\/etc\/fleet\/web\.env\)$/);
    const big = { "/etc/fleet/big.json": "" };
    expect(verdicts(locals(big))).toEqual([strange]);
    expect(verdicts(locals({ ...big, "/etc/fleet/web.env": "A=1" }))).toEqual([strange]);
    // The file itself says what changes.
    const changed = { before: new Map([["/etc/fleet/web.env", "A=1"]]), after: new Map<string, string>() };
    expect(verdicts(locals(big), changed)).toEqual([]);
    // It changes, and yet the machine gets another one.
    const other = { "/etc/fleet/web.env": '${file("files/server/etc/fleet/prosody.env")}' };
    const both = {
      before: new Map([["/etc/fleet/web.env", "A=1"]]),
      after: new Map([["/etc/fleet/web.env", "A=2"]]),
    };
    expect(verdicts(locals({ ...big, ...other }), both)).toEqual([strange]);
    expect(verdicts(locals(big), both)).toEqual([strange]);
    // Compressed or not is the same text.
    expect(
      verdicts(
        locals(
          { "/etc/fleet/web.env": "", ...big },
          { "/etc/fleet/big.json": "a", "/etc/fleet/web.env": FILE },
        ),
        both,
      ),
    ).toEqual([]);
  });
});

describe("judgeStack", () => {
  it("counts what only the configuration shows, also where the plan is empty", () => {
    const after = { ...CONFIGURATION, terraform: { ...CONFIGURATION.terraform, backend: {} } };
    expect(
      judgeStack({
        ...{ objects: [], files: { before: new Map(), after: new Map() }, isRetired: false },
        configuration: { before: CONFIGURATION, after },
      }).notice,
    ).toBe("interrupts calls");
  });
});
