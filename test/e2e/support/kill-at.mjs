// Loaded with --import into the real program: acts when a named point of a run (src/app/checkpoint.ts) is passed for the n-th time.
//   KILL_AT=point:n  KILL_WITH=SIGKILL (default), another signal, several with commas between them,
//                       or "memory" or "files": takes all there is
// Says so on stderr first, with how many audits had been committed.
import { subscribe } from "node:diagnostics_channel";
import { openSync, writeSync } from "node:fs";

const [wanted, nth = "1"] = (process.env.KILL_AT ?? "").split(":");
const how = (process.env.KILL_WITH ?? "SIGKILL").split(",");
const passed = new Map();

subscribe("apirisk:checkpoint", (point) => {
  passed.set(point, (passed.get(point) ?? 0) + 1);
  if (point !== wanted || passed.get(point) !== Number(nth)) return;
  writeSync(2, `reached ${point}:${nth} with ${passed.get("integration-committed") ?? 0} committed\n`);
  if (how[0] === "memory") return takeAllMemory();
  if (how[0] === "files") return takeAllFiles();
  for (const signal of how) process.kill(process.pid, signal);
});

function takeAllMemory() {
  const held = [];
  for (;;) held.push(new Array(100_000).fill(held.length));
}

function takeAllFiles() {
  try {
    for (;;) openSync("/dev/null");
  } catch {
    // None is left.
  }
}
