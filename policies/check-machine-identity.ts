import { blockOf, textsOf } from "./blocks";
import { isGoogleMachine } from "./machines";
import type { Policy, Resource } from "./policy";

/** The account that Google makes for a project; it may edit all of it. */
const DEFAULT_ACCOUNT = /-compute@developer\.gserviceaccount\.com$/;

export const checkMachineIdentity: Policy = {
  id: "machine-identity",
  rule: "Every Google machine has a service account of its own, whose rights are roles.",
  reason: "The project's default account may edit the project: who breaks into a bridge would own it.",
  fix: "Set service_account.email to an account that the stack makes, with the scope cloud-platform.",
  check: ({ resources }) => resources.flatMap((on) => problemsOf(on).map((message) => ({ on, message }))),
};

function problemsOf(on: Resource): string[] {
  if (!isGoogleMachine(on)) return [];
  const account = blockOf(on.attributes, "service_account");
  const email = String(account["email"] ?? "");
  if (email === "" || DEFAULT_ACCOUNT.test(email)) {
    return [
      "it runs as the project's default account, which may edit the project; who breaks in would own it; " +
        "set service_account.email to an account of the stack",
    ];
  }
  const scopes = textsOf(account, "scopes").map((scope) => scope.replace(/^.*\//, ""));
  if (scopes.join() === "cloud-platform") return [];
  return [
    `its scopes are ${scopes.join(", ") || "left out"}; they hide what the roles say; ` +
      "set them to cloud-platform and let roles decide",
  ];
}
