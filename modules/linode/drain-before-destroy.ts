import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { LinodeBridge } from "./bridges";
import type { SshAccess } from "./ssh-access";

export interface DrainBeforeDestroyProps {
  readonly bridges: readonly LinodeBridge[];
  readonly ssh: SshAccess;
  readonly drainDeadlineMinutes: number;
  /** What a person does to repeat a destroy that failed: `run: …`. Without apostrophes. */
  readonly again: string;
}

/**
 * The seat belt: before a machine goes, for a smaller size or a new generation, its bridge is drained, and whoever is
 * left at the deadline is moved. A machine that cannot be reached stays.
 *
 *   drain["bridge-1"] … drain["bridge-<size>"] --> bridge-1 … bridge-<size>
 *
 * One resource with `for_each`, because the provisioners of a resource that is no longer declared do not run. It is not
 * the push, whose replacements would drain every machine at once.
 */
export function buildDrainBeforeDestroy(scope: Construct, props: DrainBeforeDestroyProps): void {
  const { bridges, ssh, drainDeadlineMinutes, again } = props;
  const drain = new TerraformResource(scope, "drain", { terraformResourceType: "terraform_data" });
  drain.addOverride(
    "for_each",
    Object.fromEntries(
      bridges.map(({ id, label, address, machineId, hostKey }) => [
        id,
        { label, host: address, machine: machineId, host_key: hostKey ?? null },
      ]),
    ),
  );
  drain.addOverride("triggers_replace", "${each.value.machine}");
  drain.addOverride("input", {
    ...ssh.settings,
    label: "${each.value.label}",
    host: "${each.value.host}",
    host_key: "${each.value.host_key}",
    drain_minutes: drainDeadlineMinutes,
  });
  drain.addOverride("provisioner", [
    {
      "remote-exec": {
        when: "destroy",
        connection: ssh.connectionBySelf,
        inline: [
          'PATH="$PATH:/usr/local/sbin"',
          "command -v fleet-push > /dev/null || { echo 'no push has reached this machine: nothing to drain'; exit 0; }",
          "python3 \"$(command -v fleet-push)\" --machine '${self.output.label} (${self.output.host})' " +
            `--again '${again}' --drain-minutes \${self.output.drain_minutes} leave`,
        ],
      },
    },
  ]);
}
