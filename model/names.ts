import { bridgeRegion } from "./mesh";
import type { Account, Customer, GcpPool, LinodePool, Pool } from "./fleet";

/**
 * Every name that one part of the fleet uses to find another: stack ids, cloud names, host names.
 *
 * Stacks refer to one another by these names, never by a token, so each can be planned and deployed alone. Names go
 * from general to specific, carry no randomness and no position in a list. Limits: LIMITS, held by
 * `model/rules/check-name-lengths.ts`.
 */
type Id<T> = Pick<T, Extract<keyof T, "id">>;
type InAccount<T> = Pick<T, Extract<keyof T, "id" | "account">>;

// Stacks. The id is also the prefix of the state.

export const accountStackId = (account: Id<Account>): string => `account-${account.id}`;
export const customerStackId = (customer: Id<Customer>): string => `customer-${customer.id}`;
export const bridgesStackId = (pool: InAccount<Pool>): string => `bridges-${pool.account}-${pool.id}`;

// Google Cloud, account.

export const networkName = (account: string): string => account;
export const subnetworkName = (account: string, region: string): string => `${account}-${region}`;
export const networkLink = (project: string, account: string): string =>
  `projects/${project}/global/networks/${networkName(account)}`;
export const subnetworkLink = (project: string, account: string, region: string): string =>
  `projects/${project}/regions/${region}/subnetworks/${subnetworkName(account, region)}`;
export const artifactsBucketName = (project: string): string => `${project}-fleet-artifacts`;

// The keeper, in the account's artifacts bucket and its role.

/** What begins the names of programs: every machine may read them. */
export const PROGRAMS_PREFIX = "programs/";
/** A program is never changed, only another one published. @param sha256 of its text, in hex */
export const keeperProgramObject = (sha256: string): string => `${PROGRAMS_PREFIX}keeper-${sha256}.mjs`;
/** What begins the names of all that keepers and people tell each other. */
export const KEEPER_PREFIX = "keeper/";
/** The same of one pool, with its slash: `state.json` and `orders.json` are below it. */
export const keeperStorePrefix = (pool: InAccount<GcpPool>): string =>
  `${KEEPER_PREFIX}${pool.account}-${pool.id}/`;
/** Id of the custom role that keepers have in the account's project. */
export const KEEPER_ROLE_ID = "fleetKeeper";
export const keeperRole = (project: string): string => `projects/${project}/roles/${KEEPER_ROLE_ID}`;

// Google Cloud, server of a customer.

export const serverName = (customer: Id<Customer>): string => `${customer.id}-server`;
export const dataDiskName = (customer: Id<Customer>): string => `${customer.id}-data`;
export const serverServiceAccountId = (customer: Id<Customer>): string => `srv-${customer.id}`;
export const serviceAccountEmail = (accountId: string, project: string): string =>
  `${accountId}@${project}.iam.gserviceaccount.com`;

/** Name of the server inside the account's network. */
export const serverInternalHost = (customer: Id<Customer>, zone: string, project: string): string =>
  `${serverName(customer)}.${zone}.c.${project}.internal`;

/** The secrets of every customer; each becomes one Secret Manager secret. */
export const CUSTOMER_SECRETS = [
  "grafana-admin-password",
  "influxdb-operator-password",
  "influxdb-operator-token",
  "jicofo-auth-password",
  "jvb-auth-password",
  "jvb-auth-password-even",
  "main-jvb-auth-password",
  "telemetry-read-password",
  "telemetry-server-password",
] as const;
/** One of them, or one that a customer has for each pool that serves it (`telemetryLogins` in model/turns.ts). */
export type CustomerSecret = (typeof CUSTOMER_SECRETS)[number] | `telemetry_${string}`;
/** Whether a secret is one that some customer has for a pool: no other name has an underscore after `telemetry`. */
export const isPoolSecretName = (name: string): boolean => /-telemetry_/.test(name);
export const secretName = (customer: Id<Customer>, secret: CustomerSecret): string =>
  `${customer.id}-${secret}`;
/** How Secret Manager's API names a secret. Machines read its latest version. */
export const secretLink = (project: string, name: string): string => `projects/${project}/secrets/${name}`;
export const secretResource = (project: string, customer: Id<Customer>, secret: CustomerSecret): string =>
  secretLink(project, secretName(customer, secret));
/**
 * Input variable of a stack that brings a secret to machines that cannot fetch it: `abc_jvb_auth_password`. Ids have no
 * underscore.
 */
export const secretVariable = (customer: Id<Customer>, secret: CustomerSecret): string =>
  `${customer.id}_${secret}`.replaceAll("-", "_");
/** Input variable beside it, with the customer's `secretsVersion` that the value is of: `abc_secrets_version`. */
export const secretsVersionVariable = (customer: Id<Customer>): string =>
  `${customer.id}_secrets_version`.replaceAll("-", "_");

// Bridges.

/** Of the group, its instances (`<name>-x7k2`), its autoscaler and everything else of a Google pool. */
export const bridgePoolName = (pool: InAccount<GcpPool>): string => `${pool.account}-${pool.id}`;
export const bridgeServiceAccountId = (pool: Id<GcpPool>): string => `jvb-${pool.id}`;
/** A template is never changed, only replaced: `digest` (8 hex digits) is over all of its inputs. */
export const bridgeTemplateName = (pool: InAccount<GcpPool>, digest: string): string =>
  `${bridgePoolName(pool)}-${digest}`;
/** Label of a bridge's machine that says which release it runs, so that its keeper sees releases that are mixed. */
export const RELEASE_LABEL = "fleet-release";
/**
 * An image tag as the value of a label, which has lower-case letters, digits, `_` and `-` only and at most 63 of them: a
 * dot becomes `_`. Of a longer tag the end stays, where build numbers are.
 */
export const releaseLabel = (tag: string): string =>
  tag
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "_")
    .slice(-63);

/** Label of a pool's firewall, and the beginning of all its other labels. */
export const linodePoolLabel = (pool: InAccount<LinodePool>): string => `${pool.account}-${pool.id}`;
/** Label of Linode number `number` (from 1) of a pool. */
export const linodeLabel = (pool: InAccount<LinodePool>, number: number): string =>
  `${linodePoolLabel(pool)}-${number}`;
/** Name of Linode number `number` (from 1) in the data and in Terraform. */
export const linodeBridgeId = (number: number): string => `bridge-${number}`;
/** Label of placement group number `group` (from 1) of a pool. */
export const linodePlacementGroupLabel = (pool: InAccount<LinodePool>, group: number): string =>
  `${linodePoolLabel(pool)}-${group}`;
export const linodeHostname = (pool: Id<LinodePool>, number: number, domain: string): string =>
  `${pool.id}-${number}.bridges.${domain}`;

/** The rule that lets a pool's bridges in at the brewery Prosody of a customer; it lives in the pool's stack. */
export const breweryRuleName = (customer: string, pool: InAccount<Pool>): string =>
  `${customer}-xmpp-from-${pool.account}-${pool.id}`;

/** The region string of a pool's bridges. */
export const poolRegion = (pool: Pick<Pool, "cloud" | "region">): string =>
  bridgeRegion(pool.cloud, pool.region);

/** Longest names that the clouds take (Compute Engine: RFC 1035; IAM; Linode API v4). */
export const LIMITS = {
  /** Compute Engine resources. */
  compute: 63,
  /** `baseInstanceName`: the group adds a hyphen and 4 characters. */
  baseInstance: 58,
  /** IAM service account id, from 6 characters. */
  serviceAccountId: 30,
  /** Linode instance label, from 3 characters. */
  linodeInstance: 50,
  /** Linode firewall label, from 3 characters. */
  linodeFirewall: 32,
  /** Linode placement group label. */
  linodePlacementGroup: 32,
  /** Bucket of Cloud Storage. */
  bucket: 63,
  /** A whole host name. */
  hostName: 253,
  /** One label of a host name. */
  dnsLabel: 63,
} as const;
