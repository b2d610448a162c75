/**
 * Docker of a pretended machine: what fleet-apply says to it, and nothing else. It reads the machine's own compose file,
 * refuses what compose would refuse of it, and keeps a list of containers instead of running them.
 *
 * FLEET_TRIAL_ROOT stands for /. FLEET_TRIAL_DOCKER is its directory: containers.json, and what a test writes there:
 * `broken-<service>`, whose text is the error of `up`, and `no-images`, whose text is the error of `pull`.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { load } from "js-yaml";

const ROOT = process.env["FLEET_TRIAL_ROOT"];
const HOME = process.env["FLEET_TRIAL_DOCKER"];
const CONTAINERS = join(HOME, "containers.json");

class Complaint extends Error {}

const onMachine = (path) => (path.startsWith(ROOT) ? path : ROOT + path);

function readServices(files) {
  const services = load(readFileSync(files[0], "utf8"))?.services ?? {};
  for (const path of files.slice(1)) {
    for (const [name, more] of Object.entries(JSON.parse(readFileSync(path, "utf8")).services)) {
      Object.assign((services[name].labels ??= {}), more.labels);
    }
  }
  for (const [name, service] of Object.entries(services)) {
    if (typeof service?.image !== "string") {
      throw new Complaint(`service "${name}" has neither an image nor a build context specified`);
    }
  }
  return services;
}

/** Every line of the service's env files; one that is not there is refused. */
function environmentOf(service) {
  return (service.env_file ?? []).map((path) => {
    if (!existsSync(onMachine(path))) throw new Complaint(`env file ${path} not found`);
    return readFileSync(onMachine(path), "utf8");
  });
}

const bindsOf = (service) =>
  (service.volumes ?? []).map((volume) => {
    const [source, target] = volume.split(":");
    return { type: "bind", source: onMachine(source), target };
  });

const readContainers = () => (existsSync(CONTAINERS) ? JSON.parse(readFileSync(CONTAINERS, "utf8")) : {});

function writeContainers(containers) {
  writeFileSync(`${CONTAINERS}.new`, JSON.stringify(containers));
  renameSync(`${CONTAINERS}.new`, CONTAINERS);
}

/** Leaves a container alone that runs with the same definition, environment and labels. */
function up(services, name) {
  const all = readContainers();
  const containers = Object.fromEntries(Object.entries(all).filter(([known]) => known in services));
  const config = JSON.stringify([services[name], environmentOf(services[name])]);
  const digest = createHash("sha256").update(config).digest("hex");
  const before = containers[name];
  if (before?.digest !== digest || before.state !== "running") {
    const broken = join(HOME, `broken-${name}`);
    if (existsSync(broken)) throw new Complaint(readFileSync(broken, "utf8"));
    for (const { source } of bindsOf(services[name])) {
      if (!existsSync(source)) mkdirSync(source, { recursive: true });
    }
    const id = before?.digest === digest ? before.id : randomUUID().replaceAll("-", "");
    containers[name] = { id, digest, state: "running", started: randomUUID() };
  }
  writeContainers(containers);
}

function main(words) {
  if (words.join(" ") === "compose version") return "Docker Compose version 2.24.6";
  if (words[0] === "ps") {
    return Object.entries(readContainers())
      .map(([name, { state, id }]) => `${name} ${state} ${id}`)
      .join("\n");
  }
  if (words.join(" ") === "image prune --all --force") return "Total reclaimed space: 0B";
  if (words[0] === "image") throw new Complaint("no such image"); // each is pulled anew
  if (words[0] === "pull") {
    const none = join(HOME, "no-images");
    if (existsSync(none)) throw new Complaint(readFileSync(none, "utf8"));
    return words.at(-1);
  }
  const files = words.flatMap((word, place) => (word === "-f" ? [words[place + 1]] : []));
  const command = words.slice(3 + 2 * files.length).join(" ");
  if (words[0] !== "compose" || files.length === 0)
    throw new Complaint(`unknown command: docker ${words.join(" ")}`);
  const services = readServices(files);
  if (command === "config --format json") {
    for (const service of Object.values(services)) {
      environmentOf(service);
      service.volumes = bindsOf(service);
    }
    return JSON.stringify({ name: "fleet", services });
  }
  if (/^pull --quiet --policy missing( |$)/.test(command)) return "";
  const started = /^up --detach --no-deps --remove-orphans (\S+)$/.exec(command)?.[1];
  if (started === undefined) throw new Complaint(`unknown command: docker ${words.join(" ")}`);
  up(services, started);
  return "";
}

try {
  const answer = main(process.argv.slice(2));
  if (answer) process.stdout.write(`${answer}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
