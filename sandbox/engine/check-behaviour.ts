import { findValues, printPath } from "./find-values";
import { oneOf } from "./value-rules";
import { isUnknown } from "../protocol/value";
import type { Behaviour } from "./behaviour";
import type { ValueRule } from "./value-rules";
import type { Diagnostic, Path } from "../protocol/diagnostic";
import type { Value, Values } from "../protocol/value";

/** Checks a configuration against what the provider refuses before it calls the API. Unknown values pass. */
export function checkBehaviour(
  behaviour: Behaviour,
  rules: readonly ValueRule[],
  config: Values,
): Diagnostic[] {
  const enums = Object.entries(behaviour.enums ?? {}).map(([path, allowed]) => oneOf(path, allowed));
  return [
    ...[...enums, ...rules].flatMap((rule) => checkRule(rule, config)),
    ...checkGroups(behaviour, config),
  ];
}

/** Applies one rule to every value that it is about. */
export function checkRule(rule: ValueRule, config: Values): Diagnostic[] {
  return findValues(config, rule.path).flatMap(({ path, value }) => {
    const summary = value === null || isUnknown(value) ? undefined : rule.check(value, printPath(path));
    return summary === undefined ? [] : [{ summary, path }];
  });
}

interface Member {
  readonly path: string;
  readonly isSet: boolean;
  readonly isUnknown: boolean;
}

function checkGroups(behaviour: Behaviour, config: Values): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (summary: string, at: Path, detail: string): void => {
    diagnostics.push({ summary, detail, path: at });
  };

  for (const { at, own, others } of groups(behaviour.conflicts_with, config)) {
    const other = own.isSet ? others.find((member) => member.isSet && !member.isUnknown) : undefined;
    if (other)
      report("Conflicting configuration arguments", at, `"${own.path}": conflicts with ${other.path}`);
  }
  for (const { at, own, others } of groups(behaviour.required_with, config)) {
    const absent = own.isSet && others.some((member) => !member.isSet);
    if (absent)
      report(
        "Missing required argument",
        at,
        `"${own.path}": all of \`${list([own, ...others])}\` must be specified`,
      );
  }
  for (const { at, own, all } of once(groups(behaviour.at_least_one_of, config))) {
    const absent = all.every((member) => !member.isSet);
    if (absent)
      report("Missing required argument", at, `"${own.path}": one of \`${list(all)}\` must be specified`);
  }
  for (const { at, own, all } of once(groups(behaviour.exactly_one_of, config))) {
    if (all.some((member) => member.isUnknown)) continue;
    const given = all.filter((member) => member.isSet);
    const summary = "Invalid combination of arguments";
    if (given.length === 0) report(summary, at, `"${own.path}": one of \`${list(all)}\` must be specified`);
    if (given.length > 1) {
      const detail = `"${own.path}": only one of \`${list(all)}\` can be specified, but \`${list(given)}\` were specified.`;
      report(summary, at, detail);
    }
  }
  return diagnostics;
}

interface Group {
  /** The block that holds the members, or the first member that is set. */
  readonly at: Path;
  readonly own: Member;
  readonly others: readonly Member[];
  readonly all: readonly Member[];
}

/** Each group of attributes in each block that holds it: "conflicts in disk" is asked of every disk. */
function groups(table: Readonly<Record<string, readonly string[]>> | undefined, config: Values): Group[] {
  return Object.entries(table ?? {}).flatMap(([key, related]) => {
    const names = [key, ...related.filter((name) => name !== key)];
    const parent = commonParent(names);
    return findValues(config, parent)
      .filter(({ value }) => !isUnknown(value))
      .flatMap(({ path, value }) => elements(value, path))
      .map(({ path, value }) => {
        const [own, ...others] = names.map((name) =>
          memberOf(value, path, name.slice(parent === "" ? 0 : parent.length + 1)),
        );
        const all = [own!, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
        return { at: path, own: own!, others, all };
      });
  });
}

function elements(value: Value, path: Path): { readonly path: Path; readonly value: Values }[] {
  if (Array.isArray(value)) return value.flatMap((element, index) => elements(element, [...path, index]));
  return value === null || isUnknown(value) || typeof value !== "object" ? [] : [{ path, value }];
}

function memberOf(parent: Values, at: Path, name: string): Member {
  const found = findValues(parent, name).map(({ value }) => value);
  return {
    path: printPath([...at, ...name.split(".")]),
    isSet: found.some((value) => value !== null && !(Array.isArray(value) && value.length === 0)),
    isUnknown: found.some(isUnknown),
  };
}

/** The members of one group name each other: one report for all of them is enough. */
function once(found: readonly Group[]): Group[] {
  const key = (group: Group): string => group.all.map(({ path }) => path).join();
  return found.filter((group, index) => found.findIndex((other) => key(other) === key(group)) === index);
}

function commonParent(names: readonly string[]): string {
  const [first, ...rest] = names.map((name) => name.split(".").slice(0, -1));
  const shared = first!.filter((_, depth) =>
    rest.every((other) => first!.slice(0, depth + 1).join() === other.slice(0, depth + 1).join()),
  );
  return shared.join(".");
}

const list = (members: readonly Member[]): string => members.map(({ path }) => path).join(",");
