import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sample, StackSample } from "./bare-program";

interface StackJson {
  readonly resource?: Record<string, Record<string, Record<string, unknown>>>;
}

/** Arguments that cdktf takes as constructs or that a literal program would not write. */
const LEFT_OUT = new Set(["//", "depends_on", "for_each", "provider"]);

const camelCase = (key: string): string =>
  key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function toConfig(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toConfig);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, child]) => [camelCase(key), toConfig(child)]),
  );
}

function sampleStack(outdir: string, id: string): StackSample {
  const json = JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as StackJson;
  const resources = Object.entries(json.resource ?? {})
    .filter(([type]) => type !== "terraform_data")
    .flatMap(([type, byId]) =>
      Object.entries(byId).map(([name, config]) => ({ type, id: name, config: toConfig(config) as object })),
    );
  return { id, resources };
}

const stackIds = (outdir: string): string[] =>
  Object.keys((JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as { stacks: object }).stacks);

/** Resources in an output, without `terraform_data`, which the bare program leaves out. */
export const countResources = (outdir: string): number =>
  stackIds(outdir).reduce((sum, id) => sum + sampleStack(outdir, id).resources.length, 0);

/** Turns the synthesized output of a few generated customers of one account into literals for the bare program. */
export function sampleOutput(outdir: string, customersPerAccount: number): Sample {
  const ids = stackIds(outdir);
  const account = ids.find((id) => id.startsWith("account-"));
  const customers = ids.filter((id) => id.startsWith("customer-")).map((id) => id.replace("customer-", ""));
  if (!account) throw new Error(`${outdir} holds no account stack to compare with`);
  return {
    customersPerAccount,
    account: sampleStack(outdir, account),
    customers: customers.map((customer) =>
      ids.filter((id) => id.split("-").includes(customer)).map((id) => sampleStack(outdir, id)),
    ),
  };
}
