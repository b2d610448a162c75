import { COUNT_KEYS, type Counts, sameCounts, ZERO } from "../../estimate/counts";
import { figure } from "../../model/figure";
import { type CustomerRoomChange, lostBetween, type Room, type RoomChange } from "./capacity-review";
import { codeOf } from "./review-part";
import { shownShape } from "./shown-shape";

/** What a customer finds in each region that changes, and in all: customer, region, three figures, a word. */
export function roomRows(customer: CustomerRoomChange): string[][] {
  const { regions } = customer;
  const { index, room, kind } = shownShape(customer);
  const isOneRegion =
    regions.length === 1 && JSON.stringify(regions[0]!.shapes[index]) === JSON.stringify(room);
  return [
    ...regions.flatMap(({ region, shapes }) => roomRow(customer, region, kind, shapes[index]!)),
    ...(isOneRegion ? [] : roomRow(customer, "all", kind, room)),
  ];
}

function roomRow(
  { customer, change }: CustomerRoomChange,
  region: string,
  kind: string,
  room: RoomChange,
): string[][] {
  const { part, words } = shownPart(room);
  const [was, is] = [room.before?.[part] ?? ZERO, room.after?.[part] ?? ZERO];
  if (change === "changed" && region !== "all" && sameCounts(was, is)) return [];
  const verdict = { added: "new", removed: "removed, was", changed: changeVerdict(was, is) }[change];
  const cell = (key: keyof Counts): string =>
    change === "changed" ? changeCell(was[key], is[key]) : figure((change === "added" ? is : was)[key]);
  return [[codeOf(customer), region + words + kind, ...COUNT_KEYS.map(cell), verdict]];
}

/** Of shared pools the equal part; what is there if the others use nothing only where that alone changes. */
function shownPart({ before, after }: RoomChange): {
  readonly part: keyof Room;
  readonly words: string;
} {
  const isShared = [before, after].some((side) => side && !sameCounts(side.alone, side.fairShare));
  if (!isShared) return { part: "alone", words: "" };
  const isEqual = sameCounts(before?.fairShare ?? ZERO, after?.fairShare ?? ZERO);
  return isEqual && !sameCounts(before?.alone ?? ZERO, after?.alone ?? ZERO)
    ? { part: "alone", words: ", if alone" }
    : { part: "fairShare", words: ", equal part" };
}

function changeVerdict(before: Counts, after: Counts): string {
  if (sameCounts(before, after)) return "";
  return lostBetween(before, after) > 0 ? "**less room**" : "more room";
}

function changeCell(before: number, after: number): string {
  if (before === after) return figure(after);
  const words = `${figure(before)} → ${figure(after)}`;
  return after < before ? `**${words}**` : words;
}
