/**
 * What a mistake in this project's own code looks like. Mistakes in the data are found by the model's rules, before the
 * first construct exists; whoever sees one of these changes code.
 */

export const tokenInText = (where: string): Error =>
  new Error(
    `${where} holds a value that is known only after apply, but its text is fixed at synth. ` +
      "Fix the value in the model, or let the machine read it at boot.",
  );

export const unsafePath = (path: string): Error =>
  new Error(
    `"${path}" is no place for a machine's file. A path is absolute and has no empty, "." or ".." part; ` +
      "correct the renderer.",
  );

export const payloadTooBig = (what: string, size: number, limit: number, unit: string): Error =>
  new Error(
    `${what} has ${size} ${unit}, and the cloud takes at most ${limit}. It would refuse the machine at apply, with ` +
      "half of the stack built. Shorten the machine's files, or let it fetch the longest one at boot.",
  );

export const tooMuchToUnpack = (what: string, size: number, limit: number): Error =>
  new Error(
    `${what} has ${size} bytes when unpacked, and fleet-apply refuses more than ${limit}. Shorten the machine's files, ` +
      "or raise LARGEST_TEXT in programs/fleet-apply.py and deploy that first.",
  );

export const notInFleet = (what: string): Error =>
  new Error(`${what} is not in the fleet. Build the fleet with loadFleet, whose rules hold every reference.`);

export const withoutGoogle = (account: string): Error =>
  new Error(
    `account ${account} has no Google Cloud side, and something of it needs one. ` +
      "Build the fleet with loadFleet, whose rules hold this.",
  );
