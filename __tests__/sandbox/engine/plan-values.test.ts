import { findReplacements } from "../../../sandbox/engine/find-replacements";
import { planValues } from "../../../sandbox/engine/plan-values";
import { UNKNOWN } from "../../../sandbox/protocol/value";
import type { BlockSchema } from "../../../sandbox/protocol/provider-schema";
import type { Values } from "../../../sandbox/protocol/value";

const schema: BlockSchema = {
  attributes: {
    name: { type: "string", required: true },
    mode: { type: "string", optional: true },
    address: { type: "string", optional: true, computed: true },
    id: { type: "string", computed: true },
    secret: { type: "string", optional: true, write_only: true },
    tags: { type: ["set", "string"], optional: true },
  },
  block_types: {
    disk: {
      nesting_mode: "list",
      block: {
        attributes: {
          size: { type: "number", optional: true, computed: true },
          kind: { type: "string", optional: true },
        },
      },
    },
    rule: {
      nesting_mode: "set",
      block: {
        attributes: { port: { type: "string", required: true }, number: { type: "number", computed: true } },
      },
    },
    schedule: { nesting_mode: "list", block: { attributes: { on: { type: "bool", optional: true } } } },
  },
};
const rules = {
  defaults: { mode: "auto", "disk.kind": "ssd" },
  computedBlocks: new Set(["schedule"]),
};
const proposal = (given: Values): Values => ({
  ...{ name: "a", mode: null, address: null, id: null, secret: null, tags: null },
  ...{ disk: [], rule: [], schedule: [], ...given },
});
const existing = proposal({ mode: "auto", address: "192.0.2.1", id: "7", schedule: [{ on: true }] });

describe("planValues", () => {
  it("leaves to the cloud what a new object does not say, and fills in defaults", () => {
    expect(planValues(schema, rules, proposal({ disk: [{ size: null, kind: null }] }), null)).toEqual({
      ...{ name: "a", mode: "auto", address: UNKNOWN, id: UNKNOWN, secret: null, tags: null },
      ...{ disk: [{ size: UNKNOWN, kind: "ssd" }], rule: [], schedule: UNKNOWN },
    });
  });

  it("keeps what the cloud chose when the configuration still leaves it open", () => {
    // Terraform itself proposes the prior value of a computed attribute.
    const proposed = proposal({ address: "192.0.2.1", id: "7" });
    expect(planValues(schema, rules, proposed, existing)).toEqual(existing);
  });

  it("never plans a write-only value", () => {
    expect(planValues(schema, rules, proposal({ secret: "s3cret" }), null)["secret"]).toBeNull();
  });

  it("goes back to the default when an argument is taken away", () => {
    const planned = planValues(schema, rules, proposal({}), { ...existing, mode: "manual" });
    expect(planned["mode"]).toBe("auto");
  });

  it("takes zero, empty and absent for the same, and sets without their order", () => {
    const prior = { ...existing, tags: ["b", "a"], disk: [{ size: 0, kind: "ssd" }] };
    const planned = planValues(
      schema,
      rules,
      proposal({ tags: ["a", "b"], disk: [{ size: null, kind: "ssd" }] }),
      prior,
    );
    expect(planned["tags"]).toEqual(["b", "a"]);
    expect(planned["disk"]).toEqual([{ size: 0, kind: "ssd" }]);
  });

  it("finds the element of a set that it was before by what is written in it", () => {
    const prior = {
      ...existing,
      rule: [
        { port: "80", number: 1 },
        { port: "443", number: 2 },
      ],
    };
    const proposed = proposal({
      rule: [
        { port: "443", number: null },
        { port: "22", number: null },
      ],
    });
    expect(planValues(schema, rules, proposed, prior)["rule"]).toEqual([
      { port: "443", number: 2 },
      { port: "22", number: UNKNOWN },
    ]);
  });

  it("passes on what is unknown in the configuration", () => {
    expect(planValues(schema, rules, proposal({ name: UNKNOWN, disk: UNKNOWN }), existing)).toMatchObject({
      name: UNKNOWN,
      disk: UNKNOWN,
    });
  });
});

describe("findReplacements", () => {
  const find = (paths: string[], prior: Values, planned: Values): unknown =>
    findReplacements(schema, paths, { ...existing, ...prior }, { ...existing, ...planned });

  it.each<[string, string[], Values, Values, unknown]>([
    ["an attribute", ["name"], { name: "a" }, { name: "b" }, [["name"]]],
    ["an attribute that stays", ["name"], { name: "a" }, { name: "a" }, []],
    ["an attribute not yet known", ["name"], { name: "a" }, { name: UNKNOWN }, [["name"]]],
    ["nothing for zero instead of absent", ["name"], { name: "" }, { name: null }, []],
    [
      "an attribute of the second block",
      ["disk.size"],
      { disk: [{ size: 1 }, { size: 2 }] },
      { disk: [{ size: 1 }, { size: 3 }] },
      [["disk", 1, "size"]],
    ],
    ["a block more, where the count matters", ["disk"], { disk: [] }, { disk: [{ size: 1 }] }, [["disk"]]],
    [
      "not the content of a block, where only the count matters",
      ["disk"],
      { disk: [{ size: 1 }] },
      { disk: [{ size: 2 }] },
      [],
    ],
    [
      "a block less, where its content matters",
      ["disk.size"],
      { disk: [{ size: 1 }] },
      { disk: [] },
      [["disk"]],
    ],
    ["the whole set", ["rule.port"], { rule: [{ port: "80" }] }, { rule: [{ port: "81" }] }, [["rule"]]],
    [
      "not the order of a set",
      ["rule.port"],
      { rule: [{ port: "1" }, { port: "2" }] },
      { rule: [{ port: "2" }, { port: "1" }] },
      [],
    ],
  ])("names %s", (_, paths, prior, planned, expected) => {
    expect(find(paths, prior, planned)).toEqual(expected);
  });
});
