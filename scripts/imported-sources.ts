import { ANSIBLE_RULES } from "../cli/import/ansible-rules";
import { TERRAGRUNT_RULES } from "../cli/import/terragrunt-rules";
import type { ImportedSource } from "./import-page";

/** What docs/import.md is about. */
export const IMPORTED_SOURCES: readonly ImportedSource[] = [
  {
    title: "Ansible playbooks for Linode",
    command: "npx fleet import ansible <directory> --account acme2",
    text:
      "the playbooks of Linode's guide for a Jitsi cluster and of its Marketplace. Read are `group_vars/` (files with or " +
      "without an ending) and an inventory called `hosts`; of a variable that several files say the group's counts before " +
      "`all`'s. References such as `{{ domain }}` are followed, filters and expressions are not. The bridges stay on " +
      "Linode; the server, which had been a Linode, too, goes to Google Cloud, so a project, a zone and a bucket are asked for.",
    rules: ANSIBLE_RULES,
  },
  {
    title: "Terragrunt layouts for Google Cloud",
    command: "npx fleet import terragrunt <directory>",
    text:
      "a folder for each account, named as the account will be, maybe in `live/`; below it folders for regions and modules " +
      "as you like. Read are `terraform.tfvars`, other `.tfvars` and `.tfvars.json`, `inputs` of `terragrunt.hcl`, and " +
      "`locals` of `account.hcl`, `project.hcl`, `region.hcl`, `env.hcl` and the like. A folder inherits what is written " +
      "above it; one that says how many bridges run becomes a pool. References to `local.…`, and to files read by " +
      '`read_terragrunt_config(find_in_parent_folders("…"))`, are followed; other functions are not. The settings that ' +
      "Terragrunt before 0.19 kept in `terraform.tfvars` are passed over.",
    rules: TERRAGRUNT_RULES,
  },
];
