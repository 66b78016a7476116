import { describe, expect, it } from "vitest";
import { createRunMemo } from "../../../src/app/run-memo.ts";
import type { HttpAnswer, NetResult } from "../../../src/model/net-port.ts";
import { securityTxtProbe } from "../../../src/observe/probes/security-txt.ts";
import { failed, fakeNet, httpAnswer } from "../../support/fake-net.ts";
import { context, SECRET, target, URL_OF_API } from "./support.ts";

const FILE = "Contact: mailto:canary@acme.example\nExpires: 2027-12-31T00:00:00Z\n";
const TEXT = [["content-type", "text/plain; charset=utf-8"]] as const;
const there = httpAnswer({ headers: TEXT, text: FILE });
const gone = httpAnswer({ status: 404 });
const PLACE = "/.well-known/security.txt";

/** `answers`: of the host first, of its domain second. */
async function observe(url: string, ...answers: readonly NetResult<HttpAnswer>[]) {
  const net = fakeNet({ request: (_request, attempt) => answers[attempt - 1] ?? failed("internal") });
  const observation = await securityTxtProbe.observe(
    { target: target(url), address: "192.0.2.1" },
    { ...context(net), memo: createRunMemo() },
  );
  return { observation, net, asked: net.asked.map(({ target: { origin }, address }) => `${origin} at ${address}`) };
}

describe("security-txt", () => {
  it("asks the host, without a credential, and keeps no address of anybody", async () => {
    const { observation, net } = await observe(URL_OF_API, there);
    expect(net.asked.map(({ request }) => request)).toEqual([
      { method: "GET", path: PLACE, headers: { accept: "text/plain" }, maxBodyBytes: 262_144 },
    ]);
    expect(observation).toMatchObject({
      key: { origin: URL_OF_API },
      outcome: "observed",
      evidence: { origin: URL_OF_API, at: "host", facts: { contacts: 1, expires: "2027-12-31", flaws: [] } },
    });
    expect(JSON.stringify([observation, net.asked])).not.toMatch(new RegExp(`canary@|${SECRET.replace(/[+/]/g, ".")}`));
  });

  it("asks the domain that somebody registered where the host has none, at public addresses alone", async () => {
    const { observation, net, asked } = await observe("https://api.eu.acme.com", gone, there);
    expect(asked).toEqual(["https://api.eu.acme.com at 192.0.2.1", "https://acme.com at acme.com"]);
    expect(net.asked.map(({ target: { publicOnly } }) => publicOnly === true)).toEqual([false, true]);
    expect(net.asked[1]?.request).toEqual(net.asked[0]?.request);
    expect(net.sent()).toEqual(securityTxtProbe.bound("standard"));
    expect(observation).toMatchObject({
      key: { origin: "https://api.eu.acme.com" },
      evidence: { origin: "https://api.eu.acme.com", at: "domain", facts: { contacts: 1 } },
    });
  });

  it.each([
    ["the domain itself", "https://acme.com"],
    ["another port", "https://api.acme.com:8443"],
    ["plain http", "http://api.acme.com"],
    ["an address", "https://192.0.2.7"],
    ["an address of version 6", "https://[2001:db8::1]"],
    ["a name inside", "https://api.corp"],
    ["a name inside of two labels", "https://api.acme.internal"],
    ["a name of this machine", "https://api.localhost"],
    ["a suffix under which anybody registers", "https://github.io"],
  ])("asks nobody beside %s", async (_what, url) => {
    const { net, observation } = await observe(url, gone, there);
    expect(net.asked).toHaveLength(1);
    expect(observation.outcome === "observed" && observation.evidence.at).toBeUndefined();
  });

  it.each<[string, NetResult<HttpAnswer>]>([
    ["is gone", gone],
    ["is gone for good", httpAnswer({ status: 410 })],
    ["is a page", httpAnswer({ text: "<!DOCTYPE html><p>Contact: us" })],
    ["is the API's JSON", httpAnswer({ text: '{"error":"not found"}' })],
    ["is refused", httpAnswer({ status: 401 })],
    ["went to a login", httpAnswer({ status: 302, headers: [["location", "/login"]] })],
    ["fails", httpAnswer({ status: 500 })],
  ])("asks the domain where that of the host %s", async (_what, answer) => {
    expect((await observe("https://api.acme.com", answer, there)).observation).toMatchObject({ evidence: { at: "domain" } });
  });

  it.each<[string, NetResult<HttpAnswer>, string]>([
    ["is not heard of", failed("http_timeout", { phase: "connect" }), "http_timeout"],
    ["comes from a stranger", httpAnswer({ headers: TEXT, text: FILE, trusted: false }), "tls_untrusted"],
    [
      "is cut off",
      httpAnswer({ headers: TEXT, text: FILE, bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } }),
      "body_truncated",
    ],
  ])("asks nobody else where that of the host %s", async (_what, answer, reason) => {
    const { net, observation } = await observe("https://api.acme.com", answer, there);
    expect(net.asked).toHaveLength(1);
    expect(observation).toMatchObject({ failure: { reason } });
  });

  it.each(["dns_not_found", "dns_no_address", "connect_refused", "address_not_allowed"] as const)(
    "knows that there is none where the domain has no server for us (%s)",
    async (reason) => {
      const nobody = failed(reason, { phase: "resolve" });
      const { observation } = await observe("https://api.acme.com", gone, nobody);
      expect(observation).toMatchObject({ outcome: "observed", evidence: { origin: "https://api.acme.com" } });
      expect(observation).not.toHaveProperty("evidence.at");
      expect((await observe("https://api.acme.com", httpAnswer({ status: 401 }), nobody)).observation).toMatchObject({
        failure: { reason: "unexpected_status" },
      });
    },
  );

  it.each<[string, NetResult<HttpAnswer>, NetResult<HttpAnswer>, string]>([
    ["the host turned us away", httpAnswer({ status: 429 }), gone, "rate_limited"],
    ["the host failed", httpAnswer({ status: 500 }), gone, "server_error"],
    ["the host wants a login", httpAnswer({ status: 401 }), gone, "unexpected_status"],
    ["the domain was not heard of", gone, failed("http_timeout", { phase: "headers" }), "http_timeout"],
    ["the domain turned us away", gone, httpAnswer({ status: 429 }), "rate_limited"],
    ["a stranger answered for the domain", gone, httpAnswer({ headers: TEXT, text: FILE, trusted: false }), "tls_untrusted"],
    ["both failed", httpAnswer({ status: 500 }), failed("http_timeout", { phase: "headers" }), "server_error"],
  ])("does not know that there is none where %s", async (_what, here, there, reason) => {
    const { observation, asked } = await observe("https://api.acme.com", here, there);
    expect(asked).toHaveLength(2);
    expect(observation).toMatchObject({ failure: { reason } });
  });

  it("reads a file that begins with a byte order mark", async () => {
    const { observation } = await observe(URL_OF_API, httpAnswer({ headers: TEXT, text: `\ufeff${FILE}` }));
    expect(observation).toMatchObject({ evidence: { at: "host", facts: { contacts: 1, flaws: [] } } });
  });

  it("asks a host and a domain once in a run, and tells everybody", async () => {
    const memo = createRunMemo();
    const net = fakeNet({ request: ({ path }, attempt) => (path === PLACE && attempt > 2 ? there : gone) });
    const ask = (url: string) => securityTxtProbe.observe({ target: target(url), address: "192.0.2.1" }, { ...context(net), memo });
    const first = await ask("https://api.acme.com");
    const [second, third] = await Promise.all([ask("https://eu.acme.com"), ask("https://api.acme.com")]);
    const asked = net.asked.map(({ target: { origin } }) => origin);
    expect(asked).toEqual(["https://api.acme.com", "https://acme.com", "https://eu.acme.com"]);
    expect(first).toMatchObject({ outcome: "observed", evidence: { origin: "https://api.acme.com" } });
    expect(third).toMatchObject({ outcome: "observed", evidence: { origin: "https://api.acme.com" } });
    expect(second).toMatchObject({
      evidence: { origin: "https://eu.acme.com", at: "host", facts: { contacts: 1, expires: "2027-12-31" } },
    });
  });

  it("asks anew where only the first one's budget was over, and where somebody may ask within", async () => {
    const memo = createRunMemo();
    const ask = (url: string, answer: NetResult<HttpAnswer>, publicOnly?: true) => {
      const net = fakeNet({ request: () => answer });
      const place = { ...target(url), ...(publicOnly === true && { publicOnly }) };
      return securityTxtProbe.observe({ target: place, address: "192.0.2.1" }, { ...context(net), memo });
    };
    expect(await ask("https://acme.com", failed("budget_exhausted"))).toMatchObject({ failure: { reason: "budget_exhausted" } });
    expect(await ask("https://acme.com", there)).toMatchObject({ evidence: { at: "host" } });
    expect(await ask("https://acme.com", gone)).toMatchObject({ evidence: { at: "host" } });
    expect(await ask("https://acme.com", httpAnswer({ status: 429 }), true)).toMatchObject({ failure: { reason: "rate_limited" } });
  });
});
