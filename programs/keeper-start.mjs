/**
 * Brings the keeper's program to this server and starts it.
 *
 *   node start.mjs --bucket <bucket> --object <name> --sha256 <hex> --copies <directory>
 *
 * The program is an object in the account's bucket of artifacts, published by the account's stack; the server's files say
 * which one, by the SHA-256 of its text, and no other is ever started. A copy stays in the directory, so that a restart
 * asks nobody; other copies are removed. Whatever fails is tried again, later each time, with one line in the journal.
 * The program runs in this process: arguments are gone by then, the environment is as it was.
 */
import { createHash } from "node:crypto";
import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/** Milliseconds. */
const METADATA_TIMEOUT = 5_000;
const STORAGE_TIMEOUT = 60_000;

const { values: options } = parseArgs({
  options: {
    bucket: { type: "string" },
    object: { type: "string" },
    sha256: { type: "string" },
    copies: { type: "string" },
    // For trials.
    metadata: { type: "string", default: "http://metadata.google.internal" },
    storage: { type: "string", default: "https://storage.googleapis.com" },
    "first-pause": { type: "string", default: "1" },
    "longest-pause": { type: "string", default: "60" },
  },
});
const missing = ["bucket", "object", "sha256", "copies"].filter((name) => options[name] === undefined);
if (missing.length > 0) {
  say(
    `no ${missing.map((name) => `--${name}`).join(", ")}: synthesize and deploy the customer's stack again`,
  );
  process.exit(64);
}

const COPY = `keeper-${options.sha256}.mjs`;

// The first process of a container ends by a signal only when it asks for it; the program has a way of its own.
const end = () => process.exit(0);
process.once("SIGTERM", end);
const program = (await kept()) ?? (await keep(await fetchPatiently()));
process.off("SIGTERM", end);
process.argv.splice(2);
await import(pathToFileURL(program).href);

function say(text) {
  console.log(`keeper-start: ${text}`);
}

/** Path of the copy on the disk; undefined when there is none, or another text in it. */
async function kept() {
  const path = join(options.copies, COPY);
  try {
    if (isIt(await readFile(path))) {
      await removeOthers();
      return path;
    }
    say(`${path} is not what was published: it is fetched anew`);
  } catch (error) {
    if (error.code !== "ENOENT") say(`${path} cannot be read (${error.code}): it is fetched anew`);
  }
  return undefined;
}

/** Puts the text on the disk, or into memory when the disk does not take it: that holds up nobody. */
async function keep(text) {
  const path = join(options.copies, COPY);
  try {
    await write(path, text);
    await removeOthers();
    return path;
  } catch (error) {
    say(`${options.copies} takes no copy (${error.code}): it is fetched again at the next start`);
    const spare = join(tmpdir(), COPY);
    await write(spare, text);
    return spare;
  }
}

/** After this, the file is whole or not there, a power loss included. */
async function write(path, text) {
  const file = await open(`${path}.new`, "w", 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  const directory = await open(dirname(path));
  await directory.sync().finally(() => directory.close());
}

/** Copies of other programs, and what a start that was cut off has left. */
async function removeOthers() {
  try {
    for (const name of await readdir(options.copies)) {
      if (/^keeper-.*\.mjs(\.new)?$/.test(name) && name !== COPY) await rm(join(options.copies, name));
    }
  } catch (error) {
    say(`old copies stay in ${options.copies} (${error.code})`);
  }
}

function isIt(text) {
  return createHash("sha256").update(text).digest("hex") === options.sha256;
}

async function fetchPatiently() {
  let pause = Number(options["first-pause"]);
  for (;;) {
    try {
      const text = await fetchObject();
      say(`${options.object} is here, ${text.length} bytes`);
      return text;
    } catch (error) {
      say(`${error.message}; tried again in ${pause} s`);
    }
    // Servers of one account start at once after a deploy: chance spreads them.
    await sleep(1000 * pause * (0.75 + Math.random() / 2));
    pause = Math.min(2 * pause, Number(options["longest-pause"]));
  }
}

async function fetchObject() {
  const access = await ask(
    "metadata server",
    `${options.metadata}/computeMetadata/v1/instance/service-accounts/default/token`,
    { "Metadata-Flavor": "Google" },
    METADATA_TIMEOUT,
    { 404: "this machine has no service account: deploy its stack again" },
  );
  const { access_token: bearer } = parsed(access);
  const place = `${encodeURIComponent(options.bucket)}/o/${encodeURIComponent(options.object)}`;
  const text = await ask(
    "Cloud Storage",
    `${options.storage}/storage/v1/b/${place}?alt=media`,
    { Authorization: `Bearer ${bearer}` },
    STORAGE_TIMEOUT,
    {
      401: "the machine's token was refused",
      // To an account that may not read it, Cloud Storage does not say whether it is there.
      403:
        `the machine's service account may not read ${options.object} in ${options.bucket}, or it is not there: ` +
        "deploy the account's stack, then the customer's; a new permission takes minutes",
      404: `there is no ${options.object} in ${options.bucket}: deploy the account's stack first`,
    },
  );
  if (!isIt(text)) {
    throw new Error(
      `${options.object} in ${options.bucket} is not the program of this server's files (its SHA-256 differs): ` +
        "somebody has overwritten it; deploy the account's stack again",
    );
  }
  return text;
}

/** @returns {Promise<Buffer>} */
async function ask(who, url, headers, timeout, causes) {
  let answer;
  try {
    // A redirect would hand the token to another host.
    answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(timeout) });
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
    await answer.body?.cancel();
  } catch (error) {
    const cause = error.cause?.code ?? error.cause?.message ?? error.message;
    throw new Error(`${who} does not answer (${cause})`, { cause: error });
  }
  throw new Error(causes[answer.status] ?? `${who} answered with HTTP status ${answer.status}`);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("metadata server gave an answer that is no JSON");
  }
}
