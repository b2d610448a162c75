#!/usr/bin/env node
"use strict";

// Old syntax on purpose: an old Node must get as far as the sentence below.
var REQUIRED = [20, 9];
var found = process.versions.node.split(".").map(Number);

if (found[0] < REQUIRED[0] || (found[0] === REQUIRED[0] && found[1] < REQUIRED[1])) {
  process.stderr.write(
    "fleet needs Node.js " +
      REQUIRED.join(".") +
      " or newer, this is " +
      process.versions.node +
      "; install a newer one.\n",
  );
  process.exitCode = 1;
} else {
  // Between two steps, never within one: what is being written is written to its end first.
  process.once("SIGINT", function () {
    if (process.stderr.isTTY) process.stderr.write("\n");
    process.exit(130);
  });
  // Whoever reads the output has seen enough (`fleet … | head`), or the terminal is gone: the rest is not printed, and the
  // command goes on to its own end, so that nothing is left half done for it.
  [process.stdout, process.stderr].forEach(function (output) {
    output.on("error", function (error) {
      if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    });
  });
  require("tsx/cjs");
  if (process.argv[2] === "complete" && process.argv[3] === "--") {
    // A key was pressed and somebody waits: this loads no command.
    require("./completion/complete.ts").complete(process.argv.slice(4), function (text) {
      process.stdout.write(text);
    });
  } else {
    require("./main.ts")
      .main(process.argv.slice(2), {
        out: function (text) {
          process.stdout.write(text);
        },
        err: function (text) {
          process.stderr.write(text);
        },
        outIsScreen: Boolean(process.stdout.isTTY),
        errIsScreen: Boolean(process.stderr.isTTY),
        columns: process.stderr.columns,
        input: process.stdin,
      })
      .then(function (code) {
        process.exitCode = code;
      });
  }
}
