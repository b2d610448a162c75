import type { Answer } from "./answers";

/** The parts of `checkov --output json` that are read. */
export interface CheckovReport {
  readonly results: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      /** `/<stack>/<type>.<name>.tf.json`, as checkov-files.ts names them. */
      readonly file_path: string;
    }[];
  };
  readonly summary: { readonly passed: number; readonly parsing_errors: number };
}

export interface CheckovVerdict {
  /** Findings without an answer: `<stack>/<address>  <check>: <what it says>`, sorted. */
  readonly open: readonly string[];
  readonly answered: number;
  readonly passed: number;
  /** Answers to nothing in these stacks. */
  readonly unused: readonly Answer[];
}

/** @throws when Checkov did not read every file: then it says nothing */
export function judgeCheckov(
  { results, summary }: CheckovReport,
  answers: readonly Answer[],
): CheckovVerdict {
  if (summary.parsing_errors > 0 || summary.passed === 0) {
    throw new Error(
      `Checkov read nothing of ${summary.parsing_errors} files and passed ${summary.passed} checks; ` +
        "look at scripts/checkov/checkov-files.ts: what it writes must be what this version reads",
    );
  }
  const used = new Set<Answer>();
  const open: string[] = [];
  for (const { check_id: check, check_name: says, file_path: path } of results.failed_checks) {
    const place = path.replace(/^\//, "").replace(/\.tf\.json$/, "");
    const answer = answers.find(
      (each) => each.check === check && isAbout(each, place.replace(/^[^/]*\//, "")),
    );
    if (answer) used.add(answer);
    else open.push(`${place}  ${check}: ${says}`);
  }
  return {
    open: open.sort(),
    answered: results.failed_checks.length - open.length,
    passed: summary.passed,
    unused: answers.filter((answer) => !used.has(answer)),
  };
}

function isAbout({ on }: Answer, address: string): boolean {
  const parts = on.split("*").map((part) => part.replace(/\./g, "\\."));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(address);
}
