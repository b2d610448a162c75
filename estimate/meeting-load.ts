import type { MeetingShape, Picture } from "./meeting-shape";

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

/** What one participant of a shape costs, on the average over a room. */
export interface Load {
  /** In and out of a bridge, what it passes on to other bridges included. */
  readonly packetsPerSecond: number;
  /** Out of a bridge to the participant. */
  readonly kbitPerSecond: number;
  /** Into a bridge from the participant: what a room on two bridges sends from the one to the other. */
  readonly sentKbitPerSecond: number;
  /** Out of a bridge to the others that the room is on. */
  readonly relayedKbitPerSecond: number;
}

export interface LoadOptions {
  /** Videos that a participant is sent at most. */
  readonly lastN: number;
  /** Bridges that the room is on. */
  readonly bridges: number;
}

export function loadOf(shape: MeetingShape, { lastN, bridges }: LoadOptions): Load {
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
  // What a room sends leaves its bridge to each other one, and arrives there.
  const others = bridges - 1;
  const relayed = 2 * others * sent.packets;
  return {
    packetsPerSecond: shape.packetsPerSecond ?? received.packets + sent.packets + relayed,
    kbitPerSecond: received.kbit,
    sentKbitPerSecond: sent.kbit,
    relayedKbitPerSecond: others * sent.kbit,
  };
}

/** GB of 10^9 bytes in an hour. */
export const gbPerHour = (kbitPerSecond: number): number => (kbitPerSecond * 3600) / 8 / 1e6;
