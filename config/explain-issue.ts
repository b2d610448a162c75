import type { z } from "zod";
import { nearest } from "../model/nearest";
import { expectation } from "../model/schema/expectation";
import { kindOf } from "../model/schema/schema-at";
import { showNode } from "./show-value";
import type { YamlNode } from "./yaml-node";

/** Words that older YAML versions and other programs read as true or false, and YAML 1.2 as text. */
const SWITCHES: Readonly<Record<string, boolean>> = {
  on: true,
  yes: true,
  y: true,
  off: false,
  no: false,
  n: false,
};

/** What is wrong with a written value, what is allowed, what to do. */
export function explainIssue(issue: z.core.$ZodIssue, node: YamlNode, schema: z.ZodType): string {
  const shown = showNode(node);
  const rule = /^allowed: (.*)$/.exec(issue.message)?.[1];
  const allowed = rule ?? expectation(schema);
  if (node.kind === "scalar" && node.value === null) {
    return `empty; allowed: ${allowed}; write a value or remove the key`;
  }
  if (node.kind === "scalar" && typeof node.value === "string" && node.value.includes("PRIVATE KEY")) {
    return `holds a private key (not shown); allowed: ${allowed}; remove it, and replace the key: it is not private any more`;
  }
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" && node.kind === "scalar" && typeof node.value === "number"
        ? `${shown} is not a whole number; allowed: ${allowed}`
        : wrongType(node, shown, schema, allowed);
    case "too_small":
    case "too_big":
      if (rule !== undefined) return `${shown} is not valid; allowed: ${allowed}`;
      return `${shown} is too ${issue.code === "too_small" ? "small" : "big"}; allowed: ${allowed}`;
    case "invalid_value": {
      const written = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
      const values = issue.values.map(String);
      const meant = written === undefined || values.length === 1 ? undefined : nearest(written, values);
      return `${shown} is not valid; allowed: ${allowed}${meant === undefined ? "" : `; did you mean ${meant}?`}`;
    }
    case "invalid_union":
      return node.kind === "scalar" && typeof node.value === "string"
        ? `${shown} is not valid; allowed: ${allowed}`
        : wrongType(node, shown, schema, allowed);
    default:
      return `${shown} is not valid; allowed: ${allowed}`;
  }
}

function wrongType(node: YamlNode, shown: string, schema: z.ZodType, allowed: string): string {
  if (node.kind !== "scalar") {
    return `a ${node.kind} is written here; allowed: ${allowed}`;
  }
  const { value, text } = node;
  switch (kindOf(schema)) {
    case "list": {
      const simple = /^[\w.:@/-]{1,60}$/.test(text) && shown.includes(text);
      return `${shown} is a single value; allowed: ${allowed}${simple ? `; write [${text}]` : ""}`;
    }
    case "map":
      return `${shown} is a single value; allowed: ${allowed}`;
    case "number": {
      const numeric = node.quoted && text.trim() !== "" && Number.isFinite(Number(text));
      return `${shown} is not a number; allowed: ${allowed}${numeric ? "; write it without quotes" : ""}`;
    }
    case "switch": {
      const meant = typeof value === "string" ? SWITCHES[value.toLowerCase()] : undefined;
      return meant === undefined
        ? `${shown} is neither true nor false; allowed: ${allowed}`
        : `${shown} is text in YAML 1.2; allowed: ${allowed}; write ${String(meant)}`;
    }
    case "text": {
      const read =
        typeof value === "number"
          ? Number.isFinite(value)
            ? `the number ${value}`
            : "a number"
          : String(value);
      const advice = schema.safeParse(text).success ? `write "${text}"` : "put text in quotes";
      return `${shown} without quotes is ${read}; allowed: ${allowed}; ${advice}`;
    }
  }
}
