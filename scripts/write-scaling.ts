import { readFileSync, writeFileSync } from "node:fs";
import { BUILT_IN_TRACES } from "../simulate/traces/built-in-traces";
import { renderScalingPage } from "./scaling/scaling-page";
import { drawScaling } from "./scaling/scaling-pictures";
import type { ScalingResults } from "./scaling/scaling-results";

/** `npm run scaling`: writes docs/scaling.md and its pictures from docs/scaling.json. */
async function main(): Promise<void> {
  const results = JSON.parse(readFileSync("docs/scaling.json", "utf8")) as ScalingResults;
  writeFileSync("docs/scaling.md", renderScalingPage(results, BUILT_IN_TRACES));
  for (const [path, svg] of await drawScaling(results, BUILT_IN_TRACES)) writeFileSync(path, svg);
}

void main();
