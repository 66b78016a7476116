import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFilePort } from "../../src/local/files.ts";
import { readNotifyConfig } from "../../src/local/notify-config.ts";
import { CHANNEL_TYPES } from "../../src/model/notification.ts";

const CANARY = "c4n4ry0123456789";
const SLACK = { id: "ops", type: "slack", url: "env:SLACK_URL" };
const MAIL = {
  id: "mail",
  type: "email",
  host: "smtp.acme.example",
  port: 587,
  security: "starttls",
  from: "a@acme.example",
  to: ["b@acme.example"],
};
let root: string;
let file: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "apirisk-notify-"));
  file = join(root, "notify.json");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const read = (named = false) => readNotifyConfig(createFilePort(), file, named);
async function detailsOf(content: unknown): Promise<readonly string[]> {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content), { mode: 0o600 });
  const result = await read();
  return result.ok ? [] : result.error.details;
}
const channel = (over: object, base: object = SLACK) => ({ version: 1, channels: [{ ...base, ...over }] });

describe("notify.json", () => {
  it("need not be there, unless it was named", async () => {
    expect(await read()).toEqual({ ok: true, value: { channels: [] } });
    expect(await read(true)).toMatchObject({ ok: false, error: { details: [`${file} does not exist`] } });
  });

  it("has a channel of each type, and defaults", async () => {
    const channels = [
      SLACK,
      {
        id: "teams",
        type: "teams",
        url: "file:teams.url",
        mode: "immediate",
        minSeverity: "high",
        owner: "payments",
        kinds: ["new", "blind"],
      },
      { ...MAIL, user: "apirisk", password: "env:SMTP_PASSWORD" },
      { id: "hook", type: "webhook", url: "env:HOOK", signingKeys: ["env:NEW", "env:OLD"], allowPrivate: true },
      { id: "pager", type: "pagerduty", routingKey: "env:PD" },
      { id: "cmd", type: "command", argv: ["/usr/local/bin/tell", "--now"] },
    ];
    writeFileSync(file, JSON.stringify({ version: 1, channels, heartbeat: { url: "env:HC" } }), { mode: 0o600 });
    const defaults = { mode: "digest", allowPrivate: false };
    expect(await read()).toEqual({
      ok: true,
      value: {
        version: 1,
        channels: channels.map((each) => ({ ...defaults, ...(each.type === "pagerduty" ? { region: "us" } : {}), ...each })),
        heartbeat: { url: "env:HC", allowPrivate: false },
      },
    });
  });

  it("is as docs/notifications.md shows it", async () => {
    const [example = ""] = /(?<=```json\n)[^`]+/.exec(readFileSync("docs/notifications.md", "utf8")) ?? [];
    expect(JSON.parse(example)).toMatchObject({ channels: CHANNEL_TYPES.map((type) => ({ type })) });
    expect(await detailsOf(example)).toEqual([]);
  });

  it.each([
    [
      "a literal URL",
      channel({ url: `https://hooks.example/${CANARY}` }),
      "channels[0].url: expected a reference such as env:NAME or file:PATH, never the secret itself",
    ],
    [
      "a key as text",
      channel({ type: "pagerduty", routingKey: CANARY, url: "env:X" }),
      "channels[0].routingKey: expected a reference such as env:NAME or file:PATH, never the secret itself",
    ],
    [
      "an exec: reference",
      channel({ url: "exec:cat x" }),
      "channels[0].url: expected a reference such as env:NAME or file:PATH, never the secret itself",
    ],
    ["a mistyped key", channel({ minSeverty: "high" }), 'channels[0]: unknown key "minSeverty", did you mean "minSeverity"?'],
    ["a key that may be a secret", channel({ [CANARY]: 1 }), "channels[0]: an unknown key"],
    [
      "another type",
      channel({ type: CANARY }),
      "channels[0].type: expected a channel type: one of slack, teams, email, webhook, pagerduty, command",
    ],
    ["another severity", channel({ minSeverity: CANARY }), "channels[0].minSeverity: expected one of critical, high, medium, low, info"],
    ["a name twice", { version: 1, channels: [SLACK, SLACK] }, "channels[1].id: expected a name that no other channel has"],
    ["a name of other characters", channel({ id: CANARY.toUpperCase() }), "channels[0].id: expected a name of a-z, 0-9 and -, at most 40"],
    ["no signing key", channel({ type: "webhook", signingKeys: [] }), "channels[0].signingKeys: expected another value"],
    [
      "three signing keys",
      channel({ type: "webhook", signingKeys: ["env:A", "env:B", "env:C"] }),
      "channels[0].signingKeys: expected another value",
    ],
    ["a command line as text", channel({ type: "command", argv: CANARY, url: undefined }), "channels[0].argv: expected a list"],
    [
      "a recipient with a line break",
      channel({ to: [`b@acme.example\r\nBcc: ${CANARY}@x.example`] }, MAIL),
      "channels[0].to[0]: expected one bare mail address such as ops@acme.example",
    ],
    [
      "a sender with a name",
      channel({ from: `"${CANARY}" <a@acme.example>` }, MAIL),
      "channels[0].from: expected one bare mail address such as ops@acme.example",
    ],
    ["a user without a password", channel({ user: "u" }, MAIL), "channels[0].password: expected user and password together, or neither"],
    [
      "clear text to the outside",
      channel({ security: "none" }, MAIL),
      'channels[0].security: expected tls or starttls; none only with "allowPrivate": true',
    ],
    [
      "a password in clear text",
      channel({ security: "none", allowPrivate: true, user: "u", password: "env:P" }, MAIL),
      "channels[0].security: expected tls or starttls where there is a password",
    ],
    [
      "a heartbeat without a reference",
      { version: 1, heartbeat: { url: `https://hc.example/${CANARY}` } },
      "heartbeat.url: expected a reference such as env:NAME or file:PATH, never the secret itself",
    ],
    ["another version", { version: 2 }, "version: expected one of 1"],
    ["no JSON", `{"version": ${CANARY}`, "the file: expected a JSON object"],
    ["a list", "[]", "the file: expected a JSON object"],
  ])("%s is refused where it stands, and not repeated", async (_what, content, detail) => {
    const details = await detailsOf(content);
    expect(details).toContain(detail);
    expect(JSON.stringify(details).toLowerCase()).not.toContain(CANARY);
  });

  it("with a hundred mistakes names the first ten", async () => {
    const details = await detailsOf({ version: 1, channels: Array.from({ length: 40 }, () => ({ ...SLACK, url: "x", owner: "" })) });
    expect(details).toHaveLength(11);
    expect(details.at(-1)).toMatch(/^and \d+ more$/);
  });

  it("of any content gives a configuration or problems, and repeats no text of it", async () => {
    const value = fc.oneof(fc.constant(CANARY), fc.integer(), fc.constant(null), fc.constant([CANARY]), fc.constant({ [CANARY]: CANARY }));
    const keys = fc.constantFrom("id", "type", "url", "to", "host", "port", "argv", "signingKeys", "kinds", "owner", "mode", CANARY);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(keys, value), fc.constantFrom("slack", "email", "webhook", "command", CANARY), async (over, type) => {
        const details = await detailsOf(channel({ type, ...over }));
        expect(JSON.stringify(details)).not.toContain(CANARY);
      }),
      { numRuns: 60 },
    );
  });

  it.skipIf(process.platform === "win32").each([
    [0o666, 0o700],
    [0o620, 0o700],
    [0o600, 0o777],
  ])("that others may write is not followed (file %o, folder %o)", async (mode, folder) => {
    writeFileSync(file, JSON.stringify(channel({})));
    chmodSync(file, mode);
    chmodSync(root, folder);
    expect(await read()).toMatchObject({
      ok: false,
      error: { details: [expect.stringContaining("other users")], next: expect.stringMatching(/^chmod /) },
    });
  });
});
