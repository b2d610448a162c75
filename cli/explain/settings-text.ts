import { formatField } from "../../config/format-field";
import type { Origin } from "../../config/provenance";
import type { FieldPath } from "../../model/problem";
import { cut } from "../cut";
import type { Paint } from "../paint";
import type { ExplainedSetting } from "./settings";
import { valueText } from "./value-text";

/** Columns of the settings at most; places stand to the right of them. */
const WIDEST = 46;

interface Line {
  readonly left: string;
  readonly right: string;
  /** It does not hold, or nobody wrote it. */
  readonly isFaint: boolean;
  /** The right side is words, not a place. */
  readonly isWords?: boolean;
}

/** Settings as YAML would have them, each with its place to the right, and below it what it overrides. */
export function settingsText(
  settings: readonly ExplainedSetting[],
  { width: columns, paint }: { readonly width: number; readonly paint: Paint },
): readonly string[] {
  const lines = linesOf(settings);
  const width = Math.min(WIDEST, Math.max(0, ...lines.map(({ left }) => left.length)));
  return lines.flatMap(({ left, right, isFaint, isWords }) => {
    const shown = isFaint ? paint.dim : (text: string) => text;
    if (right === "") return [shown(left)];
    // Places are whole, so that they can be followed; words are cut.
    const room = Math.max(20, columns - width - 2);
    const words = isWords ? cut(right, room) : right;
    if (left.length <= width) return [shown(`${left.padEnd(width)}  ${words}`)];
    return [shown(left), shown(`${" ".repeat(width)}  ${words}`)];
  });
}

function linesOf(settings: readonly ExplainedSetting[]): readonly Line[] {
  const lines: Line[] = [];
  let open: FieldPath = [];
  for (const setting of settings) {
    const around = setting.path.slice(0, -1);
    const shared = around.findIndex((key, index) => open[index] !== key);
    for (let depth = shared === -1 ? around.length : shared; depth < around.length; depth++)
      lines.push({ left: `${indent(depth)}${formatField([around[depth]!])}:`, right: "", isFaint: false });
    open = around;
    const key = formatField([setting.path.at(-1)!]);
    lines.push({
      left: `${indent(around.length)}${key}: ${settingValue(setting)}`,
      right: placeOf(setting),
      isFaint: setting.from === "default" || setting.from === "nothing",
      isWords: setting.from === "nothing",
    });
    for (const { value, origin } of setting.overrides)
      lines.push({
        left: `${indent(around.length)}  instead of ${setting.isSecret ? HIDDEN : valueText(value)}`,
        right: originText(origin),
        isFaint: true,
      });
  }
  return lines;
}

const HIDDEN = "(not shown)";

const indent = (depth: number): string => "  ".repeat(depth + 1);

export function settingValue({ value, from, isSecret }: ExplainedSetting): string {
  if (from === "nothing") return "-";
  return isSecret ? HIDDEN : valueText(value);
}

/** `accounts/acme/account.yaml:20:29 (defaults)`: the layer where the file has several. */
export function originText({ file, line, column, layer }: Origin): string {
  const part =
    layer === "account-defaults" ? " (defaults)" : layer === "account-overrides" ? " (overrides)" : "";
  return `${file}:${line}:${column}${part}`;
}

/** Where a setting is from. */
export function placeOf({ from, origin, note }: ExplainedSetting): string {
  switch (from) {
    case "file":
      return originText(origin!);
    case "default":
      return "default";
    case "derived":
      return origin ? `id and ${originText(origin)}` : note!;
    case "nothing":
      return note === null ? "not set" : `default: ${note}`;
  }
}
