import { PACKETS_PER_SECOND_PER_PARTICIPANT } from "../model/capacity";

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

/** The first one is the participant that the rest of the project counts with, in `model/capacity.ts`. */
export const SHAPES: readonly MeetingShape[] = [
  {
    name: "mixed",
    description: `the mean participant that fleet explain and fleet simulate count with: ${PACKETS_PER_SECOND_PER_PARTICIPANT} packets a second; traffic as in rooms of 6 with 2 cameras in 360p`,
    people: 6,
    cameras: 2,
    large: 360,
    packetsPerSecond: PACKETS_PER_SECOND_PER_PARTICIPANT,
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
