const PLAIN = /^[A-Za-z][A-Za-z0-9_./@+=-]*(?: [A-Za-z0-9_./@+=-]+)*$|^[0-9]+(?:\.[0-9]+){3}\/[0-9]+$/;
const READ_AS_OTHER = /^(?:null|true|false|yes|no|on|off)$/i;

/** A text as a YAML value: plain where it reads as the same text, else in quotes. */
export const yamlText = (text: string): string =>
  PLAIN.test(text) && !READ_AS_OTHER.test(text) ? text : JSON.stringify(text);

/** `[abc, "group:ops@acme.example"]` */
export const yamlList = (texts: readonly string[]): string => `[${texts.map(yamlText).join(", ")}]`;

/** `abc, xyz` as people type it. */
export const typedList = (answer: string): readonly string[] =>
  answer
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
