/**
 * Runs `work` without the traces that cdktf takes for every value it makes, in case one is used wrongly. Writing them
 * out, each line looked up in source maps, is a third of the time of a synth. An error that is thrown keeps its trace:
 * that one is written out when somebody reads it.
 */
export function withoutStackTraces<T>(work: () => T): T {
  const original = Error.prepareStackTrace;
  Error.prepareStackTrace = () => "";
  try {
    return work();
  } finally {
    if (original) Error.prepareStackTrace = original;
    else delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  }
}
