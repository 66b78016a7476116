// How long the main thread is held up while another process keeps the store locked: timers and requests of probes must not notice.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, get } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { openSqliteHistory } from "../../dist/src/remember/store/sqlite-history.js";
import { syntheticWorld } from "./synthetic-world.mjs";

const LOCKED_MS = 30_000;
const TIMERS = 200;

const HOLDER = `import Database from "better-sqlite3";
const db = new Database(process.argv[1]);
db.exec("BEGIN IMMEDIATE");
console.log("held");
process.stdin.once("data", () => { db.exec("ROLLBACK"); process.exit(0); });`;

/** Delays in milliseconds while the store is locked, and, before that and as long, while it is free and idle. */
export async function lockedStoreDelay(file, lockedMs = LOCKED_MS) {
  const store = await openSqliteHistory({ file, busyTimeoutMs: 2 * lockedMs });
  const world = syntheticWorld(50);
  await store.beginRun(world.runOf(0));
  const commits = [...world.auditsOf(0)];
  const load = await startLoad();
  const free = await delayDuring(() => pause(lockedMs));

  const holder = spawn(process.execPath, ["--input-type=module", "--eval", HOLDER, "--", file], { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(holder, "close");
  await once(holder.stdout, "data");
  const begun = performance.now();
  let waited = 0;
  const committed = Promise.all(commits.map((commit) => store.commitAudit(commit).then(() => (waited ||= performance.now() - begun))));
  const locked = await delayDuring(() => pause(lockedMs));
  holder.stdin.write("release");
  await committed;
  await load.stop();
  await Promise.all([store.close(), closed]);
  return { lockedMs, free, locked, waited };
}

async function delayDuring(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  const ms = (nanoseconds) => nanoseconds / 1e6;
  return { max: ms(delay.max), p99: ms(delay.percentile(99)), mean: ms(delay.mean) };
}

/** What probes do while they wait: timers, and small requests one after the other. */
async function startLoad() {
  const server = createServer((_request, response) => response.end("{}"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  let isRunning = true;
  const timers = Array.from({ length: TIMERS }, (_, n) => setInterval(() => {}, 10 + (n % 40)));
  const requests = Array.from({ length: 8 }, async () => {
    while (isRunning)
      await new Promise((resolve, reject) =>
        get({ port: server.address().port, host: "127.0.0.1" }, (answer) => answer.resume().once("end", resolve)).once("error", reject),
      );
  });
  return {
    stop: async () => {
      isRunning = false;
      for (const timer of timers) clearInterval(timer);
      await Promise.all(requests);
      server.closeAllConnections();
      server.close();
    },
  };
}
