import { type MeetingShape, PICTURES, SHAPES } from "./meeting-shape";

/** People of a room: two alone send to each other. */
const FEWEST = 3;
/** More is a slip of the keyboard. */
const MOST = 1000;

/**
 * A built-in shape by its name, or one of numbers: `people=12,cameras=5,large=360`. Else what is wrong, what is allowed
 * and no full stop.
 */
export function parseShape(text: string): MeetingShape | string {
  const known = SHAPES.find(({ name }) => name === text);
  if (known) return known;
  const allowed = `allowed: ${SHAPES.map(({ name }) => name).join(", ")}, or numbers such as people=12,cameras=5,large=360`;
  const parts = new Map(
    text.split(",").map((part): [string, string] => [part.split("=")[0]!, part.slice(part.indexOf("=") + 1)]),
  );
  const number = (name: string, fallback?: number) => {
    const value = parts.get(name);
    return value === undefined ? fallback : /^[0-9]{1,4}$/.test(value) ? Number(value) : undefined;
  };
  const people = number("people");
  const cameras = number("cameras");
  const large = number("large", 720);
  const extra = [...parts.keys()].some((name) => !["people", "cameras", "large"].includes(name));
  if (!text.includes("=") || extra || people === undefined || cameras === undefined)
    return `${JSON.stringify(text)} is no shape of meetings; ${allowed}`;
  if (people < FEWEST || people > MOST)
    return `people must be ${FEWEST} to ${MOST}: two alone need no bridge`;
  if (cameras > people) return `cameras must be 0 to ${people}, the people of the room`;
  const picture = PICTURES.find((each) => each === large);
  if (!picture) return `large must be one of ${PICTURES.join(", ")}: the lines of the large picture`;
  return {
    name: text,
    description: `rooms of ${people}, ${cameras} with a camera, the speaker in ${picture}p`,
    people,
    cameras,
    large: picture,
  };
}
