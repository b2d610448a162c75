import { none, type Verdict } from "./verdict";

const QUIET_HOUR = "Deploy it in a quiet hour, or together with another change that does the same.";

/**
 * What callers notice when a service of a machine starts anew (docs/operations.md, "What a change does to calls"). On
 * bridges of a pool this is not asked: they are drained before.
 */
export const SERVICES: Readonly<Record<string, Verdict>> = {
  prosody: {
    notice: "interrupts calls",
    says: "Prosody starts anew: every room of the customer ends, and clients come back into a new one within seconds",
    instead: QUIET_HOUR,
  },
  "prosody-brewery": {
    notice: "moves calls",
    says:
      "the brewery starts anew: Jicofo loses all bridges, and every call is invited anew to the first that is back " +
      "(some seconds of black picture)",
    instead: QUIET_HOUR,
  },
  jicofo: {
    notice: "moves calls",
    says: "Jicofo starts anew: every call of the customer is invited anew (some seconds of black picture)",
    instead: QUIET_HOUR,
  },
  jvb: {
    notice: "moves calls",
    says: "the bridge on the server starts anew: who is on it is invited anew to another one, if there is one",
    instead: QUIET_HOUR,
  },
  web: {
    notice: "new calls only",
    says: "web starts anew: pages do not load for some seconds, calls go on and connect again by themselves",
  },
  grafana: none("Grafana starts anew; logins and silences in it end, no caller notices"),
  telegraf: none("Telegraf starts anew; no caller notices"),
  influxdb: none("InfluxDB starts anew; senders keep their points meanwhile, no caller notices"),
  "influxdb-setup": none("InfluxDB is set up again; no caller notices"),
  keeper: none("the keeper starts anew and goes on where it was; no caller notices"),
};
