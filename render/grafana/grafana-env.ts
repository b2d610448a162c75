import { GRAFANA_PATH } from "../../model/telemetry";
import { alertEnv } from "../alerts/alert-delivery";
import type { ServerInput } from "../machine-files";
import { renderEnvFile } from "../text/env-file";
import { DASHBOARDS } from "./grafana-service";

/** Settings of Grafana that differ from its defaults. Passwords come from the env file on the tmpfs. */
export const renderGrafanaEnv = ({
  account,
  customer: { hostname },
}: Pick<ServerInput, "account" | "customer">): string =>
  renderEnvFile([
    {
      why: "Where browsers find it: web's nginx passes the path on as it is.",
      variables: {
        GF_SERVER_DOMAIN: hostname,
        GF_SERVER_ROOT_URL: `https://${hostname}${GRAFANA_PATH}/`,
        GF_SERVER_SERVE_FROM_SUB_PATH: "true",
      },
    },
    {
      why: "Nobody without a login, and logins are the operators' to give.",
      variables: {
        GF_AUTH_ANONYMOUS_ENABLED: "false",
        GF_USERS_ALLOW_SIGN_UP: "false",
        GF_USERS_ALLOW_ORG_CREATE: "false",
        GF_PUBLIC_DASHBOARDS_ENABLED: "false",
        GF_SNAPSHOTS_ENABLED: "false",
        GF_SECURITY_COOKIE_SECURE: "true",
      },
    },
    {
      why: "The one password is 32 random characters: a lock after wrong ones would lock out operators only.",
      variables: { GF_SECURITY_DISABLE_BRUTE_FORCE_LOGIN_PROTECTION: "true" },
    },
    {
      why: "It asks nobody outside: no statistics, no updates, no plugins, no news, no pictures of people.",
      variables: {
        GF_ANALYTICS_REPORTING_ENABLED: "false",
        GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
        GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
        GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: "false",
        GF_NEWS_NEWS_FEED_ENABLED: "false",
        GF_PLUGINS_PLUGIN_ADMIN_ENABLED: "false",
        GF_PLUGINS_PREINSTALL_DISABLED: "true",
        GF_SECURITY_DISABLE_GRAVATAR: "true",
      },
    },
    {
      why: "Who opens it sees whether calls are fine.",
      variables: {
        GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: `${DASHBOARDS}/fleet-customer.json`,
        GF_LOG_MODE: "console",
      },
    },
    ...alertEnv(account),
  ]);
