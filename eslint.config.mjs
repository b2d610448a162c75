import tseslint from "typescript-eslint";

/** The folders of the house; what each may import is the table below, explained in CONTRIBUTING.md. */
const FOLDERS = [
  "model",
  "config",
  "render",
  "modules",
  "stacks",
  "policies",
  "keeper",
  "simulate",
  "estimate",
  "rollout",
  "review",
  "sandbox",
  "cli",
  "accounts",
];

const CDKTF = {
  group: ["cdktf", "cdktf/*", "constructs", "@cdktf/*"],
  message:
    "Only modules, stacks, policies and main.ts may know cdktf: it is archived, and a move to its fork must touch nothing else.",
};
/** The parser of HCL is HashiCorp's own and stands for itself: it is no part of what the move would touch. */
const CDKTF_BUT_HCL = { ...CDKTF, group: [...CDKTF.group, "!@cdktf/hcl2json"] };
const FILES = {
  group: ["fs", "node:fs", "node:fs/*", "fs/promises"],
  message:
    "This folder is pure: text and values in, text and values out. Files are read by config and stacks.",
};
const YAML = { group: ["js-yaml"], message: "Only config reads YAML and only render writes it." };
const PROCESS = {
  group: [
    "child_process",
    "node:child_process",
    "net",
    "node:net",
    "http",
    "node:http",
    "https",
    "node:https",
  ],
  message: "Synthesis starts no program and opens no connection: two runs must be byte-equal.",
};
/** The keeper's decisions are simulated, so they are alone: no package, and nothing of the folders around them. */
const ITSELF = {
  regex: "^(?!\\./)",
  message:
    "keeper/decide imports nothing but itself: it is simulated, and runs on a server with nothing else.",
};
/** What of the keeper runs without clouds, and is therefore simulated. */
const REST_OF_KEEPER = {
  regex: "^(\\.\\./)+keeper/(?!decide/|scheduled-bridges$)",
  message:
    "simulate may import keeper/decide and keeper/scheduled-bridges: the rest of keeper talks to clouds.",
};

/** A zone: its files may import the named folders only, and none of the named packages. */
const zone = (folder, mayImport, packages, files = [`${folder}/**/*.ts`]) => ({
  files,
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          ...packages,
          {
            regex: `^(\\.\\./)+(${FOLDERS.filter((f) => f !== folder && !mayImport.includes(f)).join("|")})/`,
            message: `${folder} may import ${mayImport.join(", ") || "nothing"} of this project. See "Who may import what" in CONTRIBUTING.md.`,
          },
          { regex: "^(\\.\\./)+main$", message: "Nothing imports main.ts: it starts things." },
        ],
      },
    ],
  },
});

const PURE = {
  "no-restricted-globals": [
    "error",
    { name: "process", message: "The environment and the clock belong to main.ts, cli, keeper and sandbox." },
    { name: "fetch", message: "Synthesis has no network." },
  ],
  "no-restricted-properties": [
    "error",
    {
      object: "Math",
      property: "random",
      message: "Synthesis has no randomness: two runs must be byte-equal.",
    },
    { object: "Date", property: "now", message: "Synthesis has no clock: two runs must be byte-equal." },
  ],
};

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "synthesized/",
      "__tests__/fixtures/",
      ".rehearsal/",
      ".fleet/",
      "providers/linode/lib/",
      "providers/linode/src/",
    ],
  },
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strict],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off", // noUncheckedIndexedAccess asks for it where an index is known
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-extraneous-class": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      eqeqeq: "error",
      "no-console": "error",
    },
  },
  zone("model", [], [CDKTF, FILES, YAML, PROCESS]),
  zone("config", ["model"], [CDKTF, PROCESS]),
  zone("render", ["model"], [CDKTF, FILES, PROCESS]),
  zone("modules", ["model"], [FILES, YAML, PROCESS]),
  zone("policies", ["model"], [CDKTF, FILES, YAML, PROCESS]), // they judge plain Terraform, for the CLI, too
  zone("policies", ["model"], [FILES, YAML, PROCESS], ["policies/enforce-policies.ts"]),
  zone("stacks", ["modules", "policies", "render", "model", "rollout"], [YAML, PROCESS]),
  zone("keeper", ["model"], [CDKTF, YAML]),
  zone("keeper/decide", [], [ITSELF]),
  zone("simulate", ["keeper", "model"], [CDKTF, FILES, YAML, PROCESS, REST_OF_KEEPER]),
  zone("estimate", ["model", "simulate"], [CDKTF, FILES, YAML, PROCESS]),
  zone("rollout", ["model"], [CDKTF, FILES, YAML, PROCESS]),
  zone("review", ["model", "rollout"], [CDKTF, FILES, PROCESS]),
  zone("sandbox", ["model", "rollout"], [CDKTF]),
  zone(
    "cli",
    [
      "config",
      "estimate",
      "keeper",
      "model",
      "policies",
      "render",
      "review",
      "rollout",
      "sandbox",
      "simulate",
    ],
    [CDKTF_BUT_HCL],
  ),
  {
    files: [
      "{model,config,render,modules,stacks,policies,rollout,review,simulate,estimate,keeper/decide}/**/*.ts",
    ],
    rules: PURE,
  },
  {
    files: ["{cli,sandbox,scripts,bench}/**/*.ts", "main.ts", "__tests__/**/*.ts"],
    rules: { "no-console": "off" },
  },
);
