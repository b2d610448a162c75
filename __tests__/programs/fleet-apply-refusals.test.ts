import { aBundle, COMPOSE } from "../builders/bundle";
import { describeWithPython, TrialMachine } from "../builders/trial-machine";

jest.setTimeout(30_000);

let machine: TrialMachine;
beforeAll(async () => {
  machine = await TrialMachine.start();
});
afterAll(() => machine.close());

const compose = (services: unknown) => ({ [COMPOSE]: JSON.stringify({ services }) });
const plain = compose({ web: { image: "web:1" } });

const BAD: [string, unknown, string][] = [
  ["that is not JSON", "{", "Expecting property name enclosed in double quotes"],
  ["that is a list", [], "not an object of path -> text"],
  ["that is null", "null", "not an object of path -> text"],
  ["that is empty", "", "Expecting value"],
  ["without a compose file", { "/etc/fleet/jvb.env": "" }, "/etc/fleet/compose.yaml is missing"],
  ["with a number for a text", { ...plain, "/etc/fleet/a": 1 }, "/etc/fleet/a has no text"],
  ["with half of a character", `{"${COMPOSE}": "\\ud800"}`, "surrogates not allowed"],
  ["nested without end", "[".repeat(100_000), "recursion"],
  ["larger than Google takes", { ...plain, "/etc/fleet/a": "x".repeat(262_144) }, "larger than 262144 bytes"],
  [
    "with files below a file",
    { ...plain, "/etc/fleet/a": "", "/etc/fleet/a/b": "" },
    "/etc/fleet/a is a file and a directory",
  ],
  ...[
    "/etc/passwd",
    "/etc/fleet",
    "/etc/fleet/",
    "/etc/fleet/../passwd",
    "/etc/fleet/a/../../passwd",
    "/etc/fleet/./a",
    "/etc/fleet//a",
    "/etc/fleet/.hidden",
    "/etc/fleet/a\n",
    "/etc/fleet/a\0",
    "/etc/fleetx/a",
    "etc/fleet/a",
    "",
  ].map((path): [string, unknown, string] => [
    `with a file at ${JSON.stringify(path)}`,
    { ...plain, [path]: "" },
    "is not below /etc/fleet",
  ]),
  ["with an empty compose file", { [COMPOSE]: "" }, "empty compose file"],
  ["with a compose file that is none", { [COMPOSE]: "services: [" }, "/etc/fleet/compose.yaml config"],
  ["without services", compose({}), "/etc/fleet/compose.yaml has no services"],
  [
    "with a word that compose does not know",
    compose({ web: { image: "web:1", imag: "web:1" } }),
    "validating /etc/fleet/compose.yaml: services.web Additional property imag is not allowed",
  ],
  ["with a service without an image", compose({ web: {} }), "neither an image nor a build context"],
  [
    "with an env file that is not in it",
    compose({ web: { image: "web:1", env_file: ["/etc/fleet/web.env"] } }),
    "env file /etc/fleet/web.env not found",
  ],
  [
    "with a mount that is not in it",
    compose({ web: { image: "web:1", volumes: ["/etc/fleet/web:/config:ro"] } }),
    "web mounts /etc/fleet/web, and the files have nothing there",
  ],
];

describeWithPython("fleet-apply", () => {
  describe("refuses a bundle on first boot, writes no set and starts nothing:", () => {
    it.each(BAD)("one %s", async (_, bundle, message) => {
      machine.metadata.google(bundle);
      const { code, out, err } = await machine.run("google");
      expect({ code, out }).toEqual({ code: 65, out: "" });
      expect(err).toMatch(/^fleet-apply: action=refuse reason=".+"\n$/);
      expect(JSON.parse(err.slice(err.indexOf('"')))).toContain(message);
      expect(machine.status()).toMatchObject({ result: "refused", code: 65, generation: "", restarted: [] });
      expect(machine.status().reason).toContain(message);
      expect(machine.files()).toEqual({});
      expect(machine.names("/etc/fleet.d")).toEqual([]);
      expect(machine.names("/run/fleet")).toEqual(["lock", "status.json"]);
      expect(machine.containers()).toEqual({});
    });
  });

  it("keeps the set that runs, and says which one that is", async () => {
    machine.metadata.google(aBundle());
    await machine.run("google");
    const [ids, { generation }] = [machine.ids(), machine.status()];
    for (const bundle of ["{", { ...aBundle(), "/etc/fleet/../x": "" }, { ...aBundle(), [COMPOSE]: "" }]) {
      machine.metadata.google(bundle);
      expect((await machine.run("google")).code).toBe(65);
      expect(machine.status()).toMatchObject({ result: "refused", generation, restarted: [] });
      expect(machine.files()).toEqual(aBundle());
      expect(machine.ids()).toEqual(ids);
    }
  });

  it("starts what it ran before when a machine comes up with a refused bundle", async () => {
    machine.reboot();
    machine.metadata.google("{");
    expect((await machine.run("google")).code).toBe(65);
    expect(machine.status()).toMatchObject({
      result: "refused",
      restarted: ["prosody", "jicofo", "web", "jvb"],
    });
    expect(Object.values(machine.containers()).map(({ state }) => state)).toEqual(Array(4).fill("running"));
  });

  it("does not blame the bundle for a compose that does not work", async () => {
    machine.metadata.google(aBundle());
    machine.write("../bin/docker", "#!/bin/sh\necho docker: unknown command: docker compose >&2\nexit 1\n");
    expect(await machine.run("google")).toMatchObject({
      code: 69,
      err: expect.stringContaining("docker: unknown command"),
    });
  });
});
