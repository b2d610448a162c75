import { Rdns } from "@cdktf/provider-linode/lib/rdns";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";

export interface ReverseNameProps {
  readonly address: string;
  /** Without a dot at the end. */
  readonly host: string;
  /** The record that the name resolves by: Linode takes the name only when it does. */
  readonly record: ITerraformDependable;
}

/** Gives an address of a Linode its name. */
export const buildReverseName = (
  scope: Construct,
  id: string,
  { address, host, record }: ReverseNameProps,
): Rdns => new Rdns(scope, id, { address, rdns: host, waitForAvailable: true, dependsOn: [record] });
