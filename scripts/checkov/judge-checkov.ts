import type { Answer } from "./answers";

/** The parts of `checkov --output json` that are read. */
export interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      /** `/<stack>/<type>.<name>.tf.json`, as checkov-files.ts names them. */
      readonly file_path: string;
    }[];
  };
  /** Left out when it found no file. */
  readonly summary?: { readonly passed: number; readonly parsing_errors: number };
}

const NOTHING = { passed: 0, parsing_errors: 0 };

export interface CheckovVerdict {
  /** Findings without an answer: `<stack>/<address>  <check>: <what it says>`, sorted. */
  readonly open: readonly string[];
  readonly answered: number;
  readonly passed: number;
  /** Answers about resources that are there, to what Checkov does not find in any of them. */
  readonly outdated: readonly Answer[];
  /** Answers about resources that these stacks do not have. */
  readonly unused: readonly Answer[];
}

/**
 * @param addresses of all resources that were looked at
 * @throws when Checkov did not read every file: then it says nothing
 */
export function judgeCheckov(
  { results: { failed_checks: failed } = { failed_checks: [] }, summary = NOTHING }: CheckovReport,
  answers: readonly Answer[],
  addresses: readonly string[],
): CheckovVerdict {
  if (summary.parsing_errors > 0 || summary.passed === 0) {
    throw new Error(
      `Checkov read nothing of ${summary.parsing_errors} files and passed ${summary.passed} checks; ` +
        "look at scripts/checkov/checkov-files.ts: what it writes must be what this version reads",
    );
  }
  const used = new Set<Answer>();
  const open: string[] = [];
  for (const { check_id: check, check_name: says, file_path: path } of failed) {
    const place = path.replace(/^\//, "").replace(/\.tf\.json$/, "");
    const answer = answers.find(
      (each) => each.check === check && isAbout(each, place.replace(/^[^/]*\//, "")),
    );
    if (answer) used.add(answer);
    else open.push(`${place}  ${check}: ${says}`);
  }
  const rest = answers.filter((answer) => !used.has(answer));
  const isThere = (answer: Answer): boolean => addresses.some((address) => isAbout(answer, address));
  return {
    open: open.sort(),
    answered: failed.length - open.length,
    passed: summary.passed,
    outdated: rest.filter(isThere),
    unused: rest.filter((answer) => !isThere(answer)),
  };
}

function isAbout({ on }: Answer, address: string): boolean {
  const parts = on.split("*").map((part) => part.replace(/\./g, "\\."));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(address);
}
