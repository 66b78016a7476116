import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import { startApi } from "../../../src/demo/servers.ts";
import { canariesIn } from "./canary.ts";
import { exchange, get } from "./client.ts";
import { type RelayClock, startRelay } from "./relay.js";
import { runCli, startCli } from "./run-cli.ts";
import { temporaryFolder } from "./temporary-folder.ts";

describe("the relay", () => {
  test("passes a whole conversation on and counts it", async () => {
    const authority = createAuthority();
    const api = await startApi({ authority, now: new Date() });
    onTestFinished(() => api.close());
    const relay = await startRelay({ host: api.host, port: api.port });
    onTestFinished(() => relay.close());
    const headers = { "x-api-key": "clean-demo-key-4tXw8QmZr2LcVb7NsKjD" };
    const answer = await get(`https://127.0.0.1:${relay.port}/v1/orders`, { ca: authority.certificatePem, headers });
    expect(answer).toMatchObject({ status: 200, trusted: true });
    const { connections, bytesUp, bytesDown } = relay.counts();
    expect(connections).toBe(1);
    expect(api.counts().connections).toBe(1);
    expect(bytesUp).toBeGreaterThan(200);
    expect(bytesDown).toBeGreaterThan(answer.body.length);
  });

  test("counts bytes exactly, and lets both ends speak until each has ended", async () => {
    const relay = await relayTo((bytes) => Buffer.concat([bytes, bytes]));
    expect(await exchange(relay.port, Buffer.from("abc"))).toEqual({ received: Buffer.from("abcabc"), end: "FIN" });
    expect(relay.counts()).toEqual({ connections: 1, bytesUp: 3, bytesDown: 6 });
  });

  test("passes a reset on", async () => {
    const relay = await relayTo(() => "reset");
    expect((await exchange(relay.port, Buffer.from("abc"))).end).toBe("ECONNRESET");
  });

  test("a provider that refuses is a reset", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const relay = await startRelay({ host: "127.0.0.1", port });
    onTestFinished(() => relay.close());
    expect((await exchange(relay.port, Buffer.from("abc"))).end).toBe("ECONNRESET");
  });

  test("holds bytes back for the round trip: one and a half up for the first, half for the answer", async () => {
    const clock = manualClock();
    const relay = await relayTo((bytes) => bytes, { roundTripMs: 40, clock });
    const answer = exchange(relay.port, Buffer.from("abc"));
    expect(await clock.nextWait()).toBe(60);
    clock.advance(60);
    expect(await clock.nextWait()).toBe(20);
    clock.letGo();
    expect((await answer).received).toEqual(Buffer.from("abc"));
  });

  async function relayTo(reply: (bytes: Buffer) => Buffer | "reset", options = {}) {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", (bytes) => {
        const answer = reply(bytes);
        if (answer === "reset") socket.resetAndDestroy();
        else socket.end(answer);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const relay = await startRelay({ host: "127.0.0.1", port: (server.address() as AddressInfo).port }, options);
    onTestFinished(async () => {
      await relay.close();
      await new Promise((resolve) => server.close(resolve));
    });
    return relay;
  }
});

describe("canaries", () => {
  const canary = "s3cret/??ue~1234";

  test.each([
    ["plain", `x${canary}y`, "plain"],
    ["in a URL", `?key=${encodeURIComponent(canary)}`, "URL"],
    ["in hex", Buffer.from(canary).toString("hex"), "hex"],
    ["in HEX", Buffer.from(canary).toString("hex").toUpperCase(), "upper-case hex"],
    ["in base64", Buffer.from(canary).toString("base64"), "base64"],
    ["in base64, one byte in", Buffer.from(`:${canary}`).toString("base64"), "base64"],
    ["in base64, two bytes in", Buffer.from(`u:${canary} and more`).toString("base64"), "base64"],
    ["in base64url", Buffer.from(`a:b${canary}`).toString("base64url"), "base64url"],
  ])("are seen %s", (_name, text, form) => {
    expect(canariesIn(Buffer.from(text), ["another-canary", canary]).map((sighting) => sighting.canary)).toContain(canary);
    expect(canariesIn(text, [canary]).map((sighting) => sighting.form)).toContain(form);
  });

  test("are not seen where they are not", () => {
    expect(canariesIn(Buffer.from("s3cret/??ue~123"), [canary])).toEqual([]);
  });
});

describe("the program as a process", () => {
  test("answers with its output and exit code, in a home of its own", async () => {
    const folder = await temporaryFolder();
    const { code, signal, stdout, stderr } = await runCli(["--version"], { home: folder.path });
    expect({ code, signal, stderr }).toEqual({ code: 0, signal: undefined, stderr: "" });
    expect(stdout).toMatch(/^apirisk\/\d+\.\d+\.\d+ /);
  });

  test("can be killed", async () => {
    const folder = await temporaryFolder();
    const running = startCli(["--version"], { home: folder.path });
    running.process.kill("SIGKILL");
    expect(await running.finished).toMatchObject({ code: undefined, signal: "SIGKILL" });
  });
});

test("a temporary folder gives back what was written, privately", async () => {
  const folder = await temporaryFolder();
  const file = await folder.write("a.txt", "text");
  expect(await folder.contents()).toEqual(new Map([[file, Buffer.from("text")]]));
});

/** A clock that stands still until it is moved, or let go: then nothing waits any more. */
function manualClock(): RelayClock & { advance(milliseconds: number): void; letGo(): void; nextWait(): Promise<number> } {
  let now = 0;
  let free = false;
  const timers: { due: number; run: () => void }[] = [];
  const asked: number[] = [];
  let notify: (() => void) | undefined;
  const advance = (milliseconds: number) => {
    now += milliseconds;
    const due = timers.filter((timer) => timer.due <= now);
    for (const timer of due) timers.splice(timers.indexOf(timer), 1);
    for (const timer of due) timer.run();
  };
  return {
    now: () => now,
    after: (milliseconds, run) => {
      timers.push({ due: now + milliseconds, run });
      asked.push(milliseconds);
      notify?.();
      if (free) setImmediate(advance, milliseconds);
    },
    advance,
    letGo: () => {
      free = true;
      advance(Math.max(0, ...timers.map(({ due }) => due - now)));
    },
    nextWait: async () => {
      while (asked.length === 0) {
        await new Promise<void>((resolve) => {
          notify = resolve;
        });
      }
      return asked.shift() ?? 0;
    },
  };
}
