import { Readable } from "node:stream";
import { NoAnswer, Questions } from "../../cli/questions";

const asked = (
  lines: readonly string[] | undefined,
): { readonly questions: Questions; readonly err: () => string } => {
  let err = "";
  const input = lines && Readable.from(lines.map((line) => `${line}\n`));
  const terminal = {
    out: () => undefined,
    err: (text: string) => void (err += text),
    ...(input && { input }),
  };
  return { questions: new Questions(terminal), err: () => err };
};

describe("Questions", () => {
  it("takes a line for an answer, and the default for an empty one", async () => {
    const { questions, err } = asked(["  abc ", ""]);
    expect(await questions.ask("id")).toBe("abc");
    expect(await questions.ask("zone", { fallback: "europe-west4-a" })).toBe("europe-west4-a");
    expect(err()).toBe("id: \nzone [europe-west4-a]: \n");
  });

  it("asks again until nothing is wrong", async () => {
    const { questions, err } = asked(["", "ABC", "abc"]);
    const problemOf = (id: string) => (/^[a-z]+$/.test(id) ? undefined : "use small letters");
    expect(await questions.ask("id", { problemOf })).toBe("abc");
    expect(err()).toBe("id: \n  an answer is needed.\nid: \n  use small letters.\nid: \n");
  });

  it("ends the line of a question that a keyboard leaves open with Ctrl-D", async () => {
    let err = "";
    const input = Object.assign(Readable.from(["abc\n"]), { isTTY: true });
    const questions = new Questions({ out: () => undefined, err: (text) => void (err += text), input });
    await questions.ask("id");
    await expect(questions.ask("zone")).rejects.toThrow(NoAnswer);
    expect(err).toBe("id: zone: \n");
  });

  it("puts no full stop behind a question", async () => {
    const { questions, err } = asked(["abd", "abc"]);
    await questions.ask("id", { problemOf: (id) => (id === "abc" ? undefined : 'did you mean "abc"?') });
    expect(err()).toBe('id: \n  did you mean "abc"?\nid: \n');
  });

  it("reads yes and no", async () => {
    const { questions } = asked(["y", "NO", "perhaps", "yes", ""]);
    expect(await questions.confirm("go on?")).toBe(true);
    expect(await questions.confirm("go on?")).toBe(false);
    expect(await questions.confirm("go on?")).toBe(true);
    expect(await questions.confirm("go on?")).toBe(false);
  });

  it("says what nobody answered", async () => {
    const ended = asked(["abc"]).questions;
    await ended.ask("id");
    await expect(ended.ask("zone")).rejects.toThrow(new NoAnswer("zone: nobody answered"));
    const { questions } = asked(undefined);
    expect(questions.canAsk).toBe(false);
    await expect(questions.ask("id")).rejects.toThrow(NoAnswer);
  });
});
