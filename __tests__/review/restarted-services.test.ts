import { filesOfNoService, restartedServices } from "../../review/restarted-services";

const COMPOSE = "/etc/fleet/compose.yaml";
const WEB =
  "services:\n  web:\n    image: web:1\n    env_file: [/etc/fleet/web.env, /run/fleet/secrets/web.env]\n";
const BOTH = `${WEB}    volumes: [/etc/fleet/web:/config:ro, /var/lib/x:/x]\n  other: { image: other:1 }\n`;
const set = (...files: readonly (readonly [string, string])[]) => new Map(files);
const names = (...args: Parameters<typeof restartedServices>): string[] =>
  restartedServices(...args).map(({ service, because }) => `${service}: ${because.join(", ")}`);

describe("restartedServices", () => {
  const before = set([COMPOSE, BOTH], ["/etc/fleet/web.env", "A=1\n"], ["/etc/fleet/web/a.js", "1"]);
  const after = (...files: readonly (readonly [string, string])[]) => new Map([...before, ...files]);

  it.each([
    ["nothing", [], []],
    ["an image", [[COMPOSE, BOTH.replace("web:1", "web:2")]], [`web: ${COMPOSE}`]],
    ["a comment in the compose file", [[COMPOSE, `# Of acme.\n${BOTH}`]], []],
    [
      "a network of all services",
      [[COMPOSE, `${BOTH}networks: { default: {} }\n`]],
      [`web: ${COMPOSE}`, `other: ${COMPOSE}`],
    ],
    ["a variable", [["/etc/fleet/web.env", "A=2\n"]], ["web: /etc/fleet/web.env"]],
    ["a comment among variables", [["/etc/fleet/web.env", "# A.\nA=1\n"]], []],
    [
      "a comment in a mounted file, which the service reads itself",
      [["/etc/fleet/web/a.js", "1 // A."]],
      ["web: /etc/fleet/web/a.js"],
    ],
    ["a new file in a mounted folder", [["/etc/fleet/web/b.js", "1"]], ["web: /etc/fleet/web/b.js"]],
    ["a file whose name begins as the folder's", [["/etc/fleet/web-x.js", "1"]], []],
    ["a service that ends", [[COMPOSE, WEB]], [`web: ${COMPOSE}`, `other: ${COMPOSE}`]],
    ["a service that is new", [[COMPOSE, `${BOTH}  third: { image: third:1 }\n`]], []],
  ] as const)("%s", (_, files, expected) => {
    expect(names(before, after(...files))).toEqual(expected);
  });

  it("reads the long forms of compose, too", () => {
    const long =
      "services:\n  web:\n    env_file: [{ path: /etc/fleet/web.env, required: false }]\n" +
      "    volumes: [{ type: bind, source: /etc/fleet/web, target: /config }]\n";
    const having = (env: string, page: string) =>
      set([COMPOSE, long], ["/etc/fleet/web.env", env], ["/etc/fleet/web/a.js", page]);
    const [was, env, page] = [having("A=1\n", "1"), having("A=2\n", "1"), having("A=1\n", "2")] as const;
    expect(names(was, env)).toEqual(["web: /etc/fleet/web.env"]);
    expect(names(was, page)).toEqual(["web: /etc/fleet/web/a.js"]);
    expect(names(was, set([COMPOSE, "services: { web: { env_file: /etc/fleet/web.env } }\n"]))).toEqual([
      `web: ${COMPOSE}, /etc/fleet/web.env`,
    ]);
  });

  it.each([["a: [\n"], ["[]\n"], ["services:\n"]])(
    "takes a compose file that cannot be read (%p) for a service that nobody knows, and does not fail",
    (text) => {
      expect(names(before, after([COMPOSE, text]))).toContain(`(unreadable): ${COMPOSE}`);
    },
  );

  it("takes a list of secrets that cannot be read for another one", () => {
    expect(names(before, after(["/etc/fleet/secrets.json", "{"]))).toEqual(["web: /etc/fleet/secrets.json"]);
  });

  it("counts secrets: another one under the same name, and a new value of the same one", () => {
    const wanted = (secret: string) =>
      ["/etc/fleet/secrets.json", JSON.stringify({ "web.env": { P: secret } })] as const;
    const [a, b] = [after(wanted("projects/p/secrets/a")), after(wanted("projects/p/secrets/b"))];
    expect(names(a, b)).toEqual(["web: /etc/fleet/secrets.json"]);
    expect(names(a, a)).toEqual([]);
    expect(names(a, a, new Set(["projects/p/secrets/a"]))).toEqual(["web: /etc/fleet/secrets.json"]);
    expect(names(a, a, new Set(["projects/p/secrets/c"]))).toEqual([]);
  });
});

describe("filesOfNoService", () => {
  it("is what changed and no service has", () => {
    const before = set([COMPOSE, BOTH], ["/etc/fleet/web.env", "A=1"], ["/etc/fleet/web/a.js", "1"]);
    const after = set(
      [COMPOSE, WEB],
      ["/etc/fleet/web.env", "A=2"],
      ["/etc/fleet/programs/fleet-apply", "x"],
    );
    expect(filesOfNoService(before, after)).toEqual(["/etc/fleet/programs/fleet-apply"]);
  });
});
