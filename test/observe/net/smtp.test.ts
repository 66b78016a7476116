import type { Socket } from "node:net";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { describe, expect, it } from "vitest";
import { createAuthority } from "../../../src/demo/certificates.ts";
import type { MailDelivery } from "../../../src/model/delivery-port.ts";
import { DAY } from "../../../src/model/instant.ts";
import { Secret } from "../../../src/model/secret.ts";
import { createDelivery } from "../../../src/observe/net/delivery.ts";
import { authority, type Peer, tcpPeer, tlsPeer } from "./support/peers.ts";

const valid = { ipAddresses: ["127.0.0.1"], notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
const contextOf = ({ chainPem, keyPem }: { readonly chainPem: string; readonly keyPem: string }) =>
  createSecureContext({ cert: chainPem, key: keyPem });

interface Script {
  /** Replies by verb; a verb that is not there is answered with 250. */
  readonly replies?: Readonly<Record<string, string>>;
  readonly extensions?: readonly string[];
  readonly context?: SecureContext;
}

interface Heard {
  readonly commands: string[];
  /** The commands that came in clear text. */
  readonly plain: string[];
  readonly mails: string[];
}

/** A small mail server: one line, one reply; STARTTLS by node's own TLS over the same socket. */
async function mailServer(script: Script = {}, implicit = false): Promise<{ peer: Peer; heard: Heard }> {
  const heard: Heard = { commands: [], plain: [], mails: [] };
  const converse = (socket: Socket, isTls: boolean, greet: boolean): void => {
    let buffered = "";
    let inData = false;
    const reply = (text: string) => socket.write(`${text}\r\n`);
    const onLine = (line: string) => {
      const verb = (line.split(/[ :]/)[0] ?? "").toUpperCase();
      heard.commands.push(line);
      if (!isTls) heard.plain.push(line);
      const scripted = script.replies?.[verb];
      if (scripted !== undefined) return void reply(scripted);
      if (verb === "EHLO")
        return void reply(["250-mail.example", ...(script.extensions ?? []).map((name) => `250-${name}`), "250 HELP"].join("\r\n"));
      if (verb === "AUTH") return void reply("235 welcome");
      if (verb === "DATA") {
        inData = true;
        return void reply("354 go on");
      }
      if (verb === "STARTTLS") {
        reply("220 go on");
        socket.removeListener("data", onData);
        const secure = new TLSSocket(socket, { isServer: true, secureContext: script.context as SecureContext });
        secure.on("error", () => undefined);
        return converse(secure, true, false);
      }
      reply(verb === "QUIT" ? "221 bye" : "250 fine");
    };
    const onData = (chunk: Buffer) => {
      buffered += chunk.toString("latin1");
      for (;;) {
        const end = inData ? buffered.indexOf("\r\n.\r\n") : buffered.indexOf("\r\n");
        if (end === -1) return;
        const piece = buffered.slice(0, end);
        buffered = buffered.slice(end + (inData ? 5 : 2));
        if (inData) {
          heard.mails.push(piece);
          inData = false;
          reply(script.replies?.["."] ?? "250 queued");
        } else onLine(piece);
      }
    };
    socket.on("data", onData);
    if (greet) reply("220 mail.example ready");
  };
  const peer = implicit
    ? await tlsPeer({}, (socket) => converse(socket, true, true))
    : await tcpPeer((socket) => converse(socket, false, true));
  return { peer, heard };
}

const STARTTLS = { extensions: ["STARTTLS", "AUTH PLAIN LOGIN"], context: contextOf(authority.issue(valid)) };
const courier = () => createDelivery({ userAgent: "apirisk/test", extraCa: [authority.certificatePem], proxies: {} });
const send = ({ port }: Peer, over: Partial<MailDelivery> = {}) =>
  courier().mail({
    host: "127.0.0.1",
    port,
    security: "starttls",
    allowPrivate: true,
    from: "apirisk@acme.example",
    to: ["ops@acme.example"],
    subject: "apirisk: 1 change",
    text: "- one\n- zwölf 證\n",
    id: "7d0e8a1c",
    timeoutMs: 5000,
    signal: new AbortController().signal,
    ...over,
  });
const login = { user: "apirisk", password: new Secret("c4n4ry-0123456789") };

describe("a mail", () => {
  it("goes over STARTTLS, its password only behind it", async () => {
    const { peer, heard } = await mailServer(STARTTLS);
    expect(await send(peer, { login })).toEqual({ ok: true, value: { accepted: 1 } });
    expect(heard.plain).toEqual(["EHLO apirisk.invalid", "STARTTLS"]);
    const auth = heard.commands.find((command) => command.startsWith("AUTH PLAIN ")) ?? "";
    expect(Buffer.from(auth.slice(11), "base64").toString()).toBe("\0apirisk\0c4n4ry-0123456789");
    const [mail = ""] = heard.mails;
    expect(mail).toContain("Subject: apirisk: 1 change\r\n");
    expect(mail).toContain("Message-ID: <7d0e8a1c@acme.example>\r\n");
    expect(mail).toContain("Auto-Submitted: auto-generated\r\n");
    expect(mail).toMatch(/Content-Type: text\/plain; charset=utf-8/);
  });

  it("goes over TLS from the first byte", async () => {
    const { peer, heard } = await mailServer({ extensions: ["AUTH LOGIN PLAIN"] }, true);
    expect(await send(peer, { security: "tls", login })).toEqual({ ok: true, value: { accepted: 1 } });
    expect([heard.plain, heard.mails.length]).toEqual([[], 1]);
  });

  it("goes in clear text only inside, without a password", async () => {
    const { peer, heard } = await mailServer();
    expect(await send(peer, { security: "none", to: ["a@acme.example", "b@acme.example"] })).toEqual({ ok: true, value: { accepted: 2 } });
    expect(heard.mails).toHaveLength(1);
    expect(await send(peer, { security: "none", allowPrivate: false })).toMatchObject({ error: { reason: "address_not_allowed" } });
  });

  it("has the same Message-ID each time it is sent", async () => {
    const { peer, heard } = await mailServer(STARTTLS);
    await send(peer);
    await send(peer);
    expect(heard.mails.map((mail) => /^Message-ID: (.*)\r$/m.exec(mail)?.[1])).toEqual([
      "<7d0e8a1c@acme.example>",
      "<7d0e8a1c@acme.example>",
    ]);
  });

  it("grows no command out of its text", async () => {
    const { peer, heard } = await mailServer(STARTTLS);
    await send(peer, { text: "x\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<evil@evil.example>\r\n" });
    expect(heard.commands.filter((command) => /^(MAIL|RCPT)/.test(command))).toEqual([
      "MAIL FROM:<apirisk@acme.example>",
      "RCPT TO:<ops@acme.example>",
    ]);
  });

  it.each([
    ["subject", { subject: "x\r\nBcc: evil@evil.example\r\n\r\nbody" }],
    ["recipient", { to: ["ops@acme.example\r\nRCPT TO:<evil@evil.example>"] }],
    ["sender", { from: "apirisk@acme.example\nRCPT TO:<evil@evil.example>" }],
    ["id", { id: "x>\r\nBcc: evil@evil.example" }],
  ])("is not sent with a line break in its %s", async (_what, over) => {
    const { peer } = await mailServer(STARTTLS);
    expect(await send(peer, over)).toMatchObject({ ok: false, error: { reason: "internal", code: "ERR_INVALID_CHAR" } });
    expect(peer.connections()).toBe(0);
  });

  it("goes to one address where a text would be parsed for two", async () => {
    const { peer, heard } = await mailServer(STARTTLS);
    await send(peer, { to: ["ops@acme.example, evil@evil.example"] });
    expect(heard.commands.filter((command) => command.startsWith("RCPT")).length).toBeLessThanOrEqual(1);
  });
});

describe("a mail server that says no", () => {
  it.each([
    ["to the password", { AUTH: "535 c4n4ry no" }, { login }, { refused: "auth", status: 535 }],
    ["to STARTTLS", { STARTTLS: "502 c4n4ry no" }, {}, { refused: "no-starttls", status: 502 }],
    ["to the sender", { MAIL: "550 c4n4ry no" }, {}, { refused: "other", status: 550 }],
    ["to every recipient", { RCPT: "451 c4n4ry later" }, {}, { refused: "other", status: 451 }],
    ["to the mail", { ".": "554 c4n4ry spam" }, {}, { refused: "other", status: 554 }],
  ])("%s is believed, and not quoted", async (_what, replies, over, refusal) => {
    const { peer, heard } = await mailServer({ ...STARTTLS, replies });
    const sent = await send(peer, over);
    expect(sent).toEqual({ ok: true, value: refusal });
    expect(heard.plain.filter((command) => /^(AUTH|MAIL)/.test(command))).toEqual([]);
  });

  it("at once is refused too", async () => {
    const busy = await tcpPeer((socket) => socket.end("554 go away\r\n"));
    expect(await send(busy)).toEqual({ ok: true, value: { refused: "other", status: 554 } });
  });
});

describe("a mail is not sent", () => {
  it.each(["starttls", "tls"] as const)("to a server whose certificate is not trusted (%s)", async (security) => {
    const stranger = createAuthority().issue(valid);
    const { peer, heard } =
      security === "tls"
        ? { peer: await tlsPeer({ cert: stranger.chainPem, key: stranger.keyPem }, () => undefined), heard: { commands: [] as string[] } }
        : await mailServer({ ...STARTTLS, context: contextOf(stranger) });
    expect(await send(peer, { security, login })).toMatchObject({ ok: false, error: { reason: "tls_untrusted" } });
    expect(heard.commands.filter((command) => /^(AUTH|MAIL)/.test(command))).toEqual([]);
  });

  it("to a server that is not who it says", async () => {
    const other = authority.issue({ ...valid, ipAddresses: ["127.0.0.9"] });
    const { peer } = await mailServer({ ...STARTTLS, context: contextOf(other) });
    expect(await send(peer)).toMatchObject({ ok: false, error: { reason: "tls_untrusted", code: "ERR_TLS_CERT_ALTNAME_INVALID" } });
  });

  it("to loopback without permission", async () => {
    const { peer } = await mailServer(STARTTLS);
    expect(await send(peer, { allowPrivate: false })).toMatchObject({ ok: false, error: { reason: "address_not_allowed" } });
    expect(peer.connections()).toBe(0);
  });

  it("for longer than its time, whatever arrives meanwhile", async () => {
    const silent = await tcpPeer(() => undefined);
    expect(await send(silent, { timeoutMs: 200 })).toMatchObject({ ok: false, error: { reason: "deadline_exceeded" } });
    const drip = await tcpPeer((socket) => {
      const timer = setInterval(() => socket.write("220-wait\r\n"), 20);
      socket.on("close", () => clearInterval(timer));
    });
    expect(await send(drip, { timeoutMs: 200 })).toMatchObject({ ok: false, error: { reason: "deadline_exceeded" } });
  });

  it.each([
    ["closes", (socket: Socket) => socket.end()],
    ["speaks HTTP", (socket: Socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")],
    ["resets", (socket: Socket) => socket.resetAndDestroy()],
  ])("to what %s", async (_what, behave) => {
    const peer = await tcpPeer(behave);
    const sent = await send(peer);
    expect(sent.ok ? "refused" in sent.value : ["connection_closed", "connection_reset"].includes(sent.error.reason)).toBe(true);
  });
});
