import { isWaived } from "../../model/waivers";
import type { CheckovWaiver } from "./read-waivers";

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
  /** Findings without a waiver: `<stack>/<address>  <check>: <what it says>`, sorted. */
  readonly open: readonly string[];
  readonly waived: number;
  readonly passed: number;
  /** Waivers of resources that are there, for what Checkov does not find in any of them. */
  readonly outdated: readonly CheckovWaiver[];
  /** Waivers of resources that these stacks do not have. */
  readonly unused: readonly CheckovWaiver[];
}

/**
 * @param addresses of all resources that were looked at
 * @throws when Checkov did not read every file: then it says nothing
 */
export function judgeCheckov(
  { results: { failed_checks: failed } = { failed_checks: [] }, summary = NOTHING }: CheckovReport,
  waivers: readonly CheckovWaiver[],
  addresses: readonly string[],
): CheckovVerdict {
  if (summary.parsing_errors > 0 || summary.passed === 0) {
    throw new Error(
      `Checkov read nothing of ${summary.parsing_errors} files and passed ${summary.passed} checks; ` +
        "look at scripts/checkov/checkov-files.ts: what it writes must be what this version reads",
    );
  }
  const used = new Set<CheckovWaiver>();
  const open: string[] = [];
  for (const { check_id: check, check_name: says, file_path: path } of failed) {
    const place = path.replace(/^\//, "").replace(/\.tf\.json$/, "");
    const found = { rule: check, place: place.replace(/^[^/]*\//, "") };
    const waiver = waivers.find((each) => isWaived(each, found));
    if (waiver) used.add(waiver);
    else open.push(`${place}  ${check}: ${says}`);
  }
  const rest = waivers.filter((waiver) => !used.has(waiver));
  const isThere = (waiver: CheckovWaiver): boolean =>
    addresses.some((place) => isWaived(waiver, { rule: waiver.rule, place }));
  return {
    open: open.sort(),
    waived: failed.length - open.length,
    passed: summary.passed,
    outdated: rest.filter(isThere),
    unused: rest.filter((waiver) => !isThere(waiver)),
  };
}
