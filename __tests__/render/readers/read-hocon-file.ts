/**
 * Settings of a HOCON file by full path, for what our renderer writes: paths, blocks, one value a line. Values stay
 * text. Throws at any other line.
 */
export function readHoconFile(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  const blocks: string[] = [];
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const [, path, value] = /^([A-Za-z0-9_.-]+) (?:= (.+)|\{)$/.exec(line) ?? [];
    if (line === "}" && blocks.length > 0) blocks.pop();
    else if (path === undefined) throw new Error(`no setting: ${line}`);
    else if (value === undefined) blocks.push(path);
    else settings.set([...blocks, path].join("."), value);
  }
  if (blocks.length > 0) throw new Error(`${blocks.join(".")} is not closed`);
  return settings;
}
