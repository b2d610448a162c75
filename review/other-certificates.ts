import { variablesOf } from "./compose-file";
import type { MachineFiles } from "./machine-files";
import type { PlacedVerdict } from "./verdict";

const WEB_ENV = "/etc/fleet/web.env";

/** web asks Let's Encrypt's trial authority, which neither browsers nor bridges believe (`acme: staging`). */
export function otherCertificates(before: MachineFiles, after: MachineFiles): PlacedVerdict[] {
  const [was, is] = [before, after].map((files) => isTrial(variablesOf(files.get(WEB_ENV))));
  if (was || !is) return [];
  return [
    {
      notice: "interrupts calls",
      says: "web presents a certificate for trials: browsers do not open the page, and bridges that log in anew stay outside",
      instead: "Keep `acme: staging` to servers that nobody calls yet.",
      at: [WEB_ENV],
    },
  ];
}

const isTrial = (variables: ReadonlyMap<string, string>): boolean =>
  !["", "0", "false", undefined].includes(variables.get("LETSENCRYPT_USE_STAGING"));
