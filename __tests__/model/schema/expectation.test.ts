import { z } from "zod";
import {
  accountFileSchema,
  customerFileSchema,
  defaultsFileSchema,
  gcpPoolFileSchema,
  linodePoolFileSchema,
} from "../../../model/schema/defaults";
import { expectation, firstSentence } from "../../../model/schema/expectation";
import { schemaAt, unwrapped } from "../../../model/schema/schema-at";

const at = (schema: z.ZodType, ...path: string[]): z.ZodType => schemaAt(schema, path)!;

describe("expectation", () => {
  it.each([
    [at(customerFileSchema, "acme"), "production, staging"],
    [at(customerFileSchema, "bridgeOnServer"), "true or false"],
    [at(gcpPoolFileSchema, "cloud"), "gcp"],
    [at(gcpPoolFileSchema, "serves"), "a list"],
    [at(gcpPoolFileSchema, "size"), "a map with the keys min, max"],
    [at(gcpPoolFileSchema, "size", "max"), "a whole number from 1 to 1000"],
    [at(gcpPoolFileSchema, "scaling", "targetStress"), "a number from 0.1 to 0.75"],
    [at(gcpPoolFileSchema, "labels"), "a map"],
    [at(accountFileSchema, "linode"), "{}"],
    [at(accountFileSchema, "operators", "email"), "a mail address such as ops@acme.example"],
    [z.number().int(), "a whole number"],
    [z.string(), "text"],
  ])("says what the schema allows (%#: %s)", (schema, expected) =>
    expect(expectation(schema)).toBe(expected),
  );

  it("has a rule in words for every text that is checked", () => {
    const files = [
      accountFileSchema,
      customerFileSchema,
      defaultsFileSchema,
      gcpPoolFileSchema,
      linodePoolFileSchema,
    ];
    const checked = files
      .flatMap((schema) => textsIn(schema))
      .filter(({ def }) => (def.checks ?? []).length > 0);
    expect(checked.length).toBeGreaterThan(20);
    expect(checked.filter((schema) => expectation(schema) === "text")).toEqual([]);
  });
});

describe("firstSentence", () => {
  it("ends at the first full stop, which is left out", () =>
    expect(firstSentence(at(gcpPoolFileSchema, "region"))).toBe(
      "Google Cloud region of the bridges, such as europe-west4",
    ));

  it("looks through what only makes a field optional", () =>
    expect(firstSentence(z.string().describe("One. Two.").optional())).toBe("One"));

  it("is nothing for a field without a description", () => expect(firstSentence(z.string())).toBeUndefined());
});

/** Every schema of text in a schema, also as list items, map keys and map values. */
function textsIn(field: z.ZodType): z.ZodString[] {
  const schema = unwrapped(field);
  if (schema instanceof z.ZodString) return [schema];
  if (schema instanceof z.ZodObject)
    return Object.values(schema.shape).flatMap((child) => textsIn(child as z.ZodType));
  if (schema instanceof z.ZodArray) return textsIn(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) {
    return [...textsIn(schema.keyType as z.ZodType), ...textsIn(schema.valueType as z.ZodType)];
  }
  return [];
}
