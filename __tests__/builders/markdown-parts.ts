import { anchorOf } from "../../scripts/reference/markdown";

/** Where something stands in a text of Markdown; the first line is 1. */
export interface Located {
  readonly line: number;
  readonly text: string;
}

/** A fence and what is in it; it may be indented, as in lists. */
const FENCED = /^( *)(```+)[^\n]*\n([^]*?)^ *\2 *$/gm;
const SPAN = /(`+)([^]+?)\1/g;
const LINK = /\]\(([^()\s]+)\)/g;

const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;
/** As long as it was, and with the same lines, so that places stay what they are. */
const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Lines of code blocks, joined where a backslash says so, and code in sentences, without line breaks. */
export function codeOf(markdown: string): readonly Located[] {
  const blocks = [...markdown.matchAll(FENCED)].flatMap(({ 0: all, 3: code, index }) => {
    const first = lineOf(markdown, index + all.indexOf("\n") + 1);
    const joined = code!.replace(/\\\n/g, "\0");
    return joined.split("\n").map((text, at, lines) => ({
      line: first + at + lines.slice(0, at).join("").split("\0").length - 1,
      text: text.replaceAll("\0", " "),
    }));
  });
  const prose = markdown.replace(FENCED, blank);
  const spans = [...prose.matchAll(SPAN)].map(({ 2: code, index }) => ({
    line: lineOf(prose, index),
    text: code!.replace(/\s+/g, " ").trim(),
  }));
  return [...blocks, ...spans];
}

/** The targets of links and pictures. */
export function linksOf(markdown: string): readonly Located[] {
  const prose = markdown.replace(FENCED, blank).replace(SPAN, blank);
  return [...prose.matchAll(LINK)].map(({ 1: text, index }) => ({ line: lineOf(prose, index), text: text! }));
}

/** The anchors of the headings: a heading that is there again has a number behind it. */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading] of markdown.replace(FENCED, blank).matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const anchor = anchorOf(heading!.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
    let unique = anchor;
    for (let again = 1; anchors.has(unique); again++) unique = `${anchor}-${again}`;
    anchors.add(unique);
  }
  return anchors;
}
