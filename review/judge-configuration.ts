import type { Json, JsonObject } from "../rollout/planned-object";
import { sameJson } from "./changed-values";
import type { MachineFiles } from "./machine-files";
import { type Configurations, none, notKnown, type PlacedVerdict } from "./verdict";

interface Files {
  readonly before: MachineFiles;
  readonly after: MachineFiles;
}

/**
 * What a change of a stack's configuration does that no plan shows: Terraform looks for the state elsewhere, a provider is
 * another one, what runs before an object goes is something else, or a machine's set of files has another text than the file
 * beside it.
 */
export function judgeConfiguration({ before, after }: Configurations, files: Files): PlacedVerdict[] {
  if (!before || !after) return [];
  return [
    ...stateMoves(before, after),
    ...providersDiffer(before, after),
    ...protectionEnds(before, after),
    ...farewellsDiffer(before, after),
    ...pushesDiffer(before, after),
    ...bundlesDiffer(before, after, files),
  ];
}

function stateMoves(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const [was, is] = [at(before, "terraform", "backend"), at(after, "terraform", "backend")];
  if (sameJson(was, is)) return [];
  return [
    {
      notice: "interrupts calls",
      says: `the state is looked for in ${words(is)} and no longer in ${words(was)}: Terraform finds nothing there, and creates everything anew beside what runs`,
      instead: "Put the old place back, or copy the state to the new one before this is deployed.",
      at: ["terraform.backend"],
    },
  ];
}

/** The pretended clouds know one version of each provider, and no settings of it. */
function providersDiffer(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const instead =
    "Plan it against the clouds before it is merged, and deploy it to one customer first (npx fleet deploy --canary).";
  const compared = (path: readonly string[], what: (name: string, was: Json, is: Json) => string) => {
    const [was, is] = [objectOr(at(before, ...path)), objectOr(at(after, ...path))];
    return Object.keys(was)
      .filter((name) => Object.hasOwn(is, name) && !sameJson(was[name], is[name]))
      .map((name) => ({
        ...{ ...notKnown(what(name, was[name] ?? null, is[name] ?? null)), instead },
        at: [[...path, name].join(".")],
      }));
  };
  return [
    ...compared(
      ["terraform", "required_providers"],
      (name, was, is) => `what provider ${name} does otherwise in ${words(is)} than in ${words(was)}`,
    ),
    ...compared(
      ["provider"],
      (name) => `what other settings of provider ${name} do to objects that are there`,
    ),
  ];
}

function protectionEnds(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const addresses = Object.entries(objectOr(after["resource"])).flatMap(([type, byName]) =>
    Object.entries(objectOr(byName))
      .filter(([name, resource]) => {
        const old = at(before, "resource", type, name);
        return protects(old) && !protects(resource);
      })
      .map(([name]) => `${type}.${name}`),
  );
  if (addresses.length === 0) return [];
  return [{ ...none("Terraform protects it no longer: from now on a deploy may destroy it"), at: addresses }];
}

const protects = (resource: Json | undefined): boolean =>
  at(resource, "lifecycle", "prevent_destroy") === true;

/**
 * That a bridge is drained before its machine goes is a provisioner of `terraform_data.drain`. Terraform runs the one of now,
 * and a plan says that the object goes, whatever runs then.
 */
function farewellsDiffer(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const addresses = Object.entries(objectOr(before["resource"])).flatMap(([type, byName]) =>
    Object.entries(objectOr(byName))
      .filter(([name, resource]) => {
        const now = at(after, "resource", type, name);
        return now !== null && !sameJson(farewellsOf(resource), farewellsOf(now));
      })
      .map(([name]) => `${type}.${name}`),
  );
  if (addresses.length === 0) return [];
  return [
    {
      ...notKnown("what runs before it goes is something else, and whether bridges are still drained then"),
      instead:
        "Read what changes in modules/linode/drain-before-destroy.ts, and deploy it to one customer first.",
      at: addresses,
    },
  ];
}

/**
 * What runs on a machine when an object comes, such as a push. A plan says that the object comes, and nothing at all where
 * only the words differ: then they run at the next push.
 */
function pushesDiffer(before: JsonObject, after: JsonObject): PlacedVerdict[] {
  const addresses = Object.entries(objectOr(after["resource"])).flatMap(([type, byName]) =>
    Object.entries(objectOr(byName))
      .filter(([name, resource]) => {
        const was = at(before, "resource", type, name);
        // A push to a new machine is judged with it (review/rules/linode-push-rules.ts).
        if (was === null && type === "terraform_data") return false;
        return !sameJson(greetingsOf(was), greetingsOf(resource));
      })
      .map(([name]) => `${type}.${name}`),
  );
  if (addresses.length === 0) return [];
  return [
    {
      ...notKnown("what runs when it comes is something else, and whether bridges are still drained then"),
      instead: "Read what changes in modules/linode/pushes.ts, and deploy it to one customer first.",
      at: addresses,
    },
  ];
}

/** What fleet-push tells a person to do after a failure: words, which run nothing where no template is in them. */
const ADVICE = / --again '[^'$%]*'/g;
/** Settings of a push that say themselves what they change in the plan. */
const IN_THE_PLAN = / --(?:drain-minutes \d+|stay-drained)/g;

/** What runs when an object comes, and on which machine; a wrong key of that machine only keeps it from running. */
function greetingsOf(resource: Json): Json[] {
  const greetings = provisionersOf(resource)
    .filter((settings) => at(settings, "when") !== "destroy")
    .map((settings) => (isSecrets(settings) ? objectOr(settings)["destination"]! : settings));
  if (greetings.length === 0) return [];
  const words = JSON.parse(JSON.stringify(greetings).replace(ADVICE, "").replace(IN_THE_PLAN, "")) as Json[];
  const { host_key: _, ...connection } = objectOr(at(resource, "connection"));
  return [connection, ...words];
}

/** Passwords, which come and go with the customers that a pool serves: the plan has a trigger for them. */
const isSecrets = (settings: Json): boolean => at(settings, "destination") === "fleet-secrets.json";

const provisionersOf = (resource: Json): Json[] =>
  listOf(at(resource, "provisioner")).flatMap((provisioner) =>
    Object.values(objectOr(provisioner)).flatMap(listOf),
  );

/** What runs on the machine when an object goes, and how the machine is reached for it. */
function farewellsOf(resource: Json): Json[] {
  const farewells = provisionersOf(resource).filter((settings) => at(settings, "when") === "destroy");
  return farewells.length > 0 ? [at(resource, "connection"), ...farewells.map(withoutAdvice)] : [];
}

const withoutAdvice = (settings: Json): Json => ({
  ...objectOr(settings),
  inline: listOf(at(settings, "inline")).map((line) =>
    typeof line === "string" ? line.replace(ADVICE, "") : line,
  ),
});

/**
 * The files of a stack are judged as they lie beside cdk.tf.json, which says what of them a machine gets. Where only that
 * saying changes, the machine gets another text, or none, and no file shows it.
 */
function bundlesDiffer(before: JsonObject, after: JsonObject, files: Files): PlacedVerdict[] {
  const [was, is] = [bundleOf(before), bundleOf(after)];
  const paths = [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => !sameJson(was.get(path), is.get(path)) && !isAsShown(path, is.get(path), files))
    .sort();
  if (paths.length === 0) return [];
  return [
    {
      ...notKnown("the machine gets another text for it, or none, and no file of the stack shows it"),
      at: paths,
    },
  ];
}

/** The machine gets the very file that lies beside cdk.tf.json, or none where none lies there. */
const isAsShown = (path: string, expression: Json | undefined, { before, after }: Files): boolean =>
  expression === undefined
    ? before.has(path) && !after.has(path)
    : after.has(path) &&
      /^\$\{file\("files\/(?:server|bridge|programs)(.*)"\)\}$/.exec(String(expression))?.[1] === path;

/** Path on the machine -> the expression of its text. What is compressed has an empty text in `machine_files`. */
const bundleOf = (configuration: JsonObject): Map<string, Json> =>
  new Map(
    ["machine_files", "compressed_files", "programs"].flatMap((name) =>
      Object.entries(objectOr(at(configuration, "locals", name))),
    ),
  );

function at(value: Json | undefined, ...steps: readonly string[]): Json {
  return steps.reduce<Json>((each, step) => objectOr(each)[step] ?? null, value ?? null);
}

const objectOr = (value: Json | undefined): JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as JsonObject) : {};

/** A block alone, or several of it. */
const listOf = (value: Json): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === null ? [] : [value];

/** `gcs bucket=a prefix=b`, `source=linode/linode version=3.13.0`, without punctuation that means something elsewhere. */
const words = (value: Json): string =>
  Object.entries(objectOr(value))
    .map(([key, each]) =>
      each !== null && typeof each === "object" ? `${key} ${words(each)}` : `${key}=${String(each)}`,
    )
    .join(" ") || "nothing";
