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
  require("tsx/cjs");
  require("./main.ts")
    .main(process.argv.slice(2), {
      out: function (text) {
        process.stdout.write(text);
      },
      err: function (text) {
        process.stderr.write(text);
      },
      outIsScreen: Boolean(process.stdout.isTTY),
    })
    .then(function (code) {
      process.exitCode = code;
    });
}
