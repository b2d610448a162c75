import type { Customer } from "../../model/fleet";
import type { EnvSection } from "../text/env-file";

type Meetings = Customer["meetings"];
type Feature = { [Key in keyof Meetings]-?: Meetings[Key] extends boolean ? Key : never }[keyof Meetings];

/** Variables of the features that can be switched off, and the containers that read them. All are on by default. */
const FEATURES: Readonly<
  Record<Feature, { readonly variable: string; readonly readBy: readonly ("web" | "prosody")[] }>
> = {
  lobby: { variable: "ENABLE_LOBBY", readBy: ["prosody"] },
  breakoutRooms: { variable: "ENABLE_BREAKOUT_ROOMS", readBy: ["web", "prosody"] },
  avModeration: { variable: "ENABLE_AV_MODERATION", readBy: ["prosody"] },
  endConference: { variable: "ENABLE_END_CONFERENCE", readBy: ["prosody"] },
};

/** What people may do in a call, where it differs from the release's defaults. */
export function meetingSections(meetings: Meetings, container: "web" | "prosody"): EnvSection[] {
  const off = Object.entries(FEATURES)
    .filter(([feature, { readBy }]) => !meetings[feature as Feature] && readBy.includes(container))
    .map(([, { variable }]) => [variable, 0]);
  const limit =
    container === "prosody" && meetings.maxParticipants !== undefined
      ? [["MAX_PARTICIPANTS", meetings.maxParticipants]]
      : [];
  const variables = Object.fromEntries([...off, ...limit]) as Record<string, number>;
  return Object.keys(variables).length === 0 ? [] : [{ variables }];
}
