import type { AccessToken } from "./access-token";
import { CredentialsProblem } from "./credentials-problem";

const ENDPOINT = "https://secretmanager.googleapis.com/";
const TIMEOUT_MS = 10_000;
/** Pauses before the next tries when Secret Manager is away or overloaded. */
const PAUSES_MS = [500, 2000];
/** What env files, shells, URLs and configuration languages take without quotes; what our stacks store. */
const VALUE = /^[A-Za-z0-9]+$/;

/** The value of a secret, or one line that says why there is none and what to do. */
export type SecretAnswer = { readonly value: string } | { readonly problem: string };

/** Reads the newest versions of secrets over Secret Manager's REST API. Never prints a value. */
export class SecretManager {
  private readonly endpoint: string;

  /** @param environment CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER names another endpoint, as it does for gcloud */
  constructor(
    private readonly token: AccessToken,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    const endpoint = environment["CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER"] || ENDPOINT;
    this.endpoint = endpoint.endsWith("/") ? endpoint : `${endpoint}/`;
  }

  /**
   * @param resource `projects/<project>/secrets/<name>`
   * @param stack stack that stores the secret, for the way out
   * @throws CredentialsProblem when Google does not take the token, or does not answer
   */
  async newest(resource: string, stack: string): Promise<SecretAnswer> {
    const response = await this.get(`${this.endpoint}v1/${resource}/versions/latest:access`);
    const text = await response.text();
    if (response.ok) return valueIn(text);
    switch (response.status) {
      case 400:
        return {
          problem:
            "its newest version is disabled or destroyed; enable it: gcloud secrets versions enable <number> " +
            `--secret=${nameOf(resource)} --project=${projectOf(resource)}`,
        };
      case 401:
        throw new CredentialsProblem(
          "Google refuses the access token: it has expired, or is none; log in again: gcloud auth " +
            "application-default login (or renew GOOGLE_OAUTH_ACCESS_TOKEN)",
        );
      case 403:
        return {
          problem: text.includes("SERVICE_DISABLED")
            ? `Secret Manager is not switched on in project ${projectOf(resource)}; deploy the account's stack first`
            : "you may not read it; ask for the role roles/secretmanager.secretAccessor in project " +
              `${projectOf(resource)}, or log in as somebody who has it`,
        };
      case 404:
        return { problem: `there is no such secret yet; deploy ${stack} first: npx fleet deploy ${stack}` };
      default:
        return { problem: `Secret Manager answered with HTTP status ${response.status}; try again later` };
    }
  }

  private async get(url: string): Promise<Response> {
    const { token, quotaProject } = this.token;
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(quotaProject && { "X-Goog-User-Project": quotaProject }),
    };
    for (let tries = 0; ; tries++) {
      const response = await fetch(url, {
        headers,
        redirect: "error", // following one would hand the token to another host
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }).catch(() => undefined);
      const pause = PAUSES_MS[tries];
      const away = !response || response.status === 429 || response.status >= 500;
      if (!away || pause === undefined) {
        if (response) return response;
        throw new CredentialsProblem(
          `${new URL(url).host} does not answer; look at your network, then try again`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

function valueIn(text: string): SecretAnswer {
  let data: unknown;
  try {
    data = (JSON.parse(text) as { readonly payload?: { readonly data?: unknown } }).payload?.data;
  } catch {
    data = undefined; // without the cause: it may quote the value
  }
  const value = typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : "";
  if (VALUE.test(value)) return { value };
  return {
    problem:
      "its newest version is empty or has other characters than letters and digits (a line break counts); " +
      "store one without them",
  };
}

const nameOf = (resource: string): string => resource.split("/")[3]!;
const projectOf = (resource: string): string => resource.split("/")[1]!;
