import type { Paint } from "../paint";
import { table, wrapped } from "../table";
import type { ExplainedSetting, FieldMeaning } from "./settings";
import { originText, placeOf, settingsText, settingValue } from "./settings-text";
import { valueText } from "./value-text";

/** One field in depth: what holds, what every layer says, what the field means and may be. */
export function fieldText(
  field: string,
  settings: readonly ExplainedSetting[],
  { description, allowed, default: standard }: FieldMeaning,
  { width, paint }: { readonly width: number; readonly paint: Paint },
): readonly string[] {
  const [only] = settings;
  const isOne = settings.length === 1 && only!.field === field;
  return [
    ...(isOne ? oneField(only!, width, paint) : settingsText(settings, { width, paint })),
    "",
    ...wrapped(description, width),
    "",
    ...wrapped(`allowed  ${allowed}`, width),
    ...(standard === null ? [] : wrapped(`default  ${valueText(standard)}`, width)),
  ];
}

function oneField(setting: ExplainedSetting, width: number, paint: Paint): readonly string[] {
  if (setting.from !== "file") return [`  ${settingValue(setting)}  (${placeOf(setting)})`];
  const rows = [
    [settingValue(setting), "holds", `${originText(setting.origin!)}`],
    ...setting.overrides.map(({ value, origin }) => [
      setting.isSecret ? "(not shown)" : valueText(value),
      "overridden",
      originText(origin),
    ]),
  ];
  return table(["value", "", "written at"], rows, { width, paint }).map((line) => `  ${line}`);
}
