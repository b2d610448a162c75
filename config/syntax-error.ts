/** Reasons of the YAML parser, which are not shown: some of them repeat parts of the file. */
const SENTENCES: readonly (readonly [reason: RegExp, sentence: string])[] = [
  [
    /deficient indentation|within a (?:single|double) quoted scalar|within a flow collection/,
    "a bracket, brace or quote above is not closed; close it, or indent what belongs to it",
  ],
  [
    /multiline key|expected ':' after a mapping key/,
    'a key without ":"; write "key: value", and look at the lines above for a missing quote or bracket',
  ],
  [/whitespace character is expected after the key-value/, 'no space after ":"; write "key: value"'],
  [/missed comma/, "no comma between two entries in brackets; add it"],
  [/expected the node content, but found ','/, "an entry in brackets is empty; remove one of the commas"],
  [
    /escape sequence|hexadecimal/,
    "an unknown escape in double quotes; write \\\\ for \\, or use single quotes",
  ],
  [/tab characters/, "the line is indented with a tab; allowed: spaces; replace the tabs of this file"],
  [/maxDepth/, "nested deeper than any field; look for stray brackets and dashes"],
  [/tag|verbatim/, "tags (!) are not read here; write the plain value, or quote the text"],
  [
    /anchor|alias/,
    "anchors (&) and aliases (*) are not read here; write the value itself, or quote the text",
  ],
  [/directive|YAML version/, "directives (%) are not read here; remove the line"],
  [
    /bad indentation of a sequence/,
    "an entry of a list is indented differently from the others; line them up",
  ],
  [
    /block scalar|line break is expected/,
    "text after | or > begins on the next line; write it there, or quote it",
  ],
  [
    /end of the stream or a document separator/,
    "what follows does not belong to the map above; line up its keys, and look for a missing bracket or quote",
  ],
];

const GENERIC = "the file cannot be read from here on; look at the quotes, brackets and indentation above";

/** A sentence for what the YAML parser refused at an offset of the text. */
export function syntaxSentence(reason: string, text: string, offset: number): string {
  if (/bad indentation of a mapping entry/.test(reason)) return `not YAML: ${badEntry(text, offset)}`;
  return `not YAML: ${SENTENCES.find(([pattern]) => pattern.test(reason))?.[1] ?? GENERIC}`;
}

/** The parser's answer to several mistakes, told apart by what stands there. */
function badEntry(text: string, offset: number): string {
  const character = text[offset] ?? "";
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  if (/[@`%&*!|>]/.test(character)) return `text cannot begin with ${character}; put it in quotes`;
  if (character === ":" && /:\s/.test(before)) {
    return 'a second ":" in one value; put the text in quotes, or begin a new line for a nested key';
  }
  if (character === ":") {
    return 'the line continues the text of the line above; line up its key with the others, and look for a ":" without a space above';
  }
  return "the value ends before this; put text in quotes, and line up keys of one map";
}
