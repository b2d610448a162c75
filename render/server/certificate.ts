import type { Account, Customer } from "../../model/fleet";
import { BREWERY } from "../jitsi/brewery";
import { CERTIFICATES, secretFilePath, WEB_STAGING_STORAGE, WEB_STORAGE } from "../machine-paths";

/** A customer's own certificate, below `/run/fleet/secrets`: its key and its chain in one file. */
export const CERTIFICATE_FILE = "certificate.pem";

/** Directory on the data disk where web keeps its certificate; one for each authority, so that `acme` can be changed. */
export const webStorage = ({ acme }: Pick<Customer, "acme">): string =>
  acme === "staging" ? WEB_STAGING_STORAGE : WEB_STORAGE;

/**
 * What `fleet-certificates` is told: whose certificate it is, where a new one appears (by ACME, or as a secret), and who
 * presents it on which port of the machine. With ACME the web container looks after itself.
 */
export const renderCertificateSettings = (
  account: Pick<Account, "rehearsal">,
  customer: Pick<Customer, "hostname" | "acme" | "certificate">,
): string => {
  const { hostname, acme, certificate } = customer;
  const issued = `${webStorage(customer)}/acme-certs/${hostname}`;
  const own = secretFilePath(CERTIFICATE_FILE);
  return `${JSON.stringify(
    {
      hostname,
      chain: certificate ? own : `${issued}/fullchain.pem`,
      key: certificate ? own : `${issued}/key.pem`,
      // Of an authority that bridges do not know; they refuse it, except in a rehearsal.
      anyIssuer: account.rehearsal || acme === "staging",
      services: { [BREWERY.service]: BREWERY.port, ...(certificate ? { web: 443 } : {}) },
    },
    null,
    2,
  )}\n`;
};

/** Where an image looks for a pair, which it copies from there when it starts. */
export interface PairPlace {
  readonly directory: string;
  /** Names of the two files, without their endings `.crt` and `.key`. */
  readonly name: string;
}

/**
 * Lets a container wait for a certificate before its image starts, because without one the image makes a certificate of
 * its own, which bridges refuse and browsers warn of. A container that has waited, or is started again, takes both files
 * of one pair: it enters the pair's directory once. The directory is a tmpfs of the container. The copies can be written
 * to: web's image copies them onto those of its last start, with the same rights.
 */
export const waitsForCertificate = (
  { hostname }: Pick<Customer, "hostname">,
  { directory, name }: PairPlace,
) => ({
  entrypoint: [
    "/bin/sh",
    "-c",
    "trap exit TERM\n" +
      `[ -e /certificates/current/${hostname}.key ] || echo "waits for a certificate of ${hostname}"\n` +
      `until cd /certificates/current && cp -f ${hostname}.crt ${directory}/${name}.crt &&\n` +
      `  cp -f ${hostname}.key ${directory}/${name}.key\n` +
      "do sleep 1; done 2>/dev/null\n" +
      `chmod 600 ${directory}/${name}.crt ${directory}/${name}.key\n` +
      "cd /\n" +
      "exec /init\n",
  ],
});

export const certificateVolume = `${CERTIFICATES}:/certificates:ro`;

export const certificateTmpfs = ({ directory }: PairPlace): string =>
  `${directory}:size=1M,mode=0700,uid=1000,gid=1000`;
