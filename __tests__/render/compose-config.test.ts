import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { load } from "js-yaml";
import type { MachineFiles } from "../../render/machine-files";
import { readEnvFile } from "./readers/read-env-file";
import { renderings } from "./renderings";

/** `docker compose` of the machines, or the older program of its own: both check a file and read its env files. */
const compose = [["docker", "compose"], ["docker-compose"]].find(
  ([program, ...words]) => spawnSync(program!, [...words, "version"]).status === 0,
);
if (!compose) {
  const message = "docker compose is not installed: the compose files were not read by the real program";
  if (process.env["CI"] === "true") throw new Error(message);
  console.warn(message);
}

interface Config {
  readonly services: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> }>>;
}

/** What compose makes of the files, laid out below a root of their own. */
function configOf(files: MachineFiles, root: string): Config {
  const put = (path: string, text: string) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text.replaceAll(/(?<=[ :])\/(?=(?:etc|run)\/fleet\/)/g, `${root}/`));
  };
  for (const [path, text] of files) put(path, text);
  const composeFile = files.get("/etc/fleet/compose.yaml")!;
  for (const [path] of composeFile.matchAll(/\/run\/fleet\/\S+/g)) put(path, "FROM_THE_MACHINE=1\n");

  const [program, ...words] = compose!;
  const output = execFileSync(program!, [...words, "-f", join(root, "etc/fleet/compose.yaml"), "config"], {
    encoding: "utf8",
    stdio: "pipe",
  });
  return load(output) as Config;
}

(compose ? describe : describe.skip)("docker compose", () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), "compose-config-"))));
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([...renderings])(
    "reads the files of %s as they are meant",
    (_, files) => {
      for (const [name, { environment }] of Object.entries(configOf(files, root).services)) {
        const { FROM_THE_MACHINE, ...rendered } = environment;
        const meant = Object.fromEntries(readEnvFile(files.get(`/etc/fleet/${name}.env`) ?? ""));
        expect(rendered).toEqual(meant);
        expect(FROM_THE_MACHINE).toBe(["web", "influxdb"].includes(name) ? undefined : "1");
      }
    },
    60_000,
  );
});
