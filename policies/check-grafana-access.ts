import type { Policy } from "./policy";

const SETTINGS_FILE = /(?:^|\/)etc\/fleet\/grafana\.env$/;

/** What the image does without the setting, and what has to be. */
const MUST: readonly { readonly key: string; readonly unset: string; readonly safe: string }[] = [
  { key: "GF_AUTH_ANONYMOUS_ENABLED", unset: "false", safe: "false" },
  { key: "GF_AUTH_PROXY_ENABLED", unset: "false", safe: "false" },
  { key: "GF_PUBLIC_DASHBOARDS_ENABLED", unset: "true", safe: "false" },
  { key: "GF_SECURITY_COOKIE_SECURE", unset: "false", safe: "true" },
  { key: "GF_SNAPSHOTS_ENABLED", unset: "true", safe: "false" },
  { key: "GF_USERS_ALLOW_SIGN_UP", unset: "false", safe: "false" },
];

export const checkGrafanaAccess: Policy = {
  id: "grafana-access",
  rule: "Nobody sees Grafana without a login that operators gave, and the login goes over TLS alone.",
  reason: "It faces the world under the customer's host name, and shows who holds how many calls, and when.",
  fix: "Set what is named in render/grafana/grafana-env.ts: some of the image's own values are others.",
  check: ({ files }) =>
    [...files].flatMap(([path, text]) => {
      if (!SETTINGS_FILE.test(path)) return [];
      const set = new Map(
        [...text.matchAll(/^[ \t]*(GF_\w+)=["']?([^"'\s]*)/gm)].map(([, key, value]) => [key!, value!]),
      );
      return MUST.flatMap(({ key, unset, safe }) => {
        const value = set.get(key)?.toLowerCase() ?? unset;
        if (value === safe) return [];
        return [
          { file: path, message: `${key} is "${value}"; strangers would see Grafana; set it to ${safe}` },
        ];
      });
    }),
};
