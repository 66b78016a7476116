import { describe, expect, it } from "vitest";
import { receiver } from "../app/receivers.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

const CANARIES = ["c4n4ry-path-0123456789", "c4n4ry-signing-0123456789abcdef", "c4n4ry-routing-0123456789", "c4n4ry-smtp-0123456789"];
const [PATH = "", SIGNING = "", ROUTING = "", SMTP = ""] = CANARIES;

/** A configuration of one channel per way of sending, all at one receiver. */
async function estate(status: (count: number, path: string) => number = () => 200) {
  const folder = await temporaryFolder();
  const { heard, origin } = await receiver((count, { path }) => status(count, path));
  const inside = { allowPrivate: true };
  const channels = [
    { id: "chat", type: "slack", url: "env:CHAT", ...inside },
    { id: "teams", type: "teams", url: "env:TEAMS", ...inside },
    { id: "hook", type: "webhook", url: "file:hook.url", signingKeys: ["env:SIGNING"], ...inside },
    { id: "pager", type: "pagerduty", routingKey: "env:ROUTING", url: "env:PAGER", ...inside },
    { id: "cmd", type: "command", argv: [process.execPath, "-e", "process.stdin.resume()"] },
  ];
  await folder.write("hook.url", `${origin}/hook/${PATH}`);
  const write = (content: unknown) => folder.write("notify.json", JSON.stringify(content));
  await write({ version: 1, channels });
  const env = {
    APIRISK_NOTIFY: `${folder.path}/notify.json`,
    CHAT: `${origin}/chat/${PATH}`,
    TEAMS: `${origin}/teams/${PATH}`,
    PAGER: `${origin}/pager/${PATH}`,
    SIGNING,
    ROUTING,
    SMTP,
    DEBUG: "apirisk*",
    OCLIF_COLUMNS: "160",
  };
  const run = (...args: readonly string[]) => runCli(["notify", "test", ...args], { home: folder.path, env });
  return { folder, heard, write, run, channels };
}

describe("apirisk notify test", () => {
  it("sends a marked message to every channel and says what each answered", async () => {
    const { heard, run } = await estate();
    const { code, stdout, stderr } = await run("--json");
    expect([code, stderr]).toEqual([0, ""]);
    const document = JSON.parse(stdout) as { schemaVersion: string; delivered: boolean; channels: { channel: string; answer: string }[] };
    expect(document).toMatchObject({ schemaVersion: "1.0.0", delivered: true });
    expect(document.channels.map(({ channel, answer }) => [channel, answer])).toEqual([
      ["chat", "HTTP 200"],
      ["teams", "HTTP 200"],
      ["hook", "HTTP 200"],
      ["pager", "HTTP 200"],
      ["cmd", "exit 0"],
    ]);
    expect(heard).toHaveLength(5);
    const pager = heard.filter(({ path }) => path.startsWith("/pager")).map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(pager.map((event) => event["event_action"])).toEqual(["trigger", "resolve"]);
    expect(pager[1]?.["dedup_key"]).toBe(pager[0]?.["dedup_key"]);
    for (const { body } of heard.filter((post) => !post.path.startsWith("/pager"))) expect(body).toContain("test message");
  });

  it("exits with 5 when one could not be told, and names what to do", async () => {
    const { run } = await estate((_count, path) => (path.startsWith("/chat") ? 404 : 200));
    const { code, stdout } = await run();
    expect(code).toBe(5);
    expect(stdout).toMatch(/chat\s.*no\s.*HTTP 404/);
    expect(stdout).toContain("make a new URL or key");
    expect(stdout).toContain("1 of 5 did not arrive.");
  });

  it("tests one channel by name", async () => {
    const { heard, run } = await estate();
    expect((await run("hook")).code).toBe(0);
    expect(heard.map(({ path }) => path.split("/")[1])).toEqual(["hook"]);
    const unknown = await run("hok");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("apirisk notify test hook");
    expect(heard).toHaveLength(1);
  });

  it.each([
    [
      "a literal URL",
      (channels: object[]) => ({ version: 1, channels: [{ ...channels[0], url: `https://hooks.example/${PATH}` }] }),
      /channels\[0\]\.url/,
    ],
    [
      "an unknown key",
      (channels: object[]) => ({ version: 1, channels: [{ ...channels[0], minSeverty: "high" }] }),
      /did you mean "minSeverity"/,
    ],
    ["no channel", () => ({ version: 1 }), /names no channel/],
  ])("exits with 2 for %s", async (_what, content, words) => {
    const { heard, write, run, channels } = await estate();
    await write(content(channels));
    const { code, stderr } = await run();
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(heard).toEqual([]);
  });

  it("leaves no secret in a byte of its output, whatever goes wrong, and no file behind", async () => {
    for (const status of [200, 302, 400, 500]) {
      const { folder, write, run, channels } = await estate(() => status);
      const mail = {
        id: "mail",
        type: "email",
        host: "127.0.0.1",
        port: 1,
        security: "tls",
        user: "u",
        password: "env:SMTP",
        from: "a@b.example",
        to: ["c@d.example"],
      };
      const closed = { id: "closed", type: "slack", url: "env:CHAT" };
      await write({ version: 1, channels: [...channels, { ...mail, allowPrivate: true }, closed] });
      const before = (await folder.contents()).size;
      for (const mode of [[], ["--json"], ["--verbose"]]) {
        const { code, stdout, stderr } = await run(...mode);
        expect([code, canariesIn(stdout + stderr, CANARIES)]).toEqual([5, []]);
      }
      const files = await folder.contents();
      expect(files.size).toBe(before);
    }
  }, 60_000);
});
