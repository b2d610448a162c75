/** An example for each kind of file; a test loads them, each alone and all together. */
export const DATA_EXAMPLES = {
  account: `# yaml-language-server: $schema=../../schemas/account.schema.json
gcp:
  project: acme-meet-prod
  network:
    regions: { europe-west4: 10.20.0.0/20 } # a subnet of the account's own in each
linode: {} # the token comes from LINODE_TOKEN
state: { bucket: acme-meet-prod-terraform }
dns: { managedZone: acme-zone, domain: meet.acme.example }
operators:
  email: ops@acme.example
  iap: ["group:ops@acme.example"]
  sshFrom: [203.0.113.0/24]
  sshKeys:
    ops: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILQPyEXGRfeceIJ8PK4K8fmJL2LMpBkEZrp8CxyboEF5 ops
  alerts: # a relay that knows the servers by their addresses
    smtp: { host: smtp.acme.example, from: meet-alerts@acme.example }
labels: { owner: acme }
defaults: # of this account's customers and pools
  customers:
    server: { machineType: n2-standard-8 }
overrides: # wins over their own files
  gcpPools:
    keeper: { mode: observe }
`,
  customer: `# yaml-language-server: $schema=../../../schemas/customer.schema.json
server:
  cloud: gcp
  zone: europe-west4-a
language: de
meetings: { maxParticipants: 200 }
snapshots: { startTimeUtc: "01:00" } # nobody meets then
`,
  "pool-gcp": `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: gcp
region: europe-west4
serves: [abc]
machineType: n2-standard-4
size: { min: 2, max: 8 }
scaling:
  schedules:
    working-day: # the day starts with everybody at once
      start: 45 7 * * MON-FRI
      durationMinutes: 600
      minBridges: 3
      timeZone: Europe/Amsterdam
`,
  "pool-linode": `# yaml-language-server: $schema=../../../schemas/pool.schema.json
cloud: linode
region: nl-ams
serves: [abc]
type: g6-dedicated-4
size: 3 # the base load
draining: 1 # bridge-3 takes no new calls; when it is empty, lower size and this by one
`,
  defaults: `# yaml-language-server: $schema=../schemas/defaults.schema.json
labels: { managed-by: fleet }
customers:
  snapshots: { retentionDays: 14 }
gcpPools:
  scaling: { bootSeconds: 150 }
linodePools:
  placement: flexible
`,
} as const;

export type DataPage = keyof typeof DATA_EXAMPLES;
