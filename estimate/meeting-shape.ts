import { PACKETS_PER_SECOND_PER_VCPU, PARTICIPANTS_PER_VCPU } from "../model/capacity";

/** How people meet: what one participant is sent and what his room costs a bridge. */
export interface MeetingShape {
  readonly name: string;
  /** For people: `rooms of 4, all with a camera, one large picture in 720p`. */
  readonly description: string;
  /** People in one room. Two alone send to each other and need no bridge. */
  readonly people: number;
  /** Those of them with a camera. */
  readonly cameras: number;
  /** Height of the one large picture that everybody sees; the others are small. */
  readonly large: Picture;
  /** Packets a second that a participant costs a bridge, in place of what follows from the room. @default from the room */
  readonly packetsPerSecond?: number;
}

/** Heights of pictures that a camera sends, in lines. */
export const PICTURES = [720, 360, 180] as const;
export type Picture = (typeof PICTURES)[number];

/**
 * Packets and kbit a second of one stream. The bit rates of pictures are Jitsi's own (handbook), the packets those of
 * 8x8's bridges; the bit rate of sound is a guess.
 */
const STREAMS: Readonly<Record<Picture | "sound", { readonly packets: number; readonly kbit: number }>> = {
  720: { packets: 300, kbit: 2500 },
  360: { packets: 200, kbit: 500 },
  180: { packets: 100, kbit: 200 },
  sound: { packets: 50, kbit: 40 },
};

/** The participant that the rest of the project counts with, in `model/capacity.ts`. */
const MEAN_PACKETS = PACKETS_PER_SECOND_PER_VCPU / PARTICIPANTS_PER_VCPU;

export const SHAPES: readonly MeetingShape[] = [
  {
    name: "mixed",
    description: `the mean participant that fleet explain and fleet simulate count with: ${MEAN_PACKETS} packets a second; traffic as in rooms of 6 with 2 cameras in 360p`,
    people: 6,
    cameras: 2,
    large: 360,
    packetsPerSecond: MEAN_PACKETS,
  },
  {
    name: "small-rooms",
    description: "rooms of 4, all with a camera, the speaker in 720p",
    people: 4,
    cameras: 4,
    large: 720,
  },
  {
    name: "webinar",
    description: "rooms of 200, 3 with a camera, the speaker in 720p",
    people: 200,
    cameras: 3,
    large: 720,
  },
  {
    name: "class",
    description: "rooms of 30, 10 with a camera, the speaker in 360p",
    people: 30,
    cameras: 10,
    large: 360,
  },
];

/** Participants of one conference whom Jicofo puts on one bridge (`MAX_BRIDGE_PARTICIPANTS`, default of the release). */
const PEOPLE_OF_A_ROOM_PER_BRIDGE = 80;

/** What one participant of a shape costs, on the average over a room. */
export interface Load {
  /** In and out of a bridge, what it passes on to other bridges included. */
  readonly packetsPerSecond: number;
  /** Out of a bridge to the participant. */
  readonly kbitPerSecond: number;
  /** Into a bridge from the participant: what a room on two bridges sends from the one to the other. */
  readonly sentKbitPerSecond: number;
}

/** @param lastN Videos that a participant is sent at most. */
export function loadOf(shape: MeetingShape, lastN: number): Load {
  const { people, cameras, large } = shape;
  const big = STREAMS[large];
  const small = STREAMS[180];
  // Who has a camera does not see himself.
  const pictures = Math.min(lastN, Math.max(0, cameras - cameras / people));
  const bigOnes = Math.min(1, pictures);
  const received = {
    packets: bigOnes * big.packets + (pictures - bigOnes) * small.packets + STREAMS.sound.packets,
    kbit: bigOnes * big.kbit + (pictures - bigOnes) * small.kbit + STREAMS.sound.kbit,
  };
  // One speaks, and sends the large picture beside the small one; of the others those who are seen send the small one.
  const seen = Math.min(cameras, lastN);
  const speakers = Math.min(1, seen);
  const extra = large === 180 ? { packets: 0, kbit: 0 } : big;
  const sent = {
    packets: (speakers * extra.packets + seen * small.packets + STREAMS.sound.packets) / people,
    kbit: (speakers * extra.kbit + seen * small.kbit + STREAMS.sound.kbit) / people,
  };
  const others = Math.ceil(people / PEOPLE_OF_A_ROOM_PER_BRIDGE) - 1;
  // What a room sends leaves its bridge to each other one, and arrives there.
  const relayed = 2 * others * sent.packets;
  return {
    packetsPerSecond: shape.packetsPerSecond ?? received.packets + sent.packets + relayed,
    kbitPerSecond: received.kbit,
    sentKbitPerSecond: sent.kbit,
  };
}

/** GB of 10^9 bytes in an hour. */
export const gbPerHour = (kbitPerSecond: number): number => (kbitPerSecond * 3600) / 8 / 1e6;

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
  if (people < 3 || people > 1000) return "people must be 3 to 1000: two alone need no bridge";
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
