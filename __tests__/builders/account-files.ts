/** The line that editors need, per kind of file. */
export const MODELINES = {
  defaults: "# yaml-language-server: $schema=../schemas/defaults.schema.json\n",
  account: "# yaml-language-server: $schema=../../schemas/account.schema.json\n",
  customer: "# yaml-language-server: $schema=../../../schemas/customer.schema.json\n",
  pool: "# yaml-language-server: $schema=../../../schemas/pool.schema.json\n",
} as const;

const VALID: Readonly<Record<string, string>> = {
  "accounts/defaults.yaml": `${MODELINES.defaults}labels: { managed-by: fleet }
customers:
  snapshots: { retentionDays: 14 }
gcpPools:
  scaling: { targetStress: 0.5, bootSeconds: 150 } # measured
`,
  "accounts/acme/account.yaml": `${MODELINES.account}gcp:
  project: acme-meet-prod
  network:
    regions: { europe-west4: 10.20.0.0/20 }
linode: {}
state: { bucket: acme-meet-prod-terraform }
dns: { managedZone: acme-zone, domain: meet.acme.example }
operators:
  email: ops@acme.example
  iap: ["group:ops@acme.example"]
  sshFrom: [203.0.113.0/24, "2001:db8::/48"]
  sshKeys: { ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQPyEXGRfeceIJ8PK4K8fmJL2LMpBkEZrp8CxyboEF5 ops }
  alerts: { webhook: { secret: pager-url } }
defaults:
  customers:
    server: { machineType: n2-standard-8 }
overrides:
  labels: { owner: platform }
`,
  "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server:
  cloud: gcp
  zone: europe-west4-a
regionGroups:
  - [gcp-europe-west4, linode-nl-ams]
  - [gcp-us-east1]
`,
  "accounts/acme/pools/eu-burst.yaml": `${MODELINES.pool}cloud: gcp
region: europe-west4
serves: [abc]
size: { min: 2, max: 8 }
scaling:
  schedules:
    working-day: { start: 45 7 * * MON-FRI, durationMinutes: 600, minBridges: 3 }
`,
  "accounts/acme/pools/nl-static.yaml": `${MODELINES.pool}cloud: linode
region: nl-ams
serves: [abc]
size: 3 # the base load
`,
};

/**
 * The files of a valid fleet (one account, one customer, a pool on each cloud), by path. Texts replace or add files,
 * undefined removes one.
 *
 *   accountFiles({ "accounts/acme/customers/abc.yaml": `${MODELINES.customer}server: 1\n` })
 */
export function accountFiles(
  changes: Readonly<Record<string, string | Uint8Array | undefined>> = {},
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const [path, content] of Object.entries({ ...VALID, ...changes })) {
    if (content !== undefined) files.set(path, typeof content === "string" ? Buffer.from(content) : content);
  }
  return files;
}
