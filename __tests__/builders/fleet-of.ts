import { formatProblems } from "../../config/format-problems";
import { loadFleetFrom } from "../../config/load-fleet";
import type { Fleet } from "../../model/fleet";
import { accountFiles, MODELINES } from "./account-files";

/** A valid fleet of text: the files of `accountFiles` with changes. */
export function fleetOf(changes: Parameters<typeof accountFiles>[0] = {}): Fleet {
  const loaded = loadFleetFrom(accountFiles(changes));
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return loaded.fleet;
}

const customerFile = (zone: string, more = "") =>
  `${MODELINES.customer}server: { cloud: gcp, zone: ${zone} }\n${more}`;
const poolFile = (text: string) => `${MODELINES.pool}${text}`;

/** So many customers of acme beside abc, all on its two pools. */
export const sharedByMany = (customers: number): Parameters<typeof accountFiles>[0] => {
  const ids = Array.from({ length: customers }, (_, index) => `xyz-${index + 1}`);
  const serves = ["abc", ...ids].join(", ");
  return {
    ...Object.fromEntries(
      ids.map((id) => [`accounts/acme/customers/${id}.yaml`, customerFile("europe-west4-b")]),
    ),
    "accounts/acme/pools/eu-burst.yaml": poolFile(
      `cloud: gcp\nregion: europe-west4\nserves: [${serves}]\nsize: { min: 2, max: 8 }\n`,
    ),
    "accounts/acme/pools/nl-static.yaml": poolFile(
      `cloud: linode\nregion: nl-ams\nserves: [${serves}]\nsize: 3\ndraining: 1\n`,
    ),
  };
};

/** Two accounts: a Linode pool of globex serves abc of acme, too. Names are as long as they may be. */
export const TWO_ACCOUNTS: Parameters<typeof accountFiles>[0] = {
  "accounts/globex/account.yaml": `${MODELINES.account}gcp:
  project: globex-video
  network:
    regions: { us-east1: 10.40.0.0/20 }
linode: {}
state: { bucket: globex-video-terraform }
operators:
  email: video-ops@globex.example
  sshFrom: [198.51.100.0/24]
  sshKeys: { ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHvD99ZmjTH9d68vAI48V7Yj9v/KF2N/Et0/Hy53plwN ops }
`,
  "accounts/globex/customers/a-customer-of-24-letters.yaml": customerFile(
    "us-east1-b",
    "hostname: a-very-long-host-name-of-a-customer.conferences.globex.example\nbridgeOnServer: true\n",
  ),
  "accounts/globex/pools/us-burst-of-21-letter.yaml": poolFile(
    "cloud: gcp\nregion: us-east1\nserves: [a-customer-of-24-letters]\nsize: { min: 1, max: 3 }\nkeeper: { mode: observe }\n",
  ),
  "accounts/globex/pools/us-static.yaml": poolFile(
    "cloud: linode\nregion: us-ord\nserves: [a-customer-of-24-letters, abc]\nsize: 3\n",
  ),
};
