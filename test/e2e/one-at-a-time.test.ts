import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { runCli, startCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { built, runChild } from "../remember/store/child.ts";

// Each test starts whole processes, some of them one after the other.
vi.setConfig({ testTimeout: 120_000 });

/** Tries to take the lock whenever it is told to, and lets go when told to. */
const CONTENDER = `import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
import { createInterface } from "node:readline";
const store = await openSqliteHistory({ file: process.argv[1] });
let lock;
console.log("ready");
for await (const word of createInterface({ input: process.stdin })) {
  if (word === "go") { lock = await store.acquireLock(0); console.log(lock.ok); }
  else { if (lock.ok) await lock.value.release(); console.log("free"); }
}
await store.close();`;

describe("runs that start together", () => {
  it("fifty times over exactly one of three processes gets the lock", async () => {
    const folder = await temporaryFolder();
    const contenders = await Promise.all([1, 2, 3].map(() => contender(join(folder.path, "history.db"))));
    for (let round = 0; round < 50; round += 1) {
      const taken = await Promise.all(contenders.map((process) => process.ask("go")));
      expect(taken.filter((answer) => answer === "true")).toHaveLength(1);
      await Promise.all(contenders.map((process) => process.ask("free")));
    }
    await Promise.all(contenders.map((process) => process.end()));
  });

  it("of two audits the later one ends with exit 4, and sends nothing", async () => {
    const folder = await temporaryFolder();
    const api = await silentServer();
    const audit = ["audit", `https://127.0.0.1:${api.port}`, "--allow-private", "--db", "history.db"];
    const first = startCli(audit, { home: folder.path });
    onTestFinished(() => void first.process.kill("SIGKILL"));
    await api.connected;
    const before = api.connections();
    const second = await runCli(audit, { home: folder.path });
    expect([second.code, second.stderr]).toEqual([4, expect.stringContaining(`process ${first.process.pid}`)]);
    expect(api.connections() - before).toBeLessThanOrEqual(6); // of the first, which goes on
    first.process.kill("SIGKILL");
    await first.finished;
  });
});

it("a history that another program keeps writing is tried for ten seconds, then exit 5, and nothing is sent", async () => {
  const folder = await temporaryFolder();
  const api = await silentServer();
  const file = join(folder.path, "history.db");
  await runCli(["run", "list", "--db", file], { home: folder.path });
  const holder = runChild(
    `import { openSqliteHistory } from ${JSON.stringify(built("sqlite-history"))};
     import Database from "better-sqlite3";
     await (await openSqliteHistory({ file: process.argv[1] })).close();
     globalThis.db = new Database(process.argv[1]); // kept: a collected one lets go
     globalThis.db.exec("BEGIN IMMEDIATE");
     console.log("held");
     setInterval(() => {}, 1000);`,
    [file],
  );
  await holder.firstLine;
  const { code, stderr } = await runCli(["audit", `https://127.0.0.1:${api.port}`, "--allow-private", "--db", file], { home: folder.path });
  holder.process.kill("SIGKILL");
  await holder.output;
  expect([code, stderr.replace(/\s+/g, " ")]).toEqual([5, expect.stringContaining("is being written by another process")]);
  expect(api.connections()).toBe(0);
}, 120_000);

async function contender(file: string) {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", CONTENDER, "--", file], {
    stdio: ["pipe", "pipe", "inherit"],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, "close");
  expect((await lines.next()).value).toBe("ready");
  return {
    ask: async (word: string): Promise<string> => {
      child.stdin.write(`${word}\n`);
      return (await lines.next()).value;
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/** Accepts connections and never says anything: an audit of it lasts. */
async function silentServer() {
  let connections = 0;
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("error", () => undefined);
  });
  const connected = once(server, "connection");
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, connected, connections: () => connections };
}
