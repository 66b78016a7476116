// npm run bench:histories: plays scripted two-year histories with known regressions against the real judgement, and counts what it tells.
// `--histories N --nights N --from SEED` play others, `--show SEED` prints the story of one; only the whole bench writes docs/benchmarks.md.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createViteServer } from "vitest/node";
import { replaceSection } from "./section.mjs";

const WHOLE = { histories: 200, nights: 730, from: 0 };
const { values } = parseArgs({
  options: { histories: { type: "string" }, nights: { type: "string" }, from: { type: "string" }, show: { type: "string" } },
});
const asked = Object.fromEntries(Object.entries(WHOLE).map(([name, usual]) => [name, Number(values[name] ?? usual)]));

/** The histories are TypeScript, like the tests that play a few of them. */
const server = await createViteServer({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
try {
  const { play } = await server.ssrLoadModule("/test/histories/score.ts");
  const { storyOf } = await server.ssrLoadModule("/test/histories/story.ts");
  const { tableOf } = await server.ssrLoadModule("/test/histories/table.ts");
  if (values.show !== undefined) process.stdout.write(`${storyOf(play(Number(values.show), asked.nights))}\n`);
  else measure(play, tableOf);
} finally {
  await server.close();
}

function measure(play, tableOf) {
  const begun = performance.now();
  const played = [];
  for (let seed = asked.from; seed < asked.from + asked.histories; seed += 1) {
    played.push(summaryOf(play(seed, asked.nights)));
    if (process.stderr.isTTY || seed % 20 === 19) process.stderr.write(`${seed - asked.from + 1} of ${asked.histories}\n`);
  }
  const { text, wrong } = tableOf(played);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const lines = [
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:histories\` with Node ${process.version}: ${asked.histories} histories of ${asked.nights} nights, in ${seconds} s.`,
    "",
    text,
  ].join("\n");
  process.stdout.write(`${lines}\n`);
  if (Object.keys(WHOLE).every((name) => asked[name] === WHOLE[name])) replaceSection("histories", lines);
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** Not two years of every history at the same time. */
function summaryOf({ script, alarms, hits, misses, falseAlarms, quiet }) {
  return { seed: script.seed, alarms, hits, misses, falseAlarms, quiet };
}
