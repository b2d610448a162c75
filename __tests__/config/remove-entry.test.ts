import { removeEntry } from "../../config/remove-entry";

const without = (text: string) => removeEntry(text, ["bridges", "bridge-1", "hostKey"]);

describe("removeEntry", () => {
  it.each([
    [
      "a line",
      "bridges:\n  bridge-1:\n    generation: 2 # why\n    hostKey: k # its own\nsize: 3\n",
      "bridges:\n  bridge-1:\n    generation: 2 # why\nsize: 3\n",
    ],
    [
      "the maps around it that would be empty",
      "bridges:\n  bridge-1:\n    hostKey: k\nsize: 3\n",
      "size: 3\n",
    ],
    ["a line with braces", 'a: 1\nbridges: { bridge-1: { hostKey: "k" } }\n', "a: 1\n"],
    [
      "an entry within braces",
      "bridges: { bridge-1: { hostKey: k, generation: 2 } }\n",
      "bridges: { bridge-1: { generation: 2 } }\n",
    ],
    [
      "the last entry within braces",
      "bridges: { bridge-1: { generation: 2, hostKey: k } }\n",
      "bridges: { bridge-1: { generation: 2 } }\n",
    ],
    [
      "a whole map among others within braces",
      "bridges: { bridge-1: { hostKey: k }, bridge-2: { generation: 2 } }\n",
      "bridges: { bridge-2: { generation: 2 } }\n",
    ],
  ])("removes %s", (_, text, expected) => expect(without(text)).toBe(expected));

  it("leaves what it does not understand to a person", () =>
    expect(without("bridges: { bridge-1: { hostKey: [k] } }\n")).toBeUndefined());
});
