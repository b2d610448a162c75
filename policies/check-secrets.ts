import type { Finding, Policy } from "./policy";
import { hasPrivateKey, secretSettingsIn } from "./secret-texts";
import { secretsInTerraform } from "./secrets-in-terraform";

/**
 * Machine files, which go to metadata as they are; but for those of the page, which everybody reads anyway, and for
 * programs, the same for everybody, whose `token = …` is code.
 */
const MACHINE_FILE = /(?:^|\/)etc\/fleet\/(?!web\/|programs\/)/;
const PROGRAM = /(?:^|\/)programs\/|\.mjs$/;
const CLOUD_INIT = /(?:^|\/)cloud-init\.yaml$/;
/** The file that names what a Google machine fetches. */
const SECRETS_FILE = /(?:^|\/)etc\/fleet\/secrets\.json$/;
const SECRET_RESOURCE = /^projects\/[a-z0-9-]+\/secrets\/[A-Za-z0-9_-]+$/;

export const checkSecrets: Policy = {
  id: "secrets",
  rule: "No secret is in state, plan, metadata or files.",
  reason: "Whoever reads the state, the repository or the metadata has it.",
  fix: "Draw it with an ephemeral resource, store it by a write-only argument, let the machine fetch it at boot.",
  check: (stack) => [
    ...secretsInTerraform(stack),
    ...[...stack.files].flatMap(([path, text]) => [
      ...(hasPrivateKey(text) && !PROGRAM.test(path) && !SECRETS_FILE.test(path)
        ? [heldBy(path, "a line")]
        : []),
      ...(CLOUD_INIT.test(path) ? loginsIn(text).map((key) => heldBy(path, key)) : []),
      ...(SECRETS_FILE.test(path)
        ? checkSecretsFile(path, text)
        : MACHINE_FILE.test(path)
          ? secretSettingsIn(text).map((name) => heldBy(path, name))
          : []),
    ]),
  ],
};

const IN_FILE = "everyone who may see the repository or the machine's metadata reads it; ";

const heldBy = (path: string, what: string): Finding => ({
  file: path,
  message: `${what} holds a secret; ${IN_FILE}let the machine fetch it at boot (secrets.json)`,
});

const loginsIn = (cloudInit: string): readonly string[] =>
  [...cloudInit.matchAll(/^[ \t-]*((?:hashed_|plain_text_)?passw(?:or)?d|chpasswd)[ \t]*:/gm)].map(
    ([, key]) => key!,
  );

/** env file -> variable -> name of a secret, other file -> name of a secret, and nothing else. */
function checkSecretsFile(path: string, text: string): Finding[] {
  const files = Object.entries(readJson(text));
  const named = files.flatMap(([file, wanted]): [what: string, resource: unknown][] =>
    typeof wanted === "object" && wanted !== null
      ? Object.entries(wanted).map(([variable, resource]) => [`${variable} of ${file}`, resource])
      : [[file, wanted]],
  );
  return named
    .filter(([, resource]) => typeof resource !== "string" || !SECRET_RESOURCE.test(resource))
    .map(([what]) => ({
      file: path,
      message:
        `${what} is not the name of a secret, so it may be one; ${IN_FILE}` +
        "write projects/<project>/secrets/<name>",
    }));
}

/** What is no JSON names nothing. */
function readJson(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return { "the text": text };
  }
}
