// Decodes Sparkplug B payloads with Eclipse Tahu's own package: one as hexadecimal digits a line on stdin, JSON on stdout.
"use strict";
const readline = require("node:readline");

const { decodePayload } = require(require.resolve("sparkplug-payload", { paths: [process.argv[2]] })).get("spBv1.0");

function plain(key, value) {
  const given = this[key]; // `value` is what a Date has already made of itself
  if (given instanceof Date) return given.getTime();
  return given?.constructor?.name === "Long" ? Number(given) : value;
}

readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => process.stdout.write(JSON.stringify(decodePayload(Buffer.from(line, "hex")), plain) + "\n"));
