/** A file of a customer's page. */
export interface FoundWebFile {
  readonly account: string;
  readonly customer: string;
  /** Below the accounts directory. */
  readonly path: string;
  /** Below the customer's `web` folder, such as `branding/logo.svg`. */
  readonly name: string;
}

/** What a folder beside a customer's file may hold. */
export interface WebPlace {
  /** Said behind "allowed:". */
  readonly allowed: string;
  /** Names of the files; left out: any. */
  readonly files?: readonly string[];
  readonly folders: Readonly<Record<string, WebPlace>>;
}

/**
 *   customers/<id>/web/config.js               appended to the page's config.js
 *   customers/<id>/web/interface_config.js     appended to its interface_config.js
 *   customers/<id>/web/branding/<file>         served at /static/branding/<file>
 */
export const WEB_PLACES: WebPlace = {
  allowed: "web/ and README.md",
  files: [],
  folders: {
    web: {
      allowed: "config.js, interface_config.js, branding/ and README.md",
      files: ["config.js", "interface_config.js"],
      folders: { branding: { allowed: "text files, in no folders", folders: {} } },
    },
  },
};
