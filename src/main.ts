#!/usr/bin/env node
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { present, quietOnClosedPipe } from "./cli/present.ts";

quietOnClosedPipe();
const argv = process.argv.slice(2);
if (argv[0] === "--version") {
  // Answered before anything else is loaded: scripts ask for it often.
  const { name, version } = createRequire(import.meta.url)("#package") as { readonly name: string; readonly version: string };
  present(`${name}/${version} ${process.platform}-${process.arch} node-${process.version}`);
} else {
  const { runCli } = await import("./cli/run.ts");
  await runCli(argv, fileURLToPath(import.meta.url));
}
