import type { SourceFile } from "../../config/source-file";
import { resolveScalar } from "../../config/resolve-scalar";
import type { Variable } from "./variable";

/**
 * An inventory in Ansible's INI format. A group of hosts becomes the variable `[group]` with the number of its hosts
 * (`host[1:3]` counts three times); `[group:vars]` are variables like those of group_vars.
 */
export function readInventory(source: SourceFile): Variable[] {
  const variables: Variable[] = [];
  const hosts = new Map<string, { readonly line: number; count: number }>();
  let section = "";
  for (const [index, raw] of source.text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replace(/(?:^|\s)[#;].*$/, "").trim();
    if (line === "") continue;
    const header = /^\[([^\]]+)\]$/.exec(line);
    if (header) {
      section = header[1]!.trim();
      if (!section.includes(":") && !hosts.has(section)) hosts.set(section, { line: index + 1, count: 0 });
    } else if (section.endsWith(":vars")) {
      const [, name, value] = /^([^=\s]+)\s*=\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      const text = value.replace(/^(["'])(.*)\1$/, "$2");
      variables.push({ name, file: source.path, line: index + 1, value: resolveScalar(text) });
    } else if (!section.includes(":")) {
      const group = hosts.get(section);
      if (group) group.count += hostsOf(line.split(/\s+/)[0]!);
    }
  }
  for (const [group, { line, count }] of hosts)
    variables.push({ name: `[${group}]`, file: source.path, line, value: count });
  return variables;
}

/** `jvb[01:12]` is twelve hosts. */
function hostsOf(pattern: string): number {
  const ranges = [...pattern.matchAll(/\[(\d+):(\d+)\]/g)];
  return ranges.reduce((product, [, from, to]) => product * Math.max(1, Number(to) - Number(from) + 1), 1);
}
