import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import hoconKeys from "../../model/data/hocon-keys-11146.json";
import envNames from "../../model/data/jitsi-env-stable-11146-2.json";
import { DEFAULT_RELEASE } from "../../model/versions";
import { readEnvFile } from "./readers/read-env-file";
import { readHoconFile } from "./readers/read-hocon-file";
import { isHocon, renderings } from "./renderings";

type Component = keyof typeof envNames.compose;

/** A variable counts when the image's own scripts read it or upstream's compose file hands it to the program. */
const unknownVariables = (component: Component, names: Iterable<string>): string[] => {
  const known = new Set([...envNames.images[component], ...envNames.compose[component]]);
  return [...names].filter((name) => !known.has(name));
};

/** Keys that the programs read although their reference files give them no default. */
const WITHOUT_DEFAULT: readonly string[] = [
  "videobridge.relay.relay-id", // no default, because it must be unique
  "ice4j.harvest.udp.receive-buffer-size", // of the ice4j library, which has a reference file of its own
];

/** `videobridge.apis.xmpp-client.configs` holds a block for each XMPP server, under any name, with these keys. */
const XMPP_CLIENT = /^videobridge\.apis\.xmpp-client\.configs\.[^.]+\.([A-Z_]+)$/;
const XMPP_CLIENT_KEYS: readonly string[] = [
  "HOSTNAME",
  "PORT",
  "DOMAIN",
  "USERNAME",
  "PASSWORD",
  "MUC_JIDS",
  "MUC_NICKNAME",
  "DISABLE_CERTIFICATE_VERIFICATION",
  "SECURITY_MODE",
];

const unknownSettings = (program: "jvb" | "jicofo", paths: Iterable<string>): string[] =>
  [...paths].filter((path) => {
    const [, clientKey] = XMPP_CLIENT.exec(path) ?? [];
    if (clientKey !== undefined) return program !== "jvb" || !XMPP_CLIENT_KEYS.includes(clientKey);
    return !(path in hoconKeys[program]) && !WITHOUT_DEFAULT.includes(path);
  });

const programs = ["fleet-secrets.py", "fleet-certificates.py"]
  .map((name) => readFileSync(join(__dirname, "../../programs", name), "utf8"))
  .join("");

/** Every folder that a file is in below /etc/fleet. */
const foldersOf = (path: string): string[] => {
  const folder = dirname(path);
  return folder === "/etc/fleet" ? [] : [folder, ...foldersOf(folder)];
};

interface Compose {
  readonly services: Readonly<
    Record<string, { readonly image: string; readonly env_file: readonly string[] }>
  >;
}

const ofJitsi = ({ image }: { readonly image: string }) => /^ghcr\.io\/jitsi\/([a-z]+):(.+)$/.exec(image);

describe.each([...renderings])("%s", (_, files) => {
  const { services } = load(files.get("/etc/fleet/compose.yaml")!) as Compose;

  it.each(Object.entries(services).filter(([, service]) => ofJitsi(service)))(
    "sets variables that the image of %s reads",
    (_name, service) => {
      const [, component, release] = ofJitsi(service)!;
      expect(release).toBe(DEFAULT_RELEASE);
      const names = service.env_file
        .filter((path) => path.startsWith("/etc/fleet/"))
        .flatMap((path) => [...readEnvFile(files.get(path)!).keys()]);
      expect(names.length).toBeGreaterThan(0);
      expect(unknownVariables(component as Component, names)).toEqual([]);
    },
  );

  it.each([...files].filter(([path]) => isHocon(path)))("has settings that exist in %s", (path, text) => {
    const program = path.includes("jicofo") ? "jicofo" : "jvb";
    const paths = [...readHoconFile(text).keys()];
    expect(paths.length).toBeGreaterThan(0);
    expect(unknownSettings(program, paths)).toEqual([]);
  });

  it("renders no file that nothing uses", () => {
    const compose = files.get("/etc/fleet/compose.yaml")!;
    const unused = [...files.keys()].filter(
      (path) =>
        path !== "/etc/fleet/compose.yaml" &&
        !compose.includes(path) &&
        !programs.includes(`"${path}"`) &&
        !foldersOf(path).some((folder) => compose.includes(`${folder}:/`)),
    );
    expect(unused).toEqual([]);
  });
});

const dirname = (path: string): string => path.slice(0, path.lastIndexOf("/"));

describe("the checks above", () => {
  it("find variables of an older release, of another image and with a typing error", () => {
    expect(unknownVariables("jvb", ["JVB_WS_DOMAIN", "JICOFO_OCTO_REGION", "JVB_PROT", "JVB_PORT"])).toEqual([
      "JVB_WS_DOMAIN",
      "JICOFO_OCTO_REGION",
      "JVB_PROT",
    ]);
  });

  it("find settings that do not exist", () => {
    expect(
      unknownSettings("jvb", [
        "videobridge.cc.jvb-lastn",
        "videobridge.octo.enabled",
        "videobridge.apis.xmpp-client.configs.shard0.disable-certificate-verification",
        "videobridge.apis.xmpp-client.configs.shard0.NICKNAME",
        "videobridge.cc.jvb-last-n",
      ]),
    ).toHaveLength(4);
    expect(unknownSettings("jicofo", ["videobridge.cc.jvb-last-n"])).toHaveLength(1);
  });

  it("read nothing but variables and settings", () => {
    expect(() => readEnvFile("export A=1")).toThrow("no variable: export A=1");
    expect(() => readHoconFile("a 1")).toThrow("no setting: a 1");
    expect(() => readHoconFile("a {\nb = 1")).toThrow("a is not closed");
  });
});
