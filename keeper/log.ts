/** As Cloud Logging knows them. */
export type Severity = "DEBUG" | "INFO" | "NOTICE" | "WARNING" | "ERROR";

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one event. Fields hold no secrets: nobody hands a token or a password to this function. */
export type Log = (severity: Severity, event: string, fields?: LogFields) => void;

/** One JSON object a line, for journald and whoever reads it. */
export function jsonLog(write: (line: string) => void, pool?: string): Log {
  return (severity, event, fields = {}) => {
    const line = {
      severity,
      time: new Date().toISOString(),
      ...(pool !== undefined && { pool }),
      event,
      ...fields,
    };
    write(`${JSON.stringify(line)}\n`);
  };
}
