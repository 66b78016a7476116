import { describe, expect, it } from "vitest";
import type { EnumerationRequest } from "../../../src/observe/enumerate/request.ts";
import type { VersionResult } from "../../../src/observe/enumerate/result.ts";
import { accepted, expectHonest } from "./support/compare.ts";
import { enumerate, type Run } from "./support/run.ts";
import { ALERT_40, answerOf, type Server } from "./support/server.ts";
import { nginx } from "./support/servers.ts";
import { P256, requestFor, X25519 } from "./support/universe.ts";

const STANDARD = requestFor({ depth: "standard" });

function run(server: Server, request: EnumerationRequest = STANDARD): Run {
  return enumerate(request, (offer) => answerOf(server, offer));
}

function version(found: Run, name: string): VersionResult {
  const result = found.versions.find((one) => one.version === name);
  if (result === undefined) throw new Error(`${name} is missing.`);
  return result;
}

const lastTime = run(nginx);
const again: EnumerationRequest = { ...STANDARD, remembered: lastTime };

describe("standard, with what was found last time", () => {
  it("says the same of a server that did not change, of each version, suite and group", () => {
    const found = run(nginx, again);
    for (const [at, one] of found.versions.entries()) {
      const before = lastTime.versions[at];
      expect(one).toMatchObject({ support: before?.support, preference: before?.preference, complete: true });
      expect(accepted(one.suites)).toEqual(accepted(before?.suites ?? []));
      expect(accepted(one.groups)).toEqual(accepted(before?.groups ?? []));
    }
  });

  it("and the time after that, from what it remembered itself", () => {
    const third = run(nginx, { ...STANDARD, remembered: run(nginx, again) });
    expect(third.connections).toBeLessThanOrEqual(11);
    expect(accepted(version(third, "TLS 1.2").suites)).toHaveLength(6);
  });

  it("does not lose versions that have nothing but exchanges in named groups", () => {
    const suites = { "TLS 1.2": [0xc02f, 0x9e], "TLS 1.1": [0x33], "TLS 1.0": [0x33] };
    const server: Server = { ...nginx, suites, odd: { namedGroups: true } };
    const first = run(server);
    const second = run(server, { ...STANDARD, remembered: first });
    for (const found of [first, second])
      expect(["TLS 1.2", "TLS 1.1", "TLS 1.0"].map((name) => version(found, name).support)).toEqual(["accepted", "accepted", "accepted"]);
  });

  it("sees a suite, a group and a version that are new, each confirmed by a second sample", () => {
    const changed: Server = {
      ...nginx,
      suites: { ...nginx.suites, "TLS 1.2": [...(nginx.suites["TLS 1.2"] ?? []), 0x000a], "TLS 1.0": [0x2f] },
      groups13: [...(nginx.groups13 ?? []), 0x11ec],
    };
    const found = run(changed, again);
    expectHonest(changed, again, found);
    expect(accepted(version(found, "TLS 1.2").suites)).toContain(0x000a);
    expect(accepted(version(found, "TLS 1.3").groups)).toContain(0x11ec);
    expect(accepted(version(found, "TLS 1.0").suites)).toEqual([0x2f]);
    const confirmations = found.offers.filter(
      ({ cipherSuites }) => cipherSuites.length === 1 && [0x0a, 0x2f].includes(cipherSuites[0] ?? 0),
    );
    expect(confirmations).toHaveLength(2);
  });

  it("does not believe a suite that one of two samples denies", () => {
    let hits = 0;
    const found = enumerate(again, (offer) => {
      const backend = offer.version === "TLS 1.2" && offer.cipherSuites.includes(0x000a) && hits++ === 0;
      return answerOf(backend ? { ...nginx, suites: { "TLS 1.2": [0x000a] } } : nginx, offer);
    });
    const suite = version(found, "TLS 1.2").suites.find(({ code }) => code === 0x000a);
    expect(suite?.state).toBe("unknown");
    expect(version(found, "TLS 1.2").complete).toBe(false);
  });

  it("lists a version anew that takes nothing any more of what it took, after asking twice", () => {
    const changed: Server = { ...nginx, suites: { ...nginx.suites, "TLS 1.2": [0x9c] } };
    const found = run(changed, again);
    expect(accepted(version(found, "TLS 1.2").suites)).toEqual([0x9c]);
    expect(version(found, "TLS 1.2").suites.filter(({ state }) => state === "unknown")).toEqual([]);
  });

  it.each(["TLS 1.2", "TLS 1.3"] as const)("sees that %s is gone", (gone) => {
    const { [gone]: _, ...suites } = nginx.suites;
    const found = run({ ...nginx, suites }, again);
    expect(version(found, gone)).toMatchObject({ support: "refused", complete: true });
    expect(accepted(version(found, gone).suites)).toEqual([]);
  });

  it("takes nothing over from memory of a version that does not answer now", () => {
    const found = enumerate(again, (offer) => (offer.version === "TLS 1.2" ? { type: "reset" } : answerOf(nginx, offer)));
    expect(version(found, "TLS 1.2")).toMatchObject({ support: "unknown", complete: false });
    expect(accepted(version(found, "TLS 1.2").suites)).toEqual([]);
  });
});

describe("full, with what was found last time", () => {
  const full = requestFor({ remembered: lastTime });

  it("asks once more for what is gone", () => {
    const left = (nginx.suites["TLS 1.2"] ?? []).filter((code) => code !== 0xc030);
    const changed: Server = { ...nginx, suites: { ...nginx.suites, "TLS 1.2": left }, groups13: [X25519, P256] };
    const found = run(changed, full);
    expectHonest(changed, full, found);
    expect(accepted(version(found, "TLS 1.2").suites)).toHaveLength(5);
    expect(found.offers.filter(({ cipherSuites }) => cipherSuites.length === 1 && cipherSuites[0] === 0xc030)).toHaveLength(1);
    expect(version(found, "TLS 1.3")).toMatchObject({ complete: true });
  });

  it("keeps what only the first sample missed", () => {
    let missed = false;
    const found = enumerate(full, (offer) => {
      const answer = answerOf(nginx, offer);
      if (missed || answer.type !== "hello" || answer.cipherSuite !== 0xc030 || offer.cipherSuites.length < 100) return answer;
      missed = true;
      return ALERT_40;
    });
    expect(missed).toBe(true);
    expect(accepted(version(found, "TLS 1.2").suites)).toContain(0xc030);
  });
});
