import { join } from "node:path";
import { GcsBackend, type ISynthesisSession, TerraformStack } from "cdktf";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer"; // not exported by the package's root
import type { Construct } from "constructs";
import type { Account } from "../model/fleet";
import { MINIMUM_TERRAFORM } from "../model/versions";
import { enforcePolicies } from "../policies/enforce-policies";
import { renderTerragruntFile } from "../render/terragrunt-file";
import { StackFiles } from "./stack-files";
import { trimTerraform } from "./trim-terraform";
import { writeStackFiles } from "./write-stack-files";

export interface FleetStackProps {
  readonly account: Account;
  /** The YAML file that says what is in it, from the repository's root. */
  readonly source: string;
  /** Whether what holds state may go. */
  readonly allowDestroys: boolean;
}

/** What all our stacks have in common: state in the account's bucket, files beside the Terraform, the policies. */
export abstract class FleetStack extends TerraformStack {
  readonly files: StackFiles;
  /** The YAML file that says what is in it. */
  readonly source: string;
  /** Bucket of its state. */
  readonly bucket: string;
  /** Whether what holds state may go. */
  readonly allowDestroys: boolean;
  /** Ids of the stacks that come before it when several are deployed. It refers to none of them: each can be deployed alone. */
  deployAfter: readonly string[] = [];
  private terraform: Record<string, unknown> | undefined;

  constructor(scope: Construct, id: string, { account, source, allowDestroys }: FleetStackProps) {
    super(scope, id);
    this.files = new StackFiles(id);
    this.source = source;
    this.bucket = account.state.bucket;
    this.allowDestroys = allowDestroys;
    this.synthesizer = new FilesSynthesizer(this, () => (this.terraform = undefined));
    new GcsBackend(this, { bucket: this.bucket, prefix: id });
    this.addOverride("terraform.required_version", `>= ${MINIMUM_TERRAFORM}`);
    enforcePolicies(this, { files: this.files.all, allowDestroys, waivers: account.waivers });
  }

  /** Resolved once: the policies judge the very object that is written. Nothing can be added afterwards. */
  override toTerraform(): Record<string, unknown> {
    if (!this.terraform) {
      this.terraform = trimTerraform(super.toTerraform(), this.source);
      this.node.lock();
    }
    return this.terraform;
  }
}

/** Writes the Terraform, then the files that it reads, and one for Terragrunt. A stack with findings is not written, whoever runs the synth. */
class FilesSynthesizer extends StackSynthesizer {
  /** @param release frees what is needed no more: fleets have thousands of stacks */
  constructor(
    private readonly fleetStack: FleetStack,
    private readonly release: () => void,
  ) {
    super(fleetStack, /* continueOnErrorAnnotations */ false);
  }

  override synthesize(session: ISynthesisSession): void {
    super.synthesize(session);
    const { workingDirectory } = session.manifest.forStack(this.fleetStack);
    const { files, source, deployAfter: after, allowDestroys } = this.fleetStack;
    const beside = new Map([["terragrunt.hcl", renderTerragruntFile({ source, after, allowDestroys })]]);
    writeStackFiles(join(session.outdir, workingDirectory), new Map([...files.all, ...beside]));
    this.release();
  }
}
