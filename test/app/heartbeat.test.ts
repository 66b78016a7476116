import { describe, expect, it } from "vitest";
import { startHeartbeat } from "../../src/app/heartbeat.ts";
import { NOON } from "../remember/samples.ts";
import { notifyPorts, patientClock, receiver } from "./receivers.ts";

const config = { url: "env:HC", allowPrivate: true };
const beating = (origin: string, pause = patientClock(NOON).pause) =>
  startHeartbeat(config, notifyPorts({ HC: `${origin}/ping/c4n4ry-0123456789` }, pause));

describe("a heartbeat", () => {
  it("says that a run began and how it ended, as one pair", async () => {
    const { heard, origin } = await receiver();
    expect(await beating(origin).finish(1, { audited: 12, regressions: 3 })).toEqual([]);
    const [start, end] = heard.map(({ path }) => new URL(path, origin));
    expect([start?.pathname, end?.pathname]).toEqual(["/ping/c4n4ry-0123456789/start", "/ping/c4n4ry-0123456789/1"]);
    expect(start?.searchParams.get("rid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(end?.searchParams.get("rid")).toBe(start?.searchParams.get("rid"));
    expect(heard.map(({ body }) => body)).toEqual(["", '{"audited":12,"regressions":3}']);
  });

  it("is not there without a configuration", async () => {
    const { pause } = patientClock(NOON);
    expect(await startHeartbeat(undefined, notifyPorts({}, pause)).finish(0, {})).toEqual([]);
  });

  it("tries three times, and then only says so", async () => {
    const { heard, origin } = await receiver(() => 503);
    const notices = await beating(origin).finish(0, {});
    expect(heard).toHaveLength(6);
    expect(notices).toEqual(["The heartbeat did not arrive: it answered HTTP 503. What to do: nothing, unless it lasts."]);
  });

  it("arrives at the second try", async () => {
    const { heard, origin } = await receiver((count) => (count === 2 ? 500 : 200));
    expect(await beating(origin).finish(0, {})).toEqual([]);
    expect(heard).toHaveLength(3);
  });

  it("follows no redirect, and says so", async () => {
    const { heard, origin } = await receiver(() => 302);
    expect((await beating(origin).finish(0, {})).join()).toMatch(/redirects, which is not followed/);
    expect(heard).toHaveLength(2);
  });

  it("is not repeated to a receiver that does not know it", async () => {
    const { heard, origin } = await receiver(() => 404);
    const notices = await beating(origin).finish(0, {});
    expect(heard).toHaveLength(2);
    expect(notices.join()).not.toContain("c4n4ry");
  });

  it("fails quietly where nobody listens or the secret is missing", async () => {
    const { pause } = patientClock(NOON);
    expect((await beating("http://127.0.0.1:1").finish(0, {})).join()).toMatch(/refused the connection/);
    expect((await startHeartbeat(config, notifyPorts({}, pause)).finish(0, {})).join()).toMatch(/env:HC is not set/);
  });
});
