import { z } from "zod";
import {
  accountFileSchema,
  customerFileSchema,
  defaultsFileSchema,
  gcpPoolFileSchema,
  linodePoolFileSchema,
} from "../model/schema/defaults";

const FILES: Readonly<Record<string, Readonly<{ title: string; description: string; schema: z.ZodType }>>> = {
  "defaults.schema.json": {
    title: "Defaults of all accounts",
    description:
      "accounts/defaults.yaml: the lowest layer. Accounts' own layers and every entity's own file win over it.",
    schema: defaultsFileSchema,
  },
  "account.schema.json": {
    title: "Account",
    description: "accounts/<account>/account.yaml: one Google Cloud project, one Linode account, or both.",
    schema: accountFileSchema,
  },
  "customer.schema.json": {
    title: "Customer",
    description:
      "accounts/<account>/customers/<id>.yaml: one tenant with its app server. The file name is the id, unique over " +
      "all accounts. What is left out comes from the layers.",
    schema: customerFileSchema,
  },
  "pool.schema.json": {
    title: "Pool",
    description:
      "accounts/<account>/pools/<id>.yaml: bridges of one kind in one region. The file name is the id. What is left " +
      "out comes from the layers.",
    schema: z.union([
      gcpPoolFileSchema.meta({ ...gcpPoolFileSchema.meta(), title: "Pool on Google Cloud" }),
      linodePoolFileSchema.meta({ ...linodePoolFileSchema.meta(), title: "Pool on Linode" }),
    ]),
  },
};

/**
 * JSON Schemas (draft 7) of the YAML files, for editors: made of the schemas that check the files, so they cannot
 * differ. File name to text, ending in a line break.
 */
export function renderJsonSchemas(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(FILES).map(([file, { title, description, schema }]) => {
      const { $schema, anyOf, ...body } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
      // Of several schemas an editor picks the one whose constant `cloud` fits, if told that only one can.
      const alternatives = anyOf ? { oneOf: anyOf } : {};
      return [
        file,
        `${JSON.stringify({ $schema, title, description, ...body, ...alternatives }, null, 2)}\n`,
      ];
    }),
  );
}
