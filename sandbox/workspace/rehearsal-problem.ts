/** Something that a person must put right. Its message is one or two sentences that say what, and needs no stack. */
export class RehearsalProblem extends Error {
  override readonly name = "RehearsalProblem";
}
