import { spawnSync } from "node:child_process";
import { credentialsPath, tokenFromFile } from "./credentials-file";
import { CredentialsProblem } from "./credentials-problem";

type Environment = Readonly<Record<string, string | undefined>>;

/** Lets its bearer call Google's APIs for some minutes. Never printed. */
export interface AccessToken {
  readonly token: string;
  /** Project that the calls are counted for. @default the project that owns what is asked for */
  readonly quotaProject?: string;
}

/** Only a machine of Google's has this name, and it answers at once. */
const METADATA_TIMEOUT_MS = 1500;

/**
 * A token from what is there, in this order:
 *
 *   GOOGLE_OAUTH_ACCESS_TOKEN                                as Terraform's Google provider takes it
 *   Application Default Credentials, a file                  GOOGLE_APPLICATION_CREDENTIALS or gcloud's
 *   gcloud                                                   whoever is logged in there
 *   the metadata server                                      on a machine of Google's
 *
 * @throws CredentialsProblem when there is none, or the first that is there does not work
 */
export async function findAccessToken(environment: Environment): Promise<AccessToken> {
  const given = environment["GOOGLE_OAUTH_ACCESS_TOKEN"];
  if (given) return { token: given };

  const path = credentialsPath(environment);
  if (path) {
    const fromFile = await tokenFromFile(path);
    if (fromFile) return fromFile;
    const { token } = fromGcloud(environment, "application-default");
    if (token) return { token };
    throw new CredentialsProblem(
      `${path} holds credentials of a kind that only gcloud reads; install gcloud, or set GOOGLE_OAUTH_ACCESS_TOKEN`,
    );
  }

  const gcloud = fromGcloud(environment);
  if (gcloud.token) return { token: gcloud.token };
  const machine = await fromMetadata(environment["GCE_METADATA_HOST"] ?? "metadata.google.internal");
  if (machine) return { token: machine };
  throw new CredentialsProblem(
    gcloud.complaint
      ? `gcloud gives no token (${gcloud.complaint}); run gcloud auth login`
      : "no Google credentials found; install gcloud and run gcloud auth application-default login, or set " +
          "GOOGLE_APPLICATION_CREDENTIALS to a key file, or GOOGLE_OAUTH_ACCESS_TOKEN to a token",
  );
}

interface FromGcloud {
  readonly token?: string;
  /** Undefined when gcloud is not installed. */
  readonly complaint?: string;
}

function fromGcloud(environment: Environment, ...group: readonly string[]): FromGcloud {
  const words = ["auth", ...group, "print-access-token", "--quiet"];
  const { status, error, stdout, stderr } = spawnSync("gcloud", words, {
    env: environment,
    encoding: "utf8",
    timeout: 60_000,
    shell: process.platform === "win32", // gcloud.cmd
  });
  if (error && (error as NodeJS.ErrnoException).code === "ENOENT") return {};
  const token = stdout?.trim();
  if (status === 0 && token) return { token };
  const complaint = stderr?.trim().split("\n")[0];
  return { complaint: complaint || (error?.message ?? `it ended with ${status}`) };
}

async function fromMetadata(host: string): Promise<string | undefined> {
  const url = `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`;
  try {
    const response = await fetch(url, {
      headers: { "Metadata-Flavor": "Google" },
      signal: AbortSignal.timeout(METADATA_TIMEOUT_MS),
    });
    const answer = (await response.json()) as { readonly access_token?: unknown };
    return response.ok && typeof answer.access_token === "string" ? answer.access_token : undefined;
  } catch {
    return undefined;
  }
}
