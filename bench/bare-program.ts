import { readFileSync } from "node:fs";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { LinodeProvider } from "@cdktf/provider-linode/lib/provider";
import { App, GcsBackend, TerraformStack, type TerraformResource } from "cdktf";

/**
 * The bare cdktf program that synthesis is compared with: the same stacks with the same resources and arguments, as
 * literals, with no data to read, no rules, no policies and no files beside the JSON.
 *
 * Usage: bare-program.ts <sample.json> <customers>; writes to CDKTF_OUTDIR.
 */

/** What one account of the measured output holds: `bench/sample-output.ts` makes it. */
export interface Sample {
  readonly customersPerAccount: number;
  readonly account: StackSample;
  /** The stacks of each sampled customer, server and pools: repeated in turn. */
  readonly customers: readonly (readonly StackSample[])[];
}

export interface StackSample {
  readonly id: string;
  readonly resources: readonly { readonly type: string; readonly id: string; readonly config: object }[];
}

/** Provider classes by Terraform type; filled from the binding modules that the sample needs. */
type ResourceClass = new (scope: TerraformStack, id: string, config: never) => TerraformResource;

function classOf(type: string): ResourceClass {
  const [provider, ...words] = type.split("_");
  const module = `@cdktf/provider-${provider}/lib/${words.join("-")}`;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the type decides at run time which module it is
  const exported = require(module) as Record<string, { tfResourceType?: string }>;
  const found = Object.values(exported).find((value) => value.tfResourceType === type);
  if (!found) throw new Error(`${module} exports no class for ${type}`);
  return found as unknown as ResourceClass;
}

function main(samplePath: string, customers: number): void {
  const sample = JSON.parse(readFileSync(samplePath, "utf8")) as Sample;
  const classes = new Map<string, ResourceClass>();
  const app = new App({ outdir: process.env["CDKTF_OUTDIR"]!, stackTraces: false });

  const addStack = (id: string, { resources }: StackSample) => {
    const stack = new TerraformStack(app, id);
    new GcsBackend(stack, { bucket: "bench", prefix: id });
    new GoogleProvider(stack, "google", { project: "bench-project" });
    if (resources.some(({ type }) => type.startsWith("linode_"))) new LinodeProvider(stack, "linode");
    for (const resource of resources) {
      const type = classes.get(resource.type) ?? classOf(resource.type);
      classes.set(resource.type, type);
      new type(stack, resource.id, resource.config as never);
    }
  };

  for (let i = 0; i < customers; i++) {
    if (i % sample.customersPerAccount === 0) addStack(`account-${i}`, sample.account);
    for (const stack of sample.customers[i % sample.customers.length]!) addStack(`${stack.id}-${i}`, stack);
  }
  app.synth();
}

main(process.argv[2]!, Number(process.argv[3]));
