import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { toHocon } from "../../render/text/hocon";
import type { HoconObject, HoconValue } from "../../render/text/hocon";
import { readHoconFile } from "./readers/read-hocon-file";
import { isHocon, renderings } from "./renderings";

/** Put there by `npm run proof:hocon`. */
const JAR = join(__dirname, "../../node_modules/.cache/typesafe-config/config-1.4.3.jar");
const found = existsSync(JAR) && spawnSync("java", ["-version"]).status === 0;
if (!found)
  console.warn("HOCON was not read by Jitsi's own parser: that needs Java and `npm run proof:hocon`");

const ENVIRONMENT = {
  JVB_MUC_NICKNAME: "acme-eu-burst-x7k2-1795276800",
  JVB_OCTO_RELAY_ID: "relay",
  FLEET_INITIAL_DRAIN: "false",
  JVB_AUTH_PASSWORD_XYZ_EUROPE: "password",
};

interface Read {
  readonly settings: HoconObject;
  readonly seconds: unknown;
}

function readAll(documents: readonly string[]): Read[] {
  const { status, stdout, stderr } = spawnSync(
    "java",
    ["-cp", JAR, join(__dirname, "readers/HoconToJson.java")],
    {
      input: JSON.stringify({ documents }),
      env: { PATH: process.env["PATH"], ...ENVIRONMENT },
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    },
  );
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Read);
}

function at(settings: HoconObject, path: string): unknown {
  let value: unknown = settings;
  for (const key of path.split(".")) value = (value as HoconObject)[key];
  return value;
}

(found ? describe : describe.skip)("Jitsi's HOCON parser", () => {
  it("reads every rendered setting as it is meant, durations too", () => {
    const files = [...renderings.values()].flatMap((rendered) =>
      [...rendered].filter(([path]) => isHocon(path)),
    );
    readAll(files.map(([, text]) => text)).forEach(({ settings, seconds }, index) => {
      const [path, text] = files[index]!;
      for (const [setting, value] of readHoconFile(text)) {
        const [, variable] = /^\$\{(.+)\}$/.exec(value) ?? [];
        expect(at(settings, setting)).toEqual(
          variable === undefined ? JSON.parse(value) : ENVIRONMENT[variable as keyof typeof ENVIRONMENT],
        );
      }
      // What Jitsi reads as a duration, in seconds: a bare number would be milliseconds.
      const durations = [...readHoconFile(text)].flatMap(([setting, value]) => {
        const [, amount, unit] = /^"([0-9]+) (seconds|minutes)"$/.exec(value) ?? [];
        return amount === undefined ? [] : [[setting, Number(amount) * (unit === "minutes" ? 60 : 1)]];
      });
      expect(seconds).toEqual(Object.fromEntries(durations));
      if (path.includes("jvb")) expect(durations).toHaveLength(2);
    });
  }, 60_000);

  it("reads back whatever toHocon writes", () => {
    const key = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => text !== "__proto__"),
      fc.constantFrom("include", "a.b", "true", "null", "1e5", "-", "shard0", "${A}"),
    );
    const { value } = fc.letrec<{ value: HoconValue; object: HoconObject }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("${HOME}", "45 seconds", "true", "# no", '"', "\\", "a\nb"),
        fc.boolean(),
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("object"),
      ),
      object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
    }));
    const objects = fc.sample(fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true }), {
      numRuns: 500,
      seed: 11146,
    });
    const read = readAll(objects.map(toHocon));
    objects.forEach((object, index) => {
      expect(read[index]!.settings).toEqual(JSON.parse(JSON.stringify(object)));
    });
  }, 60_000);
});
