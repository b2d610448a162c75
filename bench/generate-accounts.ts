import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Customers of one generated account, one Google Cloud project. */
export const CUSTOMERS_PER_ACCOUNT = 100;

/** Where servers and bridges stand: Google region, its zone, the Linode region next to it. */
const PLACES = [
  { region: "europe-west4", zone: "europe-west4-a", linode: "nl-ams" },
  { region: "us-east1", zone: "us-east1-b", linode: "us-ord" },
  { region: "asia-southeast1", zone: "asia-southeast1-a", linode: "sg-sin-2" },
] as const;

const MACHINE_TYPES = ["n2-standard-4", "n2-standard-8"] as const;

const numbered = (prefix: string, number: number, digits: number): string =>
  prefix + String(number).padStart(digits, "0");

/**
 * Writes an accounts directory of any size that every rule accepts: per customer a server, a Google pool and a Linode
 * pool, per 100 customers an account. The same number gives the same bytes.
 */
export function generateAccounts(directory: string, customers: number): void {
  write(join(directory, "defaults.yaml"), DEFAULTS);
  for (let number = 0; number < customers; number++) {
    const accountNumber = Math.floor(number / CUSTOMERS_PER_ACCOUNT);
    const account = numbered("org", accountNumber, 3);
    const folder = join(directory, account);
    if (number % CUSTOMERS_PER_ACCOUNT === 0)
      write(join(folder, "account.yaml"), accountFile(account, accountNumber));
    const id = numbered("c", number, 4);
    write(join(folder, "customers", `${id}.yaml`), customerFile(account, number));
    write(join(folder, "pools", `${id}-burst.yaml`), gcpPoolFile(id, number));
    write(join(folder, "pools", `${id}-base.yaml`), linodePoolFile(id, number));
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const DEFAULTS = `# yaml-language-server: $schema=../schemas/defaults.schema.json
labels:
  managed-by: fleet

customers:
  snapshots: { retentionDays: 14 }

gcpPools:
  scaling:
    targetStress: 0.5
    bootSeconds: 150
`;

function accountFile(account: string, number: number): string {
  const regions = PLACES.map(({ region }, index) => `      ${region}: 10.${number % 256}.${index * 64}.0/18`);
  return `# yaml-language-server: $schema=../../schemas/account.schema.json
gcp:
  project: ${account}-meet-prod
  network:
    regions:
${regions.join("\n")}
linode: {}
state: { bucket: ${account}-meet-prod-terraform }
dns:
  managedZone: ${account}-zone
  domain: meet.${account}.example
  createZone: true
operators:
  email: ops@${account}.example
  alerts: { smtp: { host: mail.${account}.example, from: jitsi@${account}.example } }
  iap: ["group:ops@${account}.example"]
  sshFrom: [203.0.113.0/24]
  sshKeys:
    ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA${"A".repeat(44)} ops
labels: { owner: ${account} }

defaults:
  customers:
    server: { machineType: n2-standard-4 }
  linodePools:
    type: g6-dedicated-4
`;
}

const placeOf = (number: number) => PLACES[number % PLACES.length]!;

function customerFile(account: string, number: number): string {
  const hostname = number % 10 === 9 ? `hostname: talk-${number}.meet.${account}.example\n` : "";
  const labels = number % 4 === 3 ? `labels: { plan: large }\n` : "";
  return `# yaml-language-server: $schema=../../../schemas/customer.schema.json
${hostname}server:
  cloud: gcp
  zone: ${placeOf(number).zone}
  machineType: ${MACHINE_TYPES[number % MACHINE_TYPES.length]!}
${labels}`;
}

function gcpPoolFile(id: string, number: number): string {
  return `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: gcp
region: ${placeOf(number).region}
serves: [${id}]
machineType: n2-standard-4
size: { min: 1, max: ${4 + (number % 5)} }
scaling:
  schedules:
    working-day:
      start: 45 7 * * MON-FRI
      durationMinutes: 600
      minBridges: 2
      timeZone: Europe/Amsterdam
`;
}

function linodePoolFile(id: string, number: number): string {
  return `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: linode
region: ${placeOf(number).linode}
serves: [${id}]
size: ${1 + (number % 3)} # the base load; bursts go to ${id}-burst
`;
}
