import { fleetMap } from "../cli/map/fleet-map";
import { pictureOf } from "../cli/map/summary";
import { svgMap } from "../cli/map/svg-map";
import { formatProblems } from "../config/format-problems";
import { loadFleet } from "../config/load-fleet";

export const MAP_PICTURE = "docs/pictures/map.svg";

/** What `fleet map --svg` draws of the example accounts. */
export function mapPicture(): string {
  const loaded = loadFleet("accounts");
  if (!loaded.ok) throw new Error(formatProblems(loaded.problems));
  return svgMap(pictureOf(fleetMap(loaded.fleet)));
}
