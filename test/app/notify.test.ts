import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliverNotifications } from "../../src/app/notify.ts";
import type { NotifyPorts } from "../../src/app/send-message.ts";
import type { Channel } from "../../src/local/notify-config.ts";
import { type HistoryStore, StoreFailure } from "../../src/model/history-store.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Alert } from "../../src/model/notification.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { aCommit, aRun, NOON, theEnd, ulid } from "../remember/samples.ts";
import { sqlitePlace } from "../remember/store/sqlite-place.ts";
import { anAlert } from "../tell/notify/alerts.ts";
import { type HeardPost, notifyPorts, patientClock, receiver } from "./receivers.ts";

const CANARIES = ["c4n4ry-path-0123456789", "c4n4ry-query-0123456789", "c4n4ry-signing-key-0123456789abcdef", "c4n4ry-routing-0123456789"];
const [PATH = "", QUERY = "", SIGNING = "", ROUTING = ""] = CANARIES;
const common = { mode: "digest", allowPrivate: true } as const;
const slack: Channel = { ...common, id: "ops", type: "slack", url: "env:SLACK" };
const webhook: Channel = { ...common, id: "hook", type: "webhook", url: "env:HOOK", signingKeys: ["env:SIGNING"] };
const pager: Channel = { ...common, id: "pager", type: "pagerduty", routingKey: "env:ROUTING", region: "us", url: "env:PAGER" };

let place: Awaited<ReturnType<typeof sqlitePlace>>;
let history: HistoryStore;
let time: ReturnType<typeof patientClock>;
let runs = 0;
beforeEach(async () => {
  place = await sqlitePlace();
  history = await place.open();
  time = patientClock(NOON);
  runs = 0;
});
afterEach(async () => {
  await history.close();
  await place.remove();
});

/** A run that committed these alerts and ended. */
async function run(...alerts: readonly Alert[]): Promise<void> {
  runs += 1;
  await history.beginRun(aRun(runs));
  await history.commitAudit(aCommit(runs, { alerts }));
  await history.finishRun(ulid(runs), theEnd(runs));
}

function deliver(channels: readonly Channel[], origin: string, over: Partial<NotifyPorts> = {}, signal = new AbortController().signal) {
  const env = {
    SLACK: `${origin}/slack/${PATH}`,
    HOOK: `${origin}/hook?sig=${QUERY}`,
    PAGER: `${origin}/pager`,
    SIGNING,
    ROUTING,
  };
  return deliverNotifications(history, channels, { ...notifyPorts(env, time.pause), ...over }, time.clock, signal);
}

const idsOf = (heard: readonly HeardPost[]) => heard.map(({ headers }) => headers["webhook-id"]);

describe("delivering", () => {
  it("tells every channel once, in one message", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1), anAlert(2, { severity: "low" }));
    expect(await deliver([slack, webhook], origin)).toEqual({ queued: 2, sent: 2, failed: 0, dead: 0, notices: [] });
    expect(heard.map(({ path }) => path).sort()).toEqual([`/hook?sig=${QUERY}`, `/slack/${PATH}`]);
    expect(await deliver([slack, webhook], origin)).toEqual({ queued: 0, sent: 0, failed: 0, dead: 0, notices: [] });
    expect(heard).toHaveLength(2);
  });

  it("tells nobody where there is no channel, and does not keep it for one that comes later", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1));
    await deliver([], origin);
    await deliver([slack], origin);
    expect(heard).toEqual([]);
  });

  it("tries again within the run where a receiver hiccups, under the same id", async () => {
    const { heard, origin } = await receiver((count) => (count < 3 ? 503 : 200));
    await run(anAlert(1));
    expect(await deliver([webhook], origin)).toMatchObject({ sent: 1, failed: 0, notices: [] });
    expect(new Set(idsOf(heard)).size).toBe(1);
    expect(heard).toHaveLength(3);
  });

  it("leaves a receiver that is down to the next run, and gives up after five days", async () => {
    let status = 503;
    const { heard, origin } = await receiver(() => status);
    await run(anAlert(1));
    const down = await deliver([webhook], origin);
    expect(down).toMatchObject({ sent: 0, failed: 1, dead: 0 });
    expect(down.notices).toEqual([
      "The channel hook was not told: it answered HTTP 503. What to do: nothing, unless it lasts. The message is kept and tried again.",
    ]);
    expect(heard.length).toBeLessThanOrEqual(4);
    time.advance(DAY);
    status = 200;
    expect(await deliver([webhook], origin)).toMatchObject({ sent: 1, failed: 0 });

    status = 500;
    await run(anAlert(2));
    await deliver([webhook], origin);
    time.advance(5 * DAY);
    expect(await deliver([webhook], origin), "a clock that jumps makes nothing old").toMatchObject({ failed: 1, dead: 0 });
    time.advance(DAY);
    const given = await deliver([webhook], origin);
    expect(given).toMatchObject({
      sent: 0,
      failed: 0,
      dead: 1,
      notices: ["The channel hook will not be told of one message: it answered HTTP 500."],
    });
    const before = heard.length;
    time.advance(DAY);
    await deliver([webhook], origin);
    expect(heard).toHaveLength(before);
  });

  it("lets no receiver hold up another", async () => {
    const bad = await receiver(() => 500);
    const good = await receiver();
    await run(anAlert(1));
    const env = { BAD: bad.origin, GOOD: good.origin };
    const channels: Channel[] = [
      { ...slack, id: "bad", url: "env:BAD" },
      { ...slack, id: "good", url: "env:GOOD" },
    ];
    const result = await deliverNotifications(history, channels, notifyPorts(env, time.pause), time.clock, new AbortController().signal);
    expect(result).toMatchObject({ sent: 1, failed: 1 });
    expect(good.heard).toHaveLength(1);
  });

  it("sends nothing more to a channel in the same breath when the channel is the trouble", async () => {
    const { heard, origin } = await receiver(() => 403);
    await run(...Array.from({ length: 10 }, (_, n) => anAlert(n, { severity: "high" })));
    await deliver([pager], origin);
    expect(heard.length).toBeLessThan(10);
  });

  it("goes on behind a message that its receiver does not understand", async () => {
    const { heard, origin } = await receiver((_count, { body }) => (body.includes("fp-0") ? 400 : 202));
    await run(anAlert(0), anAlert(1), anAlert(2));
    expect(await deliver([pager], origin)).toMatchObject({ sent: 2, failed: 1 });
    expect(heard.filter(({ body }) => body.includes("fp-2"))).toHaveLength(1);
  });

  it("waits as long as a receiver asks for, within a day", async () => {
    await run(anAlert(1));
    const delivery = {
      post: async () => ({ ok: true, value: { status: 429, retryAfterSeconds: 999_999 } }) as const,
      mail: () => expect.unreachable(),
    };
    await deliver([slack], "http://127.0.0.1:1", { delivery });
    expect(await history.dueMessages(NOON + DAY - 1)).toEqual([]);
    expect(await history.dueMessages(NOON + DAY)).toMatchObject([{ attempts: 1, lastProblem: "http_429" }]);
  });

  it.each([
    ["a secret that is not there", { ...slack, url: "env:GONE" }, /a secret that it needs could not be read.*: env:GONE/],
    ["a signing key that is not there", { ...webhook, signingKeys: ["env:GONE"] }, /a secret that it needs could not be read.*, env:GONE/],
    ["a private receiver without permission", { ...slack, allowPrivate: false }, /say "allowPrivate": true/],
    ["a command that fails", { ...common, id: "cmd", type: "command", argv: ["/nonexistent"] }, /the command failed/],
  ] as const)("says what to do about %s", async (_what, channel, words) => {
    const { heard, origin } = await receiver();
    await run(anAlert(1));
    const result = await deliver([channel as Channel], origin);
    expect(result).toMatchObject({ sent: 0, failed: 1 });
    expect(result.notices.join()).toMatch(words);
    expect(heard).toEqual([]);
  });

  it("keeps the messages of a channel that notify.json has no longer", async () => {
    const { heard, origin } = await receiver(() => 500);
    await run(anAlert(1));
    await deliver([slack], origin);
    time.advance(DAY);
    const result = await deliver([], origin);
    expect(result.notices.join()).toContain("notify.json has it no longer");
    expect(heard.length).toBeGreaterThan(0);
    expect((await history.deliveryStats(0)).channels).toMatchObject([{ waiting: 1, lastProblem: "channel_missing" }]);
  });

  it("gives a command the document on its standard input, and nothing in its arguments", async () => {
    await run(anAlert(1));
    const script =
      "let t='';process.stdin.on('data',(c)=>t+=c).on('end',()=>process.exit(JSON.parse(t).data.lines[0].title&&process.argv.length===1&&!process.env.PATH?0:1))";
    const command: Channel = { ...common, id: "cmd", type: "command", argv: [process.execPath, "-e", script] };
    expect(await deliver([command], "http://127.0.0.1:1")).toMatchObject({ sent: 1 });
  });

  it("closes an incident and does not open it afterwards, although the opening waited", async () => {
    let up = false;
    const { heard, origin } = await receiver(() => (up ? 202 : 503));
    await run(anAlert(1));
    await deliver([pager], origin);
    up = true;
    time.advance(DAY);
    await run(anAlert(1, { kind: "resolved", dedupKey: "fp-1:resolved:0" }));
    expect(await deliver([pager], origin)).toMatchObject({ sent: 1 });
    time.advance(DAY);
    await deliver([pager], origin);
    const accepted = heard.slice(-1).map(({ body }) => (JSON.parse(body) as { event_action: string }).event_action);
    expect(accepted).toEqual(["resolve"]);
    expect(heard.filter(({ body }) => body.includes("resolve"))).toHaveLength(1);
  });

  it("sends what is more than one call of the store gives", async () => {
    const { heard, origin } = await receiver();
    await run(...Array.from({ length: 7 }, (_, n) => anAlert(n, { kind: "resolved" })));
    const inPages: HistoryStore = { ...history, dueMessages: async (now) => (await history.dueMessages(now)).slice(0, 3) };
    const ports = notifyPorts({ PAGER: origin, ROUTING }, time.pause);
    expect(await deliverNotifications(inPages, [pager], ports, time.clock, new AbortController().signal)).toMatchObject({
      queued: 7,
      sent: 7,
    });
    expect(heard).toHaveLength(7);
  });
});

describe("a run that is ended from outside", () => {
  it("counts no attempt that it broke off itself", async () => {
    const interrupt = new AbortController();
    const { origin } = await receiver(() => {
      interrupt.abort();
      return 503;
    });
    await run(anAlert(1));
    expect(await deliver([slack], origin, {}, interrupt.signal)).toMatchObject({ sent: 0 });
    expect((await history.dueMessages(time.clock.now())).map(({ attempts }) => attempts)).toEqual([0]);
  });

  it("sends nothing when it was over before", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1));
    expect(await deliver([slack], origin, {}, AbortSignal.abort())).toMatchObject({ queued: 1, sent: 0 });
    expect(heard).toEqual([]);
  });

  it("killed between the state's commit and the digest: the next run tells it, under one key", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1));
    await history.close();
    history = await place.open();
    await run(anAlert(1), anAlert(2));
    expect(await deliver([webhook], origin)).toMatchObject({ queued: 1, sent: 1 });
    const document = JSON.parse(heard[0]?.body ?? "") as { data: { lines: { fingerprints: string[] }[] } };
    expect(document.data.lines.flatMap(({ fingerprints }) => fingerprints)).toEqual(["fp-1", "fp-2"]);
    await deliver([webhook], origin);
    expect(heard).toHaveLength(1);
  });

  it("killed after sending and before marking: the receiver sees the same id again", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1));
    const dying: HistoryStore = { ...history, messageSent: () => Promise.reject(new StoreFailure("bug", "killed", "-")) };
    const ports = notifyPorts({ HOOK: origin, SIGNING }, time.pause);
    const killed = await deliverNotifications(dying, [webhook], ports, time.clock, new AbortController().signal);
    expect(killed.notices).toEqual(["Notifications wait, because the outbox could not be used. killed -"]);
    expect(await deliverNotifications(history, [webhook], ports, time.clock, new AbortController().signal)).toMatchObject({ sent: 1 });
    expect(heard).toHaveLength(2);
    expect(new Set(idsOf(heard)).size).toBe(1);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
  });

  it("two that digest at the same time tell it once", async () => {
    const { heard, origin } = await receiver();
    await run(anAlert(1), anAlert(2));
    const other = await place.open();
    const ports = notifyPorts({ HOOK: origin, SIGNING }, time.pause);
    await Promise.all(
      [history, other].map((store) => deliverNotifications(store, [webhook], ports, time.clock, new AbortController().signal)),
    );
    expect(new Set(idsOf(heard)).size).toBe(1);
    await other.close();
  });
});

it("no secret is in a byte of the database, in a result, or in what another channel is sent", async () => {
  const { heard, origin } = await receiver((count) => (count % 2 === 0 ? 500 : 200));
  await run(anAlert(1), anAlert(2, { severity: "low" }));
  const result = await deliver([slack, webhook, pager], origin);
  await run(anAlert(3));
  const again = await deliver([slack, webhook, pager], origin);
  expect(heard.length).toBeGreaterThan(3);
  expect(canariesIn(JSON.stringify(heard.map(({ path, body }) => [path, body])), CANARIES).length).toBeGreaterThan(0); // They really travelled.
  expect(
    canariesIn(JSON.stringify([result, again, await history.dueMessages(NOON + 9 * DAY), await history.deliveryStats(0)]), CANARIES),
  ).toEqual([]);
  for (const { path, body } of heard.filter((post) => post.path.startsWith("/slack"))) {
    expect(canariesIn(path + body, [QUERY, SIGNING, ROUTING])).toEqual([]);
  }
  for (const name of await readdir(place.folder)) {
    expect([name, canariesIn(await readFile(join(place.folder, name)), CANARIES)]).toEqual([name, []]);
  }
});
