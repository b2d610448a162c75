import type { Construct } from "constructs";
import type { Account } from "../model/fleet";
import { FleetStack } from "./fleet-stack";
import { useGoogle, useLinode } from "./use-providers";

export interface RetiredStackProps {
  /** Id of the stack that was. */
  readonly id: string;
  readonly account: Account;
  /** The account's file, which lists it. */
  readonly source: string;
}

/**
 * A stack whose file was removed on purpose: the same state and the same providers, and nothing else. Its next plan
 * shows what goes, its next deploy destroys it.
 */
export class RetiredStack extends FleetStack {
  constructor(scope: Construct, { id, account, source }: RetiredStackProps) {
    super(scope, id, { account, source, allowDestroys: true });
    useGoogle(this, account.gcp?.project);
    if (account.linode && id.startsWith("bridges-")) useLinode(this);
  }
}
