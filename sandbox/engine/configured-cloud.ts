import { fillUnknown } from "./fill-unknown";
import { findReplacements } from "./find-replacements";
import { findValues } from "./find-values";
import { nameablePath } from "./nameable-path";
import { planValues } from "./plan-values";
import { Refusal } from "../protocol/diagnostic";
import { isUnknown } from "../protocol/value";
import type { Cloud, ResourceType } from "./cloud";
import type { FoundObject, Surroundings } from "./resource-model";
import type { CloudStore } from "../store/cloud-store";
import type { Path } from "../protocol/diagnostic";
import type { AppliedChange, ConfiguredProvider, Plan, PlannedChange } from "../protocol/provider";
import type { Value, Values } from "../protocol/value";

export interface ConfiguredCloudOptions<Settings> {
  readonly cloud: Cloud<Settings>;
  readonly store: CloudStore;
  readonly clock: () => number;
  readonly settings: Settings;
  readonly type: (name: string) => ResourceType<Settings>;
  readonly types: ReadonlyMap<string, ResourceType<Settings>>;
}

/** A pretended cloud as one provider block sees it. */
export class ConfiguredCloud<Settings> implements ConfiguredProvider {
  private readonly cloud: Cloud<Settings>;
  private readonly store: CloudStore;
  private readonly settings: Settings;

  constructor(private readonly options: ConfiguredCloudOptions<Settings>) {
    ({ cloud: this.cloud, store: this.store, settings: this.settings } = options);
  }

  read(name: string, state: Values): Values | null {
    this.store.sync();
    const type = this.options.type(name);
    const stored = this.stored(type, String(state["id"] ?? ""));
    if (!stored) return null;
    const object = structuredClone(stored);
    const unread = [...(type.model.clientOnly ?? []), ...(type.model.hidden ?? []), "timeouts"];
    for (const argument of unread) object[argument] = state[argument] ?? null;
    return Object.assign(object, type.model.observe?.(object, this.surroundings()));
  }

  plan(name: string, { prior, proposed, config }: PlannedChange): Plan {
    this.store.sync();
    const type = this.options.type(name);
    const rules = {
      defaults: type.behaviour.defaults ?? {},
      computedBlocks: new Set(type.model.computedBlocks),
      same: (path: string, before: Value, after: Value) => this.cloud.same(type, path, before, after),
    };
    const planned = planValues(type.block, rules, proposed, prior);
    this.cloud.completePlan(type, prior, planned, this.settings);
    const asked: Path[] = [];
    const change = { prior, planned, config, replace: (attribute: string) => void asked.push([attribute]) };
    type.model.plan?.(change, this.surroundings());
    if (!prior) return { planned, replace: [] };
    const replace = findReplacements(type.block, type.behaviour.requires_replace, prior, planned);
    return { planned, replace: [...replace, ...asked].map((path) => nameablePath(type.block, path)) };
  }

  async apply(name: string, { prior, planned, config }: AppliedChange): Promise<Values | null> {
    this.store.sync();
    const type = this.options.type(name);
    if (!planned) {
      this.delete(type, prior ?? {});
      await this.store.commit();
      return null;
    }
    const state = this.write(type, prior, structured(planned), config ?? {});
    await this.store.commit();
    return state;
  }

  importState(name: string, id: string): Values {
    this.store.sync();
    return this.cloud.importState(this.options.type(name), id, this.settings);
  }

  openEphemeral(name: string): Values {
    throw new Refusal(`there is no ephemeral resource ${name} in the sandbox`);
  }

  private write(type: ResourceType<Settings>, prior: Values | null, planned: Values, config: Values): Values {
    const around = this.surroundings();
    const verb = prior ? "updating" : "creating";
    const change = { prior, planned, config, replace: () => undefined };
    this.checkReferences(type, verb, planned);
    this.cloud.check(type, planned, around);
    type.model.check?.(change, around);

    const id = prior ? String(prior["id"]) : this.identify(type, planned, around);
    const key = this.cloud.keyOf(type, id, this.settings);
    const existing = this.store.get(this.cloud.name, type.name, key);
    if (prior && !existing) throw new Refusal(this.cloud.words.missing(type, verb, id));
    if (!prior && existing && !type.model.idempotent) throw new Refusal(this.cloud.words.duplicate(type, id));

    planned["id"] = id;
    this.choose(planned, type.model.chosen?.(planned, around) ?? {});
    this.choose(planned, this.cloud.chosen(type, id, planned, around));
    type.model.settle?.(planned, around);
    Object.assign(planned, this.cloud.stamped(type, planned, around));
    const state = fillUnknown(type.block, planned);
    this.store.put(this.cloud.name, type.name, key, this.asStored(type, state));
    return Object.assign(state, type.model.observe?.(state, around));
  }

  private delete(type: ResourceType<Settings>, prior: Values): void {
    const id = String(prior["id"]);
    // Gone already, as after a deletion by hand: what was asked for is true.
    if (!this.stored(type, id) || type.model.abandons?.(prior)) return;
    const around = this.surroundings();
    type.model.checkDelete?.(prior, around);
    const user = this.userOf(type, id);
    if (user) throw new Refusal(this.cloud.words.inUse(type, id, user.id));
    this.store.remove(this.cloud.name, type.name, this.cloud.keyOf(type, id, this.settings));
    for (const name of type.model.contents?.types ?? []) {
      for (const [key, content] of this.store.list(this.cloud.name, name))
        if (type.model.contents!.isIn(content, prior)) this.store.remove(this.cloud.name, name, key);
    }
  }

  private identify(type: ResourceType<Settings>, object: Values, around: Surroundings<Settings>): string {
    return type.model.identify?.(object, around) ?? this.cloud.identify(type, object, around);
  }

  private choose(object: Values, choices: Values): void {
    for (const [attribute, value] of Object.entries(choices)) {
      if (isUnknown(object[attribute])) object[attribute] = value;
    }
  }

  /** Without what only Terraform knows: write-only arguments are null already, the rest is left out. */
  private asStored(type: ResourceType<Settings>, state: Values): Values {
    const leftOut = new Set([...(type.model.clientOnly ?? []), "timeouts"]);
    return Object.fromEntries(Object.entries(state).filter(([attribute]) => !leftOut.has(attribute)));
  }

  private checkReferences(type: ResourceType<Settings>, verb: string, object: Values): void {
    for (const reference of type.model.references ?? []) {
      for (const { path, value } of findValues(object, reference.path)) {
        const links = Array.isArray(value) ? value : [value];
        for (const link of links) {
          const target = this.options.type(reference.type);
          const id = this.cloud.resolve(target, link, object, this.settings);
          if (id === undefined || !this.cloud.isOurs(target, id, this.settings) || this.stored(target, id))
            continue;
          const summary = this.cloud.words.dangling(type, verb, target, id);
          throw new Refusal(summary, nameablePath(type.block, path));
        }
      }
    }
  }

  /** An object that refers to this one and must go first. */
  private userOf(type: ResourceType<Settings>, id: string): FoundObject | undefined {
    for (const other of this.options.types.values()) {
      for (const reference of other.model.references ?? []) {
        if (reference.type !== type.name || reference.holds === false) continue;
        const user = this.listOf(other).find(({ attributes }) =>
          findValues(attributes, reference.path)
            .flatMap(({ value }) => (Array.isArray(value) ? value : [value]))
            .some((link) => this.cloud.resolve(type, link, attributes, this.settings) === id),
        );
        if (user) return user;
      }
    }
    return undefined;
  }

  private surroundings(): Surroundings<Settings> {
    return {
      settings: this.settings,
      store: this.store,
      now: new Date(this.options.clock()).toISOString(),
      list: (type) => this.listOf(this.options.type(type)),
      follow: (name, link, from) => {
        const type = this.options.type(name);
        const id = this.cloud.resolve(type, link ?? null, from, this.settings);
        const attributes = id === undefined ? undefined : this.stored(type, id);
        return id !== undefined && attributes ? { id, type: name, attributes } : undefined;
      },
    };
  }

  private listOf(type: ResourceType<Settings>): readonly FoundObject[] {
    const objects = this.store.list(this.cloud.name, type.name);
    return objects.map(([, attributes]) => ({ id: String(attributes["id"]), type: type.name, attributes }));
  }

  private stored(type: ResourceType<Settings>, id: string): Values | undefined {
    return this.store.get(this.cloud.name, type.name, this.cloud.keyOf(type, id, this.settings));
  }
}

/** A copy that may be altered; `structuredClone` would turn the one unknown value into others. */
function structured(value: Values): Values {
  const copy = (part: Value): Value => {
    if (Array.isArray(part)) return part.map(copy);
    if (typeof part !== "object" || part === null || isUnknown(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([name, entry]) => [name, copy(entry)]));
  };
  return copy(value) as Values;
}
