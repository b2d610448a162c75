import { createSign } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessToken } from "./access-token";
import { CredentialsProblem } from "./credentials-problem";

type Environment = Readonly<Record<string, string | undefined>>;
type Credentials = Readonly<Record<string, unknown>>;

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const TOKEN_URI = "https://oauth2.googleapis.com/token";
const TIMEOUT_MS = 10_000;

/**
 * Path of the Application Default Credentials: what GOOGLE_APPLICATION_CREDENTIALS names, else where
 * `gcloud auth application-default login` leaves them; undefined when there are none.
 * @throws CredentialsProblem when the variable names a file that is not there
 */
export function credentialsPath(environment: Environment): string | undefined {
  const named = environment["GOOGLE_APPLICATION_CREDENTIALS"];
  if (named) {
    if (existsSync(named)) return named;
    throw new CredentialsProblem(
      `GOOGLE_APPLICATION_CREDENTIALS names ${named}, which is not there; correct it or unset it`,
    );
  }
  const [home, windows] = [environment["HOME"], environment["APPDATA"]];
  const settings =
    environment["CLOUDSDK_CONFIG"] ??
    (windows ? join(windows, "gcloud") : home ? join(home, ".config", "gcloud") : undefined);
  const path = settings && join(settings, "application_default_credentials.json");
  return path && existsSync(path) ? path : undefined;
}

/**
 * A token for the credentials of a person or of a service account; undefined for other kinds, which gcloud knows.
 * @throws CredentialsProblem when the file is broken or Google refuses it
 */
export async function tokenFromFile(path: string): Promise<AccessToken | undefined> {
  const credentials = read(path);
  const text = (name: string): string => {
    const value = credentials[name];
    if (typeof value === "string" && value !== "") return value;
    throw new CredentialsProblem(`${path} has no ${name}; make it anew: ${LOGIN}`);
  };
  const endpoint = typeof credentials["token_uri"] === "string" ? credentials["token_uri"] : TOKEN_URI;
  if (credentials["type"] === "authorized_user") {
    const token = await exchange(path, endpoint, {
      grant_type: "refresh_token",
      client_id: text("client_id"),
      client_secret: text("client_secret"),
      refresh_token: text("refresh_token"),
    });
    const quotaProject = credentials["quota_project_id"];
    return { token, ...(typeof quotaProject === "string" && { quotaProject }) };
  }
  if (credentials["type"] === "service_account") {
    const assertion = signed(path, text("client_email"), text("private_key"), endpoint);
    const grant_type = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    return { token: await exchange(path, endpoint, { grant_type, assertion }) };
  }
  return undefined;
}

const LOGIN = "gcloud auth application-default login";

function read(path: string): Credentials {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof parsed === "object" && parsed !== null) return parsed as Credentials;
  } catch {
    // Without the cause: it may quote the file.
  }
  throw new CredentialsProblem(`${path} cannot be read as JSON; make it anew: ${LOGIN}`);
}

/** What a service account signs to get a token (RFC 7523). */
function signed(path: string, email: string, key: string, audience: string): string {
  const issued = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iss: email, scope: SCOPE, aud: audience, iat: issued, exp: issued + 600 },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  try {
    const signature = createSign("RSA-SHA256").update(parts.join(".")).sign(key, "base64url");
    return [...parts, signature].join(".");
  } catch {
    throw new CredentialsProblem(`private_key in ${path} is no RSA key; download the key file again`);
  }
}

async function exchange(path: string, endpoint: string, form: Record<string, string>): Promise<string> {
  let response: Response;
  let answer: { readonly access_token?: unknown; readonly error?: unknown };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    response = await fetch(endpoint, { method: "POST", body: new URLSearchParams(form), signal });
    answer = (await response.json()) as typeof answer;
  } catch {
    throw new CredentialsProblem(`${endpoint} does not answer; look at your network, then try again`);
  }
  if (response.ok && typeof answer.access_token === "string") return answer.access_token;
  const error = typeof answer.error === "string" ? answer.error : `HTTP status ${response.status}`;
  throw new CredentialsProblem(
    `Google refuses the credentials in ${path} (${error}): they are expired or revoked; run ${LOGIN}`,
  );
}
