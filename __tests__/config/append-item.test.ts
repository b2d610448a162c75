import { appendItem } from "../../config/append-item";

const served = (text: string) => appendItem(text, ["serves"], "xyz");

describe("appendItem", () => {
  it.each([
    ["within brackets", "serves: [abc] # why\nsize: 3\n", "serves: [abc, xyz] # why\nsize: 3\n"],
    ["to a list of lines", "serves:\n  - abc # why\nsize: 3\n", "serves:\n  - abc # why\n  - xyz\nsize: 3\n"],
    ["to a list that ends the file", "serves:\n- abc", "serves:\n- abc\n- xyz"],
    ["behind a text in quotes", 'serves: ["abc" ]\n', 'serves: ["abc", xyz ]\n'],
  ])("adds an item %s", (_, text, expected) => expect(served(text)).toBe(expected));

  it.each([
    ["an empty list", "serves: []\n"],
    ["a list that is not there", "size: 3\n"],
    ["a list of maps", "serves: [{ a: 1 }]\n"],
  ])("leaves %s to a person", (_, text) => expect(served(text)).toBeUndefined());
});
