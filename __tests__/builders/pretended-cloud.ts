import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { conform } from "../../sandbox/protocol/conform";
import { isUnknown, isValues } from "../../sandbox/protocol/value";
import { offlineProviders } from "../../sandbox/providers";
import { CloudStore } from "../../sandbox/store/cloud-store";
import type { Path } from "../../sandbox/protocol/diagnostic";
import type { ConfiguredProvider, Plan, Provider } from "../../sandbox/protocol/provider";
import type { BlockSchema } from "../../sandbox/protocol/provider-schema";
import type { Value, Values } from "../../sandbox/protocol/value";

/** A configuration as a person writes it: what is left out is null. */
export type Arguments = Readonly<Record<string, unknown>>;

/** The offline providers without Terraform and without gRPC, with clouds in a temporary file. */
export class PretendedCloud {
  readonly store: CloudStore;
  private readonly directory = mkdtempSync(join(tmpdir(), "pretended-cloud-"));
  private readonly providers: ReadonlyMap<string, { provider: Provider; configured: ConfiguredProvider }>;

  constructor(google: Arguments = { project: "acme-prod", region: "europe-west4" }) {
    this.store = new CloudStore(join(this.directory, "clouds.json"));
    const entries = offlineProviders(this.store, () => Date.UTC(2026, 0, 1)).map((provider) => {
      const name = provider.address.replace(/^.*\//, "");
      return [
        name,
        { provider, configured: provider.configure(name.startsWith("google") ? (google as Values) : {}) },
      ] as const;
    });
    this.providers = new Map(entries);
  }

  remove(): void {
    this.store.close();
    rmSync(this.directory, { recursive: true });
  }

  /** What `terraform validate` says. */
  validate(type: string, given: Arguments): { summary: string; path: Path }[] {
    const { provider } = this.providerOf(type);
    const found = provider.validateResource(type, this.config(type, given));
    return found.map(({ summary, detail, path }) => ({
      summary: detail ? `${summary}: ${detail}` : summary,
      path: path ?? [],
    }));
  }

  plan(type: string, given: Arguments, prior: Values | null = null): Plan {
    const config = this.config(type, given);
    const proposed = prior ? propose(this.block(type), config, prior) : config;
    return this.providerOf(type).configured.plan(type, { prior, proposed, config });
  }

  /** Plans and applies, without asking whether a new object is needed. */
  async apply(type: string, given: Arguments, prior: Values | null = null): Promise<Values> {
    const { planned } = this.plan(type, given, prior);
    const change = { prior, planned, config: this.config(type, given) };
    const state = await this.providerOf(type).configured.apply(type, change);
    return conform(this.block(type), state!);
  }

  async delete(type: string, prior: Values): Promise<void> {
    await this.providerOf(type).configured.apply(type, { prior, planned: null, config: null });
  }

  read(type: string, state: Values): Values | null {
    return this.providerOf(type).configured.read(type, state);
  }

  importState(type: string, id: string): Values {
    return this.providerOf(type).configured.importState(type, id);
  }

  private providerOf(type: string): { provider: Provider; configured: ConfiguredProvider } {
    return this.providers.get(type.replace(/_.*$/, ""))!;
  }

  private config(type: string, given: Arguments): Values {
    return conform(this.block(type), given as Values);
  }

  private block(type: string): BlockSchema {
    return this.providerOf(type).provider.schema.resource_schemas[type]!.block;
  }
}

/** As Terraform proposes: the configuration, with prior values where it leaves a computed attribute open. */
function propose(block: BlockSchema, config: Values, prior: Values): Values {
  const proposed: Values = { ...config };
  for (const [name, { computed }] of Object.entries(block.attributes ?? {})) {
    if (computed && config[name] === null) proposed[name] = prior[name] ?? null;
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const [blocks, before] = [config[name] ?? null, prior[name] ?? null];
    if (!Array.isArray(blocks) || nested.nesting_mode === "set") continue;
    proposed[name] = blocks.map((one, index): Value => {
      const old = Array.isArray(before) ? before[index] : undefined;
      return isValues(one) && isValues(old) && !isUnknown(old) ? propose(nested.block, one, old) : one;
    });
  }
  return proposed;
}
