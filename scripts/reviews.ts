import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { folderBase } from "../cli/review/review-base";
import { reviewMarkdown } from "../cli/review/review-markdown";
import { runReview } from "../cli/review/run-review";
import { loadFleet } from "../config/load-fleet";
import { exampleAccounts, writeAccounts } from "../proofs/edits/account-files";
import { EDITS } from "../proofs/edits/all-edits";

interface ExampleReview {
  /** Below docs/reviews/. */
  readonly file: string;
  readonly title: string;
  readonly introduction: string;
  /** Edits of the example accounts, by their names in proofs/edits/, that one pull request has. */
  readonly edits: readonly string[];
}

export const EXAMPLE_REVIEWS: readonly ExampleReview[] = [
  {
    file: "harmless.md",
    title: "A review of a harmless change",
    introduction: "A pool may grow further, and another page may embed the customer's calls.",
    edits: ["Google pool: `size.max`", "customer: `allowedOrigins`"],
  },
  {
    file: "dangerous.md",
    title: "A review of a dangerous change",
    introduction:
      "Three edits that look alike in YAML: another zone for the server, other zones for a pool, a bridge on the server.",
    edits: ["server: `zone`", "Google pool: `zones`", "customer: `bridgeOnServer`"],
  },
];

/** The examples have no waivers, so any day gives the same pages. */
const EXAMPLE_DAY = "2026-11-30";

/** A page of docs/reviews/: what `fleet review --markdown` says of the edits, by the real Terraform. */
export async function renderReview({ title, introduction, edits }: ExampleReview): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fleet-example-review-"));
  try {
    const accounts = join(folder, "accounts");
    const synthesized = join(folder, "synthesized");
    const files = exampleAccounts();
    for (const name of edits) {
      const edit = EDITS.find((each) => each.name === name);
      if (!edit) throw new Error(`proofs/edits/ has no edit ${name}`);
      edit.edit(files);
    }
    writeAccounts(files, accounts);
    cpSync("synthesized", synthesized, { recursive: true });
    execFileSync(process.execPath, ["--import", "tsx", "main.ts"], {
      env: { ...process.env, FLEET_ACCOUNTS: accounts, CDKTF_OUTDIR: synthesized },
      stdio: "pipe",
    });
    const loaded = loadFleet(accounts);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const result = await runReview({
      base: { ...folderBase(resolve(".")), name: "main" },
      ...{ fleet: loaded.fleet, accounts, synthesized, allowed: "new calls only", project: resolve(".") },
      scratch: join(folder, "scratch"),
      today: EXAMPLE_DAY,
    });
    return [
      `# ${title}`,
      "",
      introduction,
      "Below the line is what `npx fleet review --markdown` writes into the pull request; `npm run reviews` writes this page.",
      "",
      "---",
      "",
      reviewMarkdown(result),
    ].join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
