import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { RULES } from "../../review/rules/all-rules";
import { SERVICES } from "../../review/services";
import { renderServerFiles } from "../../render/server/server-files";
import { aServerInput } from "../builders/machine-input";

const STACKS = join(__dirname, "../../synthesized/stacks");
const stacks = readdirSync(STACKS);

describe("RULES", () => {
  it("knows every resource type that the stacks create, so that nothing of ours is `not known`", () => {
    const types = stacks.flatMap((stack) => {
      const { resource = {} } = JSON.parse(readFileSync(join(STACKS, stack, "cdk.tf.json"), "utf8")) as {
        readonly resource?: object;
      };
      return Object.keys(resource);
    });
    expect(new Set(types).size).toBeGreaterThan(30);
    expect([...new Set(types)].filter((type) => !Object.hasOwn(RULES, type))).toEqual([]);
    // And no type that nobody creates any more.
    expect(Object.keys(RULES).filter((type) => !types.includes(type))).toEqual([]);
  });
});

describe("SERVICES", () => {
  const servicesOf = (text: string): string[] =>
    Object.keys((load(text) as { readonly services: object }).services);

  it("knows every service of the machines' compose files, and no other", () => {
    const committed = stacks.flatMap((stack) =>
      ["server", "bridge"].flatMap((folder) => {
        try {
          return servicesOf(
            readFileSync(join(STACKS, stack, "files", folder, "etc/fleet/compose.yaml"), "utf8"),
          );
        } catch {
          return [];
        }
      }),
    );
    const rendered = servicesOf(renderServerFiles(aServerInput()).get("/etc/fleet/compose.yaml")!);
    const all = [...new Set([...committed, ...rendered])].sort();
    expect(all.length).toBeGreaterThan(8);
    expect(Object.keys(SERVICES).sort()).toEqual(all);
  });

  it("has the classes that docs/operations.md explains", () => {
    expect(Object.entries(SERVICES).map(([service, { notice }]) => `${service}: ${notice}`)).toEqual([
      "prosody: interrupts calls",
      "prosody-brewery: moves calls",
      "jicofo: moves calls",
      "jvb: moves calls",
      "web: new calls only",
      "grafana: none",
      "telegraf: none",
      "influxdb: none",
      "influxdb-setup: none",
      "keeper: none",
    ]);
  });
});
