import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";
import { credentialsPath } from "../google/credentials-file";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Who gives an order, for those who read it later: the account of the credentials that `findAccessToken` takes, where it
 * is known without asking for more rights, else the user of this machine.
 */
export function orderedBy(environment: Environment): string {
  return accountOf(environment) ?? `${localUser()} at ${hostname()}`;
}

function accountOf(environment: Environment): string | undefined {
  if (environment["GOOGLE_OAUTH_ACCESS_TOKEN"]) return undefined; // a token does not say whose it is
  const path = credentialsPath(environment);
  if (path === undefined) return accountOfGcloud(environment);
  try {
    const { client_email, account } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    return [client_email, account].find((each): each is string => typeof each === "string" && each !== "");
  } catch {
    return undefined;
  }
}

function accountOfGcloud(environment: Environment): string | undefined {
  const { status, stdout } = spawnSync("gcloud", ["config", "get-value", "account", "--quiet"], {
    env: environment,
    encoding: "utf8",
    timeout: 30_000,
    shell: process.platform === "win32", // gcloud.cmd
  });
  const account = stdout?.trim();
  return status === 0 && account?.includes("@") ? account : undefined;
}

function localUser(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody"; // a user without a name, as in containers
  }
}
