import { z } from "zod";

const ENDS_CALLS = "A change restarts Prosody, which ends every call of the customer.";

const feature = (what: string) => z.boolean().default(true).describe(`${what} (default true). ${ENDS_CALLS}`);

/** What people may do in a call, as far as it needs no authentication. */
export const meetingsSchema = z
  .strictObject({
    lobby: feature("Whether moderators may switch on a lobby, where people wait until they are let in"),
    breakoutRooms: feature("Whether a call may be divided into breakout rooms"),
    avModeration: feature("Whether moderators may forbid microphones and cameras until they allow them"),
    endConference: feature("Whether moderators may end a call for everybody"),
    maxParticipants: z
      .number()
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe(`People that one call takes, 2 to 1000 (default: no limit). ${ENDS_CALLS}`),
    guests: z
      .boolean()
      .optional()
      .describe(
        "Whether people may join without an account. Refused as long as customers have no authentication: until then " +
          "everybody is a guest, and whoever opens a room is its moderator.",
      ),
  })
  .prefault({})
  .describe("What people may do in a call.");
