import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MARKER } from "../../../cli/review/review-markdown";
import { ProgramStage } from "../../builders/program-stage";
import { scriptOf } from "../../builders/workflows";

describe("pull-request.yml", () => {
  let stage: ProgramStage;
  beforeEach(() => (stage = new ProgramStage()));
  afterEach(() => stage.close());

  const comment = scriptOf("pull-request.yml", "comment", "one comment");
  const settings = {
    COMMENTS: "repos/o/r/issues/7/comments",
    COMMENT: "repos/o/r/issues/comments",
    REVIEW: "fine",
    HEAD: "0123abc",
  };
  const foot = [
    "",
    "Of commit 0123abc. A label `allow: …` is about this commit: the next push takes it away.",
  ];

  it("writes the first comment, with the mark by which it is found again", () => {
    stage.program("gh", "");
    const { status, calls } = stage.run(comment, settings);
    expect(status).toBe(0);
    expect(calls.slice(-4)).toEqual([
      `gh api --silent --method POST repos/o/r/issues/7/comments --raw-field body=${MARKER}`,
      "fine",
      ...foot,
    ]);
  });

  it("changes the comment that is there", () => {
    stage.program("gh", 'case "$*" in *--jq*) printf "41\\n42\\n" ;; esac');
    const { calls } = stage.run(comment, { ...settings, REVIEW: `${MARKER}\nfine` });
    expect(calls.slice(-4)).toEqual([
      `gh api --silent --method PATCH repos/o/r/issues/comments/41 --raw-field body=${MARKER}`,
      "fine",
      ...foot,
    ]);
  });

  it("writes no second comment when the first cannot be looked for", () => {
    stage.program("gh", 'case "$*" in *--jq*) exit 1 ;; esac');
    const { status, calls } = stage.run(comment, settings);
    expect(status).not.toBe(0);
    expect(calls.join("\n")).not.toContain("POST");
  });

  it("takes away after a push what has admitted the commits before", () => {
    stage.program(
      "gh",
      'case "$*" in *--jq*) printf "allow%%3A%%20moves%%20calls\\nallow%%3A%%20none\\n" ;; esac',
    );
    const { status, calls } = stage.run(scriptOf("pull-request.yml", "forget", "take away every label"), {
      PULL_REQUEST: "repos/o/r/issues/7",
    });
    expect(status).toBe(0);
    expect(calls.slice(1)).toEqual([
      "gh api --silent --method DELETE repos/o/r/issues/7/labels/allow%3A%20moves%20calls",
      "gh api --silent --method DELETE repos/o/r/issues/7/labels/allow%3A%20none",
    ]);
  });

  it.each([
    [
      "as it is",
      "<!-- fleet review -->\nfine\nEOF\ntext<<EOF",
      "<!-- fleet review -->\nfine\nEOF\ntext<<EOF",
    ],
    [
      "cut off, where GitHub would refuse it",
      "ü😀".repeat(40_000),
      `${"ü😀".repeat(15_000)}\n\nCut off here: the summary of the run has all of it.`,
    ],
  ])("hands the review on %s", (_, review, expected) => {
    const [path, output, summary] = ["review.md", "output", "summary"].map((name) =>
      join(stage.folder, name),
    );
    writeFileSync(path!, `${review}\n`);
    const { status } = stage.run(scriptOf("pull-request.yml", "hold", "hand the review on"), {
      FLEET_REVIEW: path!,
      GITHUB_OUTPUT: output!,
      GITHUB_STEP_SUMMARY: summary!,
    });
    expect(status).toBe(0);
    const [, end, text] = /^text<<(end-[0-9a-f]{32})\n([^]*)\n\1\n$/.exec(readFileSync(output!, "utf8"))!;
    expect(review).not.toContain(end);
    expect(text).toBe(expected);
    expect(readFileSync(summary!, "utf8")).toBe(`${review}\n`);
  });
});
