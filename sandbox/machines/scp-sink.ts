import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerChannel } from "ssh2";

/** `scp -t`: the receiving side, for one file as Terraform's file provisioner sends it. */
const CONFIRM = "\0";

/** `C<mode> <bytes> <name>` */
const HEADER = /^C(\d{4}) (\d+) ([^/\n]+)\n/;

/**
 * Receives a file into a directory.
 *
 * @param onFile told the name of the file that was written
 */
export function receiveFile(channel: ServerChannel, directory: string, onFile: (name: string) => void): void {
  let received = Buffer.alloc(0);
  let file: { readonly mode: number; readonly size: number; readonly name: string } | undefined;
  const refuse = (reason: string): void => {
    channel.write(`\x02scp: ${reason}\n`);
    channel.exit(1);
    channel.end();
  };
  channel.write(CONFIRM);
  channel.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    if (!file) {
      const end = received.indexOf("\n");
      if (end < 0) return;
      const header = HEADER.exec(received.subarray(0, end + 1).toString());
      if (!header) return refuse("only single files are received here");
      file = { mode: Number.parseInt(header[1]!, 8), size: Number(header[2]), name: header[3]! };
      received = received.subarray(end + 1);
      channel.write(CONFIRM);
    }
    // The content, and a zero for its end.
    if (received.length <= file.size) return;
    writeFileSync(join(directory, file.name), received.subarray(0, file.size), { mode: file.mode });
    onFile(file.name);
    received = Buffer.alloc(0);
    channel.write(CONFIRM);
  });
  channel.on("end", () => {
    channel.exit(0);
    channel.end();
  });
}
