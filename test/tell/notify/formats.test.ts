import { describe, expect, it } from "vitest";
import type { Alert } from "../../../src/model/notification.ts";
import { type Digest, digestOf } from "../../../src/tell/notify/digest.ts";
import { documentOf } from "../../../src/tell/notify/document.ts";
import { mailText } from "../../../src/tell/notify/email.ts";
import { incidentsOf } from "../../../src/tell/notify/incident.ts";
import { pagerdutyBody } from "../../../src/tell/notify/pagerduty.ts";
import { readPayload } from "../../../src/tell/notify/payload.ts";
import { slackBody } from "../../../src/tell/notify/slack.ts";
import { teamsBody } from "../../../src/tell/notify/teams.ts";
import { headingOf, sentencesOf } from "../../../src/tell/notify/text.ts";
import { NOON } from "../../remember/samples.ts";
import { anAlert, HOSTILE } from "./alerts.ts";

const digest = (...alerts: readonly Alert[]) => digestOf(alerts, "digest") as Digest;
const hostile = anAlert(1, { title: HOSTILE, integration: HOSTILE, owner: HOSTILE, rootCause: HOSTILE });
const TEST: Digest = {
  type: "test",
  lines: [],
  more: 0,
  counts: { immediate: 0, digest: 0, newlyDetected: 0, unstable: 0, baseline: 0 },
};
const many = digest(
  ...Array.from({ length: 10_000 }, (_, n) =>
    anAlert(n, { title: "證書過期 &&&&<<<< ".repeat(40), owner: "é".repeat(400), integration: `${n}-${"&".repeat(300)}` }),
  ),
);
/** C0 without the line feeds of a mail's body, C1, bidi controls, tags: nothing of it may be in any message. */
const RANGES = "\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069\\u{e0000}-\\u{e007f}";
const UNPRINTABLE = new RegExp(`[${RANGES}]`, "u");

describe("the words", () => {
  it("say what happened, where, whose it is, whose fault, and by when", () => {
    expect(sentencesOf(digest(anAlert(1, { dueAt: NOON })))).toEqual([
      "high, new: The certificate has expired: acme (owner payments; the provider changed; act by 2026-11-23)",
      "Look closer with: apirisk run show latest",
    ]);
  });

  it("name a root cause with those it hit", () => {
    const alerts = Array.from({ length: 8 }, (_, n) =>
      anAlert(n, { rootCause: "one issuer", integration: `api-${n}`, severity: "critical" }),
    );
    expect(sentencesOf(digest(...alerts))[0]).toBe(
      "critical, new: The certificate has expired, and 7 more with the same cause: api-0, api-1, api-2, api-3, api-4 and 3 more (owner payments; the provider changed)",
    );
  });

  it.each([
    [[anAlert(1, { severity: "critical" }), anAlert(2, { severity: "low" })], "apirisk: 1 to act on now (critical), 1 more change"],
    [[anAlert(1, { severity: "low" }), anAlert(2, { severity: "low" })], "apirisk: 2 changes"],
    [[anAlert(1, { cause: "rules" })], "apirisk: 1 newly detected"],
    [[{ dedupKey: "b", at: NOON, kind: "blind" } as const], "apirisk: 1 to act on now"],
  ])("are summed up in a heading of counts", (alerts, heading) => {
    expect(headingOf(digest(...alerts))).toBe(heading);
  });

  it("say which run saw nothing, because the message may wait for the network", () => {
    expect(sentencesOf(digest({ dedupKey: "b", at: NOON, kind: "blind" }))[0]).toBe(
      `${new Date(NOON).toISOString().slice(0, 19)}Z: a run saw nothing: look at the network of the machine that runs apirisk`,
    );
  });

  it("count what they do not tell", () => {
    const alerts = [
      ...Array.from({ length: 57 }, (_, n) => anAlert(n)),
      anAlert("u", { unstable: true }),
      anAlert("r", { cause: "rules" }),
    ];
    expect(sentencesOf(digest(...alerts)).slice(20)).toEqual([
      "and 37 more",
      "1 newly detected by other rules, tool or configuration: no regression",
      "newly detected: high, new: The certificate has expired: acme (owner payments; our rules changed)",
      "1 unstable, not told one by one",
      "Look closer with: apirisk run show latest",
    ]);
  });
});

describe("Slack", () => {
  it("reads plain text only, with nothing in it that mentions or links", () => {
    const body = slackBody(digest(hostile));
    const { blocks, ...rest } = JSON.parse(body) as { blocks: { type: string; text: { type: string; text: string; emoji: boolean } }[] };
    expect(rest).toEqual({ text: "apirisk: 1 to act on now (high)", mrkdwn: false, unfurl_links: false, unfurl_media: false });
    expect(blocks.map(({ text }) => [text.type, text.emoji])).toEqual(blocks.map(() => ["plain_text", false]));
    const text = blocks.map((block) => block.text.text).join("\n");
    expect(text).not.toMatch(/[<>]|@(channel|here|everyone)/);
    expect(text).toContain("&lt;!channel&gt;");
    expect(text).toContain("&amp;amp;");
    expect(text).not.toMatch(UNPRINTABLE);
  });

  it("takes a section of at most 3,000 characters, and at most 50 blocks", () => {
    const { blocks } = JSON.parse(slackBody(many)) as { blocks: { text: { text: string } }[] };
    expect(Math.max(...blocks.map(({ text }) => text.text.length))).toBeLessThanOrEqual(3000);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks)).toContain("and 9980 more");
  });
});

describe("Teams", () => {
  interface Card {
    readonly attachments: readonly [
      { readonly contentType: string; readonly content: { readonly type: string; readonly body: readonly Block[] } },
    ];
  }
  interface Block {
    readonly type: string;
    readonly text?: string;
    readonly inlines?: readonly [{ readonly type: string; readonly text: string }];
  }

  it("gets one adaptive card whose text from outside is no Markdown", () => {
    const card = JSON.parse(teamsBody(digest(hostile))) as Card;
    const [{ contentType, content }] = card.attachments;
    expect([contentType, content.type]).toEqual(["application/vnd.microsoft.card.adaptive", "AdaptiveCard"]);
    const [heading, ...lines] = content.body;
    expect(heading).toMatchObject({ type: "TextBlock", text: "apirisk: 1 to act on now (high)" });
    expect(lines.map(({ type, inlines }) => [type, inlines?.[0].type])).toEqual(lines.map(() => ["RichTextBlock", "TextRun"]));
    const text = lines.map(({ inlines }) => inlines?.[0].text).join("\n");
    expect(text).not.toMatch(/\{\{|<at>/);
    expect(text).toContain("[click](https://evil.example)");
    expect(text).not.toMatch(UNPRINTABLE);
  });

  it("stays below what a card may weigh, and says what it left out", () => {
    const alerts = Array.from({ length: 60 }, (_, n) =>
      anAlert(n, { rootCause: `cause ${n % 20}`, integration: `${n}${"證".repeat(150)}`, owner: "證".repeat(150) }),
    );
    const heavy = digest(...alerts);
    const body = teamsBody(heavy);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(24 * 1024);
    expect(/\d+ lines left out/.test(body)).toBe(true);
    expect(Buffer.byteLength(teamsBody(many))).toBeLessThanOrEqual(24 * 1024);
  });
});

describe("mail", () => {
  it("has a subject of counts and one line for each thing, whatever its text", () => {
    const { subject, text } = mailText(digest(hostile));
    expect(subject).toBe("apirisk: 1 to act on now (high)");
    expect(text.split("\n").filter((line) => line !== "")).toHaveLength(3);
    expect(text).not.toMatch(UNPRINTABLE);
    expect(text).not.toMatch(/^(Bcc|\.|RCPT)/m);
    expect(
      Math.max(
        ...mailText(many)
          .text.split("\n")
          .map(({ length }) => length),
      ),
    ).toBeLessThan(998);
  });
});

describe("webhooks and commands", () => {
  it("get a document without a URL, a subject, a message or a value", () => {
    expect(JSON.parse(documentOf(digest(anAlert(1, { dueAt: NOON })), { id: "m", createdAt: NOON }))).toEqual({
      schemaVersion: "1.0.0",
      id: "m",
      type: "apirisk.digest",
      timestamp: "2026-11-23T12:00:00Z",
      data: {
        summary: "apirisk: 1 to act on now (high)",
        lines: [
          {
            urgency: "immediate",
            kind: "new",
            severity: "high",
            cause: "target",
            title: "The certificate has expired",
            rule: "certificate/expired",
            owner: "payments",
            dueAt: NOON,
            count: 1,
            integrations: ["acme"],
            integrationCount: 1,
            fingerprints: ["fp-1"],
          },
        ],
        more: 0,
        counts: { immediate: 1, digest: 0, newlyDetected: 0, unstable: 0, baseline: 0 },
      },
    });
  });

  it("get clean text", () => {
    expect(documentOf(digest(hostile), { id: "m", createdAt: NOON })).not.toMatch(UNPRINTABLE);
    expect(documentOf(many, { id: "m", createdAt: NOON }).length).toBeLessThan(64_000);
    expect(JSON.parse(documentOf(TEST, { id: "m", createdAt: NOON }))).toMatchObject({ type: "apirisk.test" });
  });
});

describe("PagerDuty", () => {
  const event = (alert: Alert) => JSON.parse(pagerdutyBody(incidentsOf([alert])[0] as never)) as Record<string, unknown>;

  it("gets an event of the Events API v2, its key the fingerprint", () => {
    expect(event(anAlert(1, { dueAt: NOON }))).toEqual({
      event_action: "trigger",
      dedup_key: "fp-1",
      client: "apirisk",
      payload: {
        summary: "high, new: The certificate has expired: acme",
        source: "acme",
        severity: "error",
        timestamp: "2026-11-23T12:00:00Z",
        class: "new",
        component: "certificate/expired",
        group: "payments",
        custom_details: { severity: "high", cause: "target", due_at: "2026-11-23T12:00:00Z" },
      },
    });
    expect(event(anAlert(1, { severity: "critical" }))).toMatchObject({ payload: { severity: "critical" } });
    expect(event(anAlert(1, { kind: "resolved" }))).toEqual({ event_action: "resolve", dedup_key: "fp-1" });
  });

  it("gets clean text within its limits", () => {
    const body = pagerdutyBody(incidentsOf([hostile])[0] as never);
    expect(body).not.toMatch(UNPRINTABLE);
    const { payload } = JSON.parse(body) as { payload: { summary: string } };
    expect(payload.summary.length).toBeLessThanOrEqual(1024);
  });
});

it.each(["", "{", "null", "[]", '{"as":"digest"}', '{"as":"incident","incident":{}}', '{"as":"poem"}'])("%j is no payload", (text) => {
  expect(readPayload(text)).toBeUndefined();
});
