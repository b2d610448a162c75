import { gbPerHour, loadOf } from "../../estimate/meeting-load";
import { type MeetingShape, SHAPES } from "../../estimate/meeting-shape";

const shape = (overrides: Partial<MeetingShape>): MeetingShape => ({
  ...{ name: "test", description: "", people: 10, cameras: 0, large: 720 },
  ...overrides,
});

const on = (bridges: number, lastN = 25) => ({ lastN, bridges });

describe("loadOf", () => {
  it("counts rooms of 4 with 4 cameras", () => {
    // Received: 3 pictures of others, one in 720p (300 packets, 2500 kbit), two small (100, 200 each), sound (50, 40):
    // 550 packets, 2940 kbit. Sent by the room: 720p and 4 small ones and sound, 300 + 400 + 50 = 750 packets and
    // 2500 + 800 + 40 = 3340 kbit, for each of 4 people 187.5 and 835.
    expect(loadOf(shape({ people: 4, cameras: 4 }), on(1))).toEqual({
      packetsPerSecond: 737.5,
      kbitPerSecond: 2940,
      sentKbitPerSecond: 835,
      relayedKbitPerSecond: 0,
    });
  });

  it("counts sound alone where nobody has a camera", () => {
    // 50 received, 50 / 10 sent.
    expect(loadOf(shape({}), on(1))).toEqual({
      packetsPerSecond: 55,
      kbitPerSecond: 40,
      sentKbitPerSecond: 4,
      relayedKbitPerSecond: 0,
    });
  });

  it("sends nobody more videos than lastN", () => {
    // 720p and one small one and sound: 450 packets. Sent: 300 + 2 x 100 + 50 = 550 for 10 people, 55 each.
    expect(loadOf(shape({ cameras: 10 }), on(1, 2)).packetsPerSecond).toBeCloseTo(505, 9);
  });

  it("adds what a room on three bridges relays", () => {
    // 200 people are on three bridges: what the room sends, 300 + 100 + 50 = 450 packets, leaves to two and arrives at
    // two: 4 x 450 / 200 = 9 each. Received: 0.995 of a 720p picture (298.5) and sound (50). Sent: 450 / 200 = 2.25.
    const load = loadOf(shape({ people: 200, cameras: 1 }), on(3));
    expect(load.packetsPerSecond).toBeCloseTo(359.75, 9);
    // 2500 + 200 + 40 kbit of the room to two bridges
    expect(load.relayedKbitPerSecond).toBeCloseTo(27.4, 9);
  });

  it("is the mean participant of the burst check for mixed meetings", () => {
    expect(loadOf(SHAPES[0]!, on(1)).packetsPerSecond).toBe(400);
  });
});

describe("gbPerHour", () => {
  it("is 0.45 GB for a megabit a second", () => expect(gbPerHour(1000)).toBeCloseTo(0.45, 12));
});
