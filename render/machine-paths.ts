/**
 * Places on a machine that more than one file names.
 *
 *   /etc/fleet              rendered files: a link to one set, changed by fleet-apply alone (on Linode, cloud-init writes
 *                           the first set)
 *   /etc/fleet.d            the sets
 *   /run/fleet              what is known only on the machine: host.env, secrets; gone with a reboot
 *   /var/lib/fleet          the data disk of a server
 */
export const ETC = "/etc/fleet";
/** Secrets are below it in a directory that only root enters. */
export const RUN = "/run/fleet";
export const COMPOSE_PATH = `${ETC}/compose.yaml`;
/** Name that fleet-apply gives the containers' compose project, whatever directory the files are in. */
export const COMPOSE_PROJECT = "fleet";

/** Name of the machine, its zone (Linode: region) and public address, written by fleet-apply at boot. */
export const HOST_ENV_PATH = "/run/fleet/host.env";

/** Settings of a service, for its container's environment. */
export const envPath = (service: string): string => `${ETC}/${service}.env`;

/** What a Google machine fetches from Secret Manager: names of secrets, no secret. */
export const SECRETS_FILE_PATH = `${ETC}/secrets.json`;

/** Secrets of a service, on a tmpfs. */
export const secretsPath = (service: string): string => secretFilePath(`${service}.env`);
/** A secret that is a file as it is, on a tmpfs. */
export const secretFilePath = (name: string): string => `/run/fleet/secrets/${name}`;

/** Directory that a service's container reads as `/config`. */
export const configDirectory = (service: string): string => `${ETC}/${service}`;

/** Where the data disk of a server is mounted; the disk's `deviceName` is `data`. */
export const DATA = "/var/lib/fleet";
export const DATA_DEVICE = "/dev/disk/by-id/google-data";
/** Certificates and the ACME account. */
export const WEB_STORAGE = `${DATA}/web`;
/** The same of Let's Encrypt's staging: acme.sh asks nobody anew for a name that it has a certificate of. */
export const WEB_STAGING_STORAGE = `${DATA}/web-staging`;
export const PROSODY_STORAGE = `${DATA}/prosody`;
/** The database of measurements: buckets, accounts and tokens. */
export const INFLUXDB_STORAGE = `${DATA}/influxdb`;
/** Pairs of `<host name>.crt` (full chain) and `<host name>.key`, and a link to the one in use (fleet-certificates). */
export const CERTIFICATES = `${DATA}/certificates`;
/** What fleet-certificates is told: no certificate, and no key. */
export const CERTIFICATE_SETTINGS_PATH = `${ETC}/certificate.json`;
/** Empty: what shows Telegraf how full the data disk is, and nothing of what is on it. */
export const DATA_DISK_PROBE = `${DATA}/telegraf`;
/** The keeper's program, as it was published: a copy that spares a restart the way to the cloud (keeper-start). */
export const KEEPER_STORAGE = `${DATA}/keeper`;
/** What the keeper is told of its pools (`KeeperFile` of model/keeper-file.ts). */
export const KEEPER_FILE_PATH = `${ETC}/keeper.json`;
