import { load } from "js-yaml";
import { packed } from "../../__tests__/builders/bundle";
import { aServerInput } from "../../__tests__/builders/machine-input";
import { describeWithPython, TrialMachine } from "../../__tests__/builders/trial-machine";
import { renderServerFiles } from "../../render/server/server-files";
import { restartedServices } from "../../review/restarted-services";

const COMPOSE = "/etc/fleet/compose.yaml";

describeWithPython("what fleet review says starts anew, and what fleet-apply starts anew", () => {
  let machine: TrialMachine;
  let server: ReadonlyMap<string, string>;
  /** Compose files as JSON, which is YAML too, for the pretended Docker. */
  const bring = async (files: ReadonlyMap<string, string>): Promise<readonly string[]> => {
    for (const [secret] of files.get("/etc/fleet/secrets.json")!.matchAll(/projects\/[^"]+/g))
      machine.metadata.secrets.set(secret, "x");
    const readable = new Map(files).set(COMPOSE, JSON.stringify(load(files.get(COMPOSE)!)));
    const long = [...readable].filter(([path]) => path.startsWith("/etc/fleet/grafana/"));
    const plain = new Map([...readable, ...long.map(([path]) => [path, ""] as const)]);
    machine.metadata.googleWith(Object.fromEntries(plain), packed(Object.fromEntries(long)));
    expect(await machine.run("google")).toMatchObject({ code: 0, err: "" });
    return [...machine.status().restarted].sort();
  };

  beforeAll(async () => {
    machine = await TrialMachine.start();
    server = renderServerFiles(aServerInput());
    await bring(server);
  });
  afterAll(() => machine.close());

  const edited = (path: string, change: (text: string) => string): ReadonlyMap<string, string> => {
    const text = server.get(path);
    if (text === undefined || change(text) === text) throw new Error(`${path}: nothing to change`);
    return new Map(server).set(path, change(text));
  };
  const line = (text: string): string => `${text}\nFLEET_TRIAL=1\n`;

  it.each([
    ["/etc/fleet/jicofo.env", line],
    ["/etc/fleet/web.env", line],
    ["/etc/fleet/prosody.env", line],
    ["/etc/fleet/prosody-brewery.env", line],
    ["/etc/fleet/influxdb.env", line],
    ["/etc/fleet/jicofo.env", (text: string) => `${text}# A comment.\n`],
    ["/etc/fleet/jicofo/custom-jicofo.conf", line],
    ["/etc/fleet/telegraf/telegraf.conf", line],
    ["/etc/fleet/grafana/dashboards/fleet-customer.json", line],
    ["/etc/fleet/keeper.json", (text: string) => `${text}\n`],
    ["/etc/fleet/certificate.json", (text: string) => `${text}\n`],
    [COMPOSE, (text: string) => text.replaceAll(/image: (.*prosody):.*/g, "image: $1:other")],
    [COMPOSE, (text: string) => `# A comment.\n${text}`],
  ] as const)("%s", async (path, change) => {
    const after = edited(path, change);
    const expected = restartedServices(server, after).map(({ service }) => service);
    expect(await bring(after)).toEqual(expected.sort());
    await bring(server);
  });
});
