/** Shortest that Cloud Monitoring takes until it closes an incident of which it hears no more. */
export const CLOSE_AFTER = "1800s";

/** Longest that it takes, a week: an incident of silence hears no more from its beginning on, and shall not end by it. */
export const CLOSE_SILENCE_AFTER = "604800s";

/**
 * Last sentence of an alarm's documentation.
 *
 * @param url Where people read docs/runbook.md; left out, the file is named.
 */
export const runbook = (url: string | undefined, section: string): string =>
  url === undefined ? `See docs/runbook.md, section ${section}.` : `See [the runbook](${url}#${section}).`;
