import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HistoryStore } from "../../../src/model/history-store.ts";
import { DAY, MINUTE } from "../../../src/model/instant.ts";
import type { Alert, NewMessage } from "../../../src/model/notification.ts";
import { aCommit, aRun, NOON, theEnd, ulid } from "../samples.ts";
import type { HistoryPlace } from "./conformance.ts";

/** What every HistoryStore keeps to when it has something to tell. */
export function describeOutbox(name: string, makePlace: () => Promise<HistoryPlace>): void {
  describe(`${name} as an outbox`, () => {
    let place: HistoryPlace;
    let store: HistoryStore;
    beforeEach(async () => {
      place = await makePlace();
      store = await place.open(() => NOON);
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const keys = async () => (await store.pendingAlerts()).map(({ dedupKey }) => dedupKey);
    const dueIds = async (now = NOON) => (await store.dueMessages(now)).map(({ id }) => id);
    const pending = async (...alerts: readonly Alert[]) => {
      await store.beginRun(aRun(1));
      await store.commitAudit(aCommit(1, { alerts }));
    };

    it("takes the alerts of an audit and of a run's end with them, once", async () => {
      await pending(anAlert("a:new:0", { title: "t", severity: "high", unstable: true, dueAt: NOON }), anAlert("a:new:0"));
      await store.commitAudit(aCommit(1, { alerts: [anAlert("late")] }));
      const blind = anAlert("blind", { kind: "blind" });
      await store.finishRun(ulid(1), { ...theEnd(1), alerts: [blind] });
      await store.finishRun(ulid(1), { ...theEnd(1), alerts: [blind] });
      expect(await store.pendingAlerts()).toEqual([
        anAlert("a:new:0", { title: "t", severity: "high", unstable: true, dueAt: NOON }),
        blind,
      ]);
    });

    it("knows a key that was digested long ago", async () => {
      await pending(anAlert("a"));
      await store.queueMessages(["a"], [], NOON);
      await store.beginRun(aRun(2));
      await store.commitAudit(aCommit(2, { alerts: [anAlert("a"), anAlert("b")] }));
      expect(await keys()).toEqual(["b"]);
    });

    it("keeps no alert of an audit that could not be committed", async () => {
      await expect(store.commitAudit(aCommit(7, { alerts: [anAlert("a")] }))).rejects.toMatchObject({ kind: "bug" });
      expect(await keys()).toEqual([]);
    });

    it("queues messages in one step with the alerts that they tell", async () => {
      await pending(anAlert("a"), anAlert("b"), anAlert("c"));
      expect(await store.queueMessages(["a", "b"], [aMessage("m1"), aMessage("m2", { channel: "mail" })], NOON)).toBe(true);
      expect(await keys()).toEqual(["c"]);
      expect(await store.dueMessages(NOON)).toEqual([
        { ...aMessage("m1"), attempts: 0, nextAt: NOON },
        { ...aMessage("m2", { channel: "mail" }), attempts: 0, nextAt: NOON },
      ]);
      expect(await dueIds(NOON - 1)).toEqual([]);
    });

    it("queues nothing when one of the alerts was taken already", async () => {
      await pending(anAlert("a"), anAlert("b"));
      await store.queueMessages(["a"], [aMessage("m1")], NOON);
      expect(await store.queueMessages(["a", "b"], [aMessage("m2")], NOON)).toBe(false);
      expect(await keys()).toEqual(["b"]);
      expect(await dueIds()).toEqual(["m1"]);
    });

    it("leaves nothing of a queueing that failed half-way", async () => {
      await pending(anAlert("a"));
      const sameId = [aMessage("m1"), aMessage("m1", { dedupKey: "other" })];
      await expect(store.queueMessages(["a"], sameId, NOON)).rejects.toMatchObject({ kind: "bug" });
      expect([await keys(), await dueIds()]).toEqual([["a"], []]);
    });

    it("has a dedup key once per channel, also after it was sent", async () => {
      await store.queueMessages([], [aMessage("m1", { dedupKey: "k" })], NOON);
      await store.messageSent("m1", NOON);
      const again = [aMessage("m2", { dedupKey: "k" }), aMessage("m3", { dedupKey: "k", channel: "mail" })];
      await store.queueMessages([], again, NOON);
      expect(await dueIds()).toEqual(["m3"]);
    });

    it("gives a message again until it is marked, with the same id", async () => {
      await store.queueMessages([], [aMessage("m1")], NOON);
      expect(await dueIds()).toEqual(["m1"]);
      const other = await place.open();
      expect((await other.dueMessages(NOON)).map(({ id }) => id)).toEqual(["m1"]);
      await other.close();
      await store.messageSent("m1", NOON);
      expect(await dueIds(NOON + DAY)).toEqual([]);
    });

    it("counts attempts, waits as told, and gives up", async () => {
      await store.queueMessages([], [aMessage("m1")], NOON);
      await store.messageFailed("m1", NOON, "connect_timeout", NOON + MINUTE);
      expect(await dueIds(NOON + MINUTE - 1)).toEqual([]);
      expect(await store.dueMessages(NOON + MINUTE)).toEqual([
        { ...aMessage("m1"), attempts: 1, nextAt: NOON + MINUTE, lastProblem: "connect_timeout" },
      ]);
      await store.messageFailed("m1", NOON + MINUTE, "http_503", "dead");
      await store.messageSent("m1", NOON + DAY);
      expect(await dueIds(NOON + DAY)).toEqual([]);
      expect((await store.deliveryStats(NOON)).channels).toEqual([
        { channel: "slack", waiting: 0, sent: 0, dead: 1, lastProblem: "http_503" },
      ]);
    });

    it("refuses text where a code belongs", async () => {
      await store.queueMessages([], [aMessage("m1")], NOON);
      const text = "500 <b>secret</b>" as "http_500";
      await expect(store.messageFailed("m1", NOON, text, NOON)).rejects.toMatchObject({ kind: "bug" });
    });

    it("replaces what waits in a thread, and nothing else", async () => {
      const trigger = aMessage("m1", { thread: "t" });
      await store.queueMessages([], [trigger, aMessage("m2", { thread: "other" }), aMessage("m3"), { ...trigger, ...ofMail("m4") }], NOON);
      await store.queueMessages([], [aMessage("m5", { thread: "t" })], NOON + 1);
      expect(await dueIds(NOON + 1)).toEqual(["m2", "m3", "m4", "m5"]);
      expect((await store.deliveryStats(0)).channels.map(({ dead }) => dead)).toEqual([0, 0]);
      await store.queueMessages([], [aMessage("m6", { thread: "t", dedupKey: "dedup-m5" })], NOON + 2);
      expect(await dueIds(NOON + 2)).toEqual(["m2", "m3", "m4", "m5"]);
    });

    it("sums up per channel since an instant", async () => {
      await pending(anAlert("a"));
      expect(await store.deliveryStats(0)).toEqual({ pendingAlerts: 1, channels: [] });
      const at = (n: number) => NOON + n * DAY;
      await store.queueMessages([], [aMessage("m1"), aMessage("m2"), aMessage("m3", { createdAt: NOON - 5 }), aMessage("m4")], NOON);
      await store.messageSent("m1", at(1));
      await store.messageSent("m2", at(3));
      await store.messageFailed("m3", at(3), "http_500", at(4));
      await store.messageFailed("m4", at(1), "redirected", "dead");
      expect(await store.deliveryStats(at(2))).toEqual({
        pendingAlerts: 1,
        channels: [
          { channel: "slack", waiting: 1, oldestWaitingAt: NOON - 5, sent: 1, dead: 0, lastSentAt: at(3), lastProblem: "redirected" },
        ],
      });
    });
  });
}

function anAlert(dedupKey: string, over: Partial<Alert> = {}): Alert {
  return { dedupKey, at: NOON, kind: "new", ...over };
}

function aMessage(id: string, over: Partial<NewMessage> = {}): NewMessage {
  return { id, channel: "slack", dedupKey: `dedup-${id}`, payload: `{"of":"${id}"}`, createdAt: NOON, ...over };
}

function ofMail(id: string): Pick<NewMessage, "id" | "channel"> {
  return { id, channel: "mail" };
}
