import { wrapped } from "../table";
import { drawnText } from "./drawn-text";
import { listedText } from "./listed-text";
import type { Picture } from "./picture";

/** Columns that a picture takes at most. */
const WIDEST = 100;

/** The picture for a screen: drawn, or listed where lines could not be followed; whose calls Octo relays is below. */
export function textMap(picture: Picture, columns: number): string {
  const width = Math.min(columns, WIDEST);
  const body = drawnText(picture, width) ?? listedText(picture, width);
  return `${[...body, ...octoLines(picture, width)].join("\n")}\n`;
}

function octoLines({ frames, octos, isSummary }: Picture, width: number): readonly string[] {
  if (octos.length === 0) return [];
  const names = new Map(
    frames.flatMap(({ account, groups }) =>
      groups.flatMap(({ lanes }) =>
        lanes.flatMap(({ region, pools }) =>
          pools.map(({ key, title }): [string, string] => [
            key,
            key.startsWith("pools ")
              ? `${title} in ${region}`
              : frames.length > 1
                ? `${account}/${title}`
                : title,
          ]),
        ),
      ),
    ),
  );
  return [
    "",
    isSummary
      ? "Octo (═): bridges relay calls to one another where their pools share a customer; that is"
      : "Octo (═): bridges of these pools relay calls to one another, for",
    ...octos.flatMap(({ label, pools }) =>
      wrapped(`${label}: ${pools.map((key) => names.get(key)!).join(", ")}`, width - 4).map((line, index) =>
        index === 0 ? `  ${line}` : `    ${line}`,
      ),
    ),
  ];
}
