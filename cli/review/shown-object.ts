import { type ChangedValue, changedValues, sameJson } from "../../review/changed-values";
import type { Json, PlannedObject } from "../../rollout/planned-object";
import { cut } from "../cut";
import type { ReviewedObject } from "./review-result";
import { FILES } from "./review-words";

/** Characters of a value that are shown. */
const LONGEST = 80;
/** Characters before the first difference of two long values. */
const LEAD = 20;
/** Files in metadata are shown as files. */
const AS_FILES = /^metadata\.(fleet-files|fleet-files-compressed|user-data)$/;
/** What Google's provider makes of `labels`. */
const COMPUTED_LABELS: readonly string[] = ["effective_labels", "terraform_labels"];

/** What a plan does to an object, with the values that a person is shown. */
export function shownObject(object: PlannedObject): ReviewedObject {
  const { address, action, createFirst, replacePaths } = object;
  const values = action === "update" ? changedValues(object) : [];
  return {
    ...{ address, action, createFirst, replacePaths },
    changes: values.filter((value) => !repeatsLabel(value, values)).map(shownChange),
  };
}

function shownChange({
  path,
  before,
  after,
  isUnknown,
  isHidden,
}: ChangedValue): ReviewedObject["changes"][number] {
  const attribute = path.join(".");
  const text = (value: Json): string =>
    isHidden ? "(hidden)" : AS_FILES.test(attribute) ? FILES : JSON.stringify(value);
  const [was, is] = shortened(text(before), isUnknown ? "(known after apply)" : text(after));
  return { attribute, before: was, after: is };
}

/** The same label as under `labels`, said once more. */
function repeatsLabel(
  { path: [first, ...rest], before, after }: ChangedValue,
  all: readonly ChangedValue[],
): boolean {
  return (
    COMPUTED_LABELS.includes(first!) &&
    all.some(
      (other) =>
        other.path.join(".") === ["labels", ...rest].join(".") &&
        sameJson(other.before, before) &&
        sameJson(other.after, after),
    )
  );
}

/** Both cut off where they are long, but not before they differ. */
function shortened(before: string, after: string): readonly [string, string] {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same++;
  const isLong = Math.min(before.length, after.length) > LONGEST;
  const start = isLong && same > LONGEST / 2 ? same - LEAD : 0;
  const shown = (text: string): string => cut((start > 0 ? "…" : "") + text.slice(start), LONGEST);
  return [shown(before), shown(after)];
}
