/** A setting that by its name is a secret, and its value: `X_PASSWORD=…`, `PASSWORD = "…"`, `- SECRET: …`. */
const SECRET_SETTING =
  /^[ \t-]*(?:export[ \t]+)?["']?([\w.-]*(?:PASSWORD|SECRET|CREDENTIAL|TOKEN)[\w.-]*)["']?[ \t]*[=:][ \t]*(\S.*?)[ \t]*,?$/gim;
/** `${NAME}`, `$NAME`, a variable that a script looks up, or a file in memory that is read when the program starts. */
const FROM_ELSEWHERE = new RegExp(
  `^["']?(?:${[
    "\\$\\{\\??[A-Za-z_]\\w*\\}",
    "\\$[A-Z][A-Z0-9_]*",
    "\\$__file\\{/tmp/fleet-secrets/[\\w.-]+\\}",
    "/tmp/fleet-secrets/[\\w.-]+",
    '\\$\\(printenv "\\$\\w+"\\)(?: \\|\\| (?:exit \\d|give_up [^=]*))?',
  ].join("|")})["']?$`,
);

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/;

/** Names of the settings in a text that are secrets, written out. */
export const secretSettingsIn = (text: string): readonly string[] =>
  [...text.matchAll(SECRET_SETTING)]
    .filter(([, , value]) => !FROM_ELSEWHERE.test(value!))
    .map(([, name]) => name!);

export const hasPrivateKey = (text: string): boolean => PRIVATE_KEY.test(text);
