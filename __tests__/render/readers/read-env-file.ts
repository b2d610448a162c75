/** Variables of an env file as docker compose reads it, for what our renderer writes. Throws at any other line. */
export function readEnvFile(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, quoted, plain] = /^([A-Z][A-Z0-9_]*)=(?:'([^'\\]*)'|([^\s'"#$\\]*))$/.exec(line) ?? [];
    if (name === undefined) throw new Error(`no variable: ${line}`);
    variables.set(name, quoted ?? plain!);
  }
  return variables;
}
