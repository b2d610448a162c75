/** The day in UTC, such as 2026-11-30: ends of waivers are judged by it. */
export const today = (): string => new Date().toISOString().slice(0, 10);
