import type { FieldOwner } from "./rule";
import type { Plain } from "./variable";

/** A value of ours and who says so: `terraform.tfvars:5`, `--zone`, `default`. */
export interface Said {
  readonly value: Plain;
  readonly from: string;
}

/** Fields of one file of ours, by their path with dots. */
export type Fields = Map<string, Said>;

export interface PoolDraft {
  id: string;
  /** The folder that it comes from; empty for the imported folder itself. */
  readonly folder: string;
  readonly fields: Fields;
}

/** An account that is being made of what was found. */
export interface Draft {
  readonly account: string;
  readonly cloud: "gcp" | "linode";
  customer: string;
  readonly accountFields: Fields;
  readonly customerFields: Fields;
  readonly pools: PoolDraft[];
}

/** What became of one variable. Values of secrets, and of what is not understood, are not kept. */
export interface Entry {
  readonly kind: "taken" | "changed" | "dropped" | "notUnderstood";
  /** `group_vars/jitsi/vars:3` */
  readonly at: string;
  readonly variable: string;
  /** As it is written; `(secret)` for a secret. Undefined where it does not matter. */
  readonly value?: string;
  /** File and field: `acme/pools/jvb.yaml size.min`. */
  readonly to?: string;
  /** What was written where that is another value. */
  readonly written?: string;
  /** Why it is another value, or none. */
  readonly why?: string;
}

/** A field that no variable says. */
export interface Added {
  readonly to: string;
  readonly value: string;
  readonly from: string;
}

/** `acme/account.yaml` */
export const fileOf = (draft: Draft, owner: FieldOwner, pool?: PoolDraft): string =>
  owner === "account"
    ? `${draft.account}/account.yaml`
    : owner === "customer"
      ? `${draft.account}/customers/${draft.customer}.yaml`
      : `${draft.account}/pools/${pool?.id ?? "jvb"}.yaml`;
