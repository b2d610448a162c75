import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { renderJson } from "../../../providers/linode/render-json";
import { resourceTypes } from "../../../providers/linode/resource-types";
import { providerAddress, trimSchema } from "../../../providers/linode/trim-schema";
import type { SchemaDocument } from "../../../providers/linode/trim-schema";

const text = { description: "Words.", description_kind: "plain" };

/** What Terraform prints, in small: a described provider, two resource types and what else a provider offers. */
const aDocument = (): SchemaDocument => ({
  format_version: "1.0",
  provider_schemas: {
    [providerAddress]: {
      provider: {
        version: 0,
        block: { ...text, attributes: { token: { type: "string", ...text, optional: true } } },
      },
      resource_schemas: { linode_rule: described(), linode_other: described() },
      ...{ data_source_schemas: { linode_rule: described() }, functions: { parse: { ...text } } },
    },
    "registry.terraform.io/hashicorp/random": { provider: {}, resource_schemas: {} },
  },
});

const described = (): object => ({
  version: 2,
  block: {
    ...text,
    attributes: {
      description: { type: "string", ...text, optional: true },
      devices: {
        type: ["list", ["object", { description: "string", id: "number" }]],
        ...text,
        computed: true,
      },
      ranges: {
        ...text,
        nested_type: {
          nesting_mode: "list",
          attributes: { range: { type: "string", ...text, required: true } },
        },
      },
    },
    block_types: {
      inbound: {
        nesting_mode: "list",
        max_items: 1,
        block: { ...text, attributes: { ports: { type: "string", ...text } } },
      },
    },
  },
});

describe("trimSchema", () => {
  it("keeps the provider and the given types, without a word of description", () => {
    expect(trimSchema(aDocument(), ["linode_rule"])).toEqual({
      format_version: "1.0",
      provider_schemas: {
        [providerAddress]: {
          provider: { version: 0, block: { attributes: { token: { type: "string", optional: true } } } },
          resource_schemas: {
            linode_rule: {
              version: 2,
              block: {
                attributes: {
                  description: { type: "string", optional: true },
                  devices: {
                    type: ["list", ["object", { description: "string", id: "number" }]],
                    computed: true,
                  },
                  ranges: {
                    nested_type: {
                      nesting_mode: "list",
                      attributes: { range: { type: "string", required: true } },
                    },
                  },
                },
                block_types: {
                  inbound: {
                    nesting_mode: "list",
                    max_items: 1,
                    block: { attributes: { ports: { type: "string" } } },
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it("names every type that the provider does not have", () => {
    expect(() => trimSchema(aDocument(), ["linode_gone", "linode_rule", "linode_lost"])).toThrow(
      "the provider has no linode_gone, linode_lost; correct resource-types.ts: " +
        "what the new version dropped must be neither listed there nor used by a stack",
    );
  });

  it.each([
    [{}, "none"],
    [
      { provider_schemas: { "registry.opentofu.org/linode/linode": { provider: {}, resource_schemas: {} } } },
      "registry.opentofu.org/linode/linode",
    ],
  ])("says which providers it found instead of the one it needs (%#)", (rest, found) => {
    expect(() => trimSchema({ format_version: "1.0", ...rest }, [])).toThrow(
      `no provider ${providerAddress} in the schema; found: ${found}`,
    );
  });
});

describe("the committed schema", () => {
  const workspace = join(__dirname, "../../../providers/linode");
  const { version } = JSON.parse(readFileSync(join(workspace, "package.json"), "utf8")) as {
    version: string;
  };
  const committed = readFileSync(join(workspace, `schema/linode-${version}.schema.json`), "utf8");
  const document = JSON.parse(committed) as SchemaDocument;

  it("is the only one: the pinned version's", () => {
    expect(readdirSync(join(workspace, "schema"))).toEqual([`linode-${version}.schema.json`]);
  });

  it("holds exactly the listed types, trimmed and rendered as refresh-schema does", () => {
    expect(Object.keys(document.provider_schemas?.[providerAddress]?.resource_schemas ?? {})).toEqual(
      resourceTypes,
    );
    expect(renderJson(trimSchema(document, resourceTypes))).toBe(committed);
  });
});
