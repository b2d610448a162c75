import { GRAFANA_PATH, GRAFANA_PORT } from "../../model/telemetry";
import { DATASOURCES, type DatasourceUid } from "../../render/grafana/provisioning";
import { type Row, rowsIn } from "./influx-answer";

/** Grafana at the near end of a tunnel. */
const TUNNEL = `http://127.0.0.1:${GRAFANA_PORT}${GRAFANA_PATH}`;

const TIMEOUT_MS = 30_000;

/** InfluxDB cannot be asked, for a reason that a person can remove; the message says how. Holds no password. */
export class UsageProblem extends Error {}

export interface GrafanaAccess {
  /** Where Grafana is, without a slash at its end. */
  readonly url: string;
  readonly password: string;
  /** `customer-<id>`, for the way out. */
  readonly stack: string;
  /** Where a proxy may be named, which fetch does not use. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Variables that name a proxy for https, as curl and others read them. */
const PROXY_VARIABLES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/**
 * InfluxDB behind Grafana's proxy for data sources: InfluxDB itself is not public. Grafana takes the administrator's
 * login, and adds the account that the data source reads with.
 */
export class Grafana {
  constructor(private readonly access: GrafanaAccess) {}

  /** @throws UsageProblem */
  async query(influxQl: string, dataSource: DatasourceUid): Promise<readonly Row[]> {
    const { url, password } = this.access;
    const asking = new URLSearchParams({ db: DATASOURCES[dataSource], epoch: "ms" });
    const login = Buffer.from(`admin:${password}`).toString("base64");
    let status: number;
    let text: string;
    try {
      const response = await fetch(`${url}/api/datasources/proxy/uid/${dataSource}/query?${asking}`, {
        method: "POST",
        headers: { Authorization: `Basic ${login}` },
        body: new URLSearchParams({ q: influxQl }),
        redirect: "error", // following one would hand the password to another host
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      [status, text] = [response.status, await response.text()];
    } catch (error) {
      throw new UsageProblem(`${url}: ${this.unreachable(error)}`);
    }
    if (status !== 200) throw new UsageProblem(`${url}: ${this.refused(status, text, dataSource)}`);
    const rows = rowsIn(text);
    if ("complaint" in rows)
      throw new UsageProblem(`${url}: InfluxDB does not take the query: ${rows.complaint}`);
    return rows;
  }

  private unreachable(error: unknown): string {
    const { stack } = this.access;
    const code = codeOf(error);
    if (code === "ENOTFOUND" || code === "EAI_AGAIN")
      return `DNS does not know the host (${code}); deploy ${stack}, or look at your network${this.proxy()}`;
    if (/CERT|SIGNATURE|TLS|SSL/.test(code))
      return (
        `its certificate is not to be trusted (${code}); see "Certificates" in docs/operations.md. A trial ` +
        "certificate (acme: staging) is trusted with NODE_EXTRA_CA_CERTS=<file of its authority>"
      );
    if (code === "redirect")
      return "it redirects elsewhere; name the address of Grafana itself with --grafana <address>";
    return `no answer (${code}); look whether the server is up: npx cdktf diff ${stack}, docs/operations.md${this.proxy()}`;
  }

  /** What else it may be, where people reach the world by a proxy only. */
  private proxy(): string {
    const { url, environment } = this.access;
    const variable = PROXY_VARIABLES.find((name) => environment[name]);
    if (variable === undefined || url.startsWith("http:")) return "";
    return (
      `. ${variable} is set, but this command does not go through a proxy: open a tunnel to the server ` +
      `("Usage of a month" in docs/operations.md) and add --grafana ${TUNNEL}`
    );
  }

  private refused(status: number, text: string, dataSource: DatasourceUid): string {
    const { stack } = this.access;
    switch (status) {
      case 401:
        return (
          "Grafana refuses the password of its administrator. After a rotation: deploy the server, then try again. " +
          "When somebody changed it in Grafana: set it back there to the one in Secret Manager"
        );
      case 403:
        return "Grafana does not let its administrator ask; give the user admin the role Admin of organisation 1 back";
      case 404:
        return (
          `no Grafana here, or none with a data source ${dataSource}; synthesize and deploy ${stack}, ` +
          "and look with systemctl status fleet on the server whether it took its files"
        );
      case 400:
        return text.includes("Authentication to data source failed")
          ? "InfluxDB refuses the password that Grafana reads with; start influxdb-setup again on the server: " +
              "docker start fleet-influxdb-setup-1"
          : `InfluxDB does not take the query: ${complaintIn(text)}`;
      case 502:
      case 503:
      case 504:
        return `Grafana or InfluxDB is down (HTTP status ${status}); look with docker ps --all on the server`;
      default:
        return `HTTP status ${status}; look into the log of Grafana on the server: docker logs fleet-grafana-1`;
    }
  }
}

function complaintIn(text: string): string {
  const rows = rowsIn(text);
  return "complaint" in rows ? rows.complaint : "HTTP status 400";
}

/** What kind of failure a request of fetch ended with. */
function codeOf(error: unknown): string {
  const { name, cause } = error as { readonly name?: string; readonly cause?: unknown };
  if (name === "TimeoutError") return `within ${TIMEOUT_MS / 1000} seconds`;
  const { code, message = "" } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? (message.includes("redirect") ? "redirect" : message || "connection failed");
}
