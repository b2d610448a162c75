import { blockOf } from "./blocks";
import { isGoogleMachine } from "./machines";
import type { Policy, Resource } from "./policy";

const isTrue = (value: unknown): boolean => /^(?:true|1|yes|y)$/i.test(String(value));

export const checkMachineLogin: Policy = {
  id: "machine-login",
  rule: "Only OS Login lets people onto Google machines.",
  reason: "Keys in metadata outlive the people they belong to, and a serial console passes every firewall.",
  fix: "Set enable-oslogin and block-project-ssh-keys to TRUE; leave ssh-keys and serial-port-enable out.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

function problemsOf(on: Resource): string[] {
  if (/^google_compute_project_metadata/.test(on.type)) {
    return [
      "metadata of the whole project; it reaches machines of every stack, and may carry SSH keys; set it on the machine",
    ];
  }
  if (!isGoogleMachine(on)) return [];
  const metadata = blockOf(on.attributes, "metadata");
  const keys = ["ssh-keys", "sshKeys"].filter((key) => metadata[key] !== undefined);
  return [
    ...["enable-oslogin", "block-project-ssh-keys"]
      .filter((key) => !isTrue(metadata[key]))
      .map((key) => `${key} is not TRUE; keys of people who left would still open it; set it in metadata`),
    ...keys.map(
      (key) => `metadata has ${key}; keys outlive the people they belong to; grant OS Login instead`,
    ),
    ...(isTrue(metadata["serial-port-enable"])
      ? [
          "serial-port-enable is on; the console passes every firewall; switch it on by hand, while it is needed",
        ]
      : []),
  ];
}
