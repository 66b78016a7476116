import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { KeySetEvidence } from "../../../src/evidence/kinds.ts";
import { DAY } from "../../../src/model/instant.ts";
import { ok } from "../../../src/model/result.ts";
import { jwksProbe } from "../../../src/observe/probes/jwks.ts";
import { notAsked } from "../../../src/observe/probes/outcome.ts";
import { fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, NOW, target, URL_OF_API } from "./support.ts";

const publicKey = () => generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
const PLACE = ok({ target: target(), path: "/keys?v=1" });

async function observe(request: NonNullable<Script["request"]>, before?: KeySetEvidence) {
  const net = fakeNet({ request });
  const question = { origin: URL_OF_API, place: PLACE, ...(before !== undefined && { before }) };
  return { net, observation: await jwksProbe.observe(question, context(net)) };
}
const saying = (keys: readonly object[], before?: KeySetEvidence) => observe(() => httpAnswer({ text: JSON.stringify({ keys }) }), before);
async function evidenceOf(keys: readonly object[], before?: KeySetEvidence): Promise<KeySetEvidence> {
  const { observation } = await saying(keys, before);
  if (observation.outcome !== "observed") throw new Error(observation.failure.reason);
  return observation.evidence;
}

describe("jwks", () => {
  it("asks once, without a credential", async () => {
    const { net, observation } = await saying([publicKey()]);
    expect(net.asked.map(({ request }) => request)).toEqual([
      { method: "GET", path: "/keys?v=1", headers: { accept: "application/json" }, maxBodyBytes: 262_144 },
    ]);
    expect(observation).toMatchObject({ key: { origin: URL_OF_API }, outcome: "observed", evidence: { keys: [{ kty: "EC" }] } });
  });

  it("asks nobody where no place is known", async () => {
    const net = fakeNet({});
    const observed = (place: Parameters<typeof jwksProbe.observe>[0]["place"]) =>
      jwksProbe.observe({ origin: URL_OF_API, place }, context(net));
    expect(await observed(ok(undefined))).toMatchObject({ evidence: { absent: true, keys: [] } });
    expect(await observed(notAsked("not_requested"))).toMatchObject({ outcome: "skipped", failure: { reason: "not_requested" } });
    expect(net.asked).toEqual([]);
  });

  it.each([
    ["is not there", httpAnswer({ status: 404 }), "not_found"],
    ["is a page", httpAnswer({ text: "<html></html>" }), "evidence_ambiguous"],
    ["is refused by a limiter", httpAnswer({ status: 429 }), "rate_limited"],
    ["comes from a stranger", httpAnswer({ trusted: false, text: '{"keys":[]}' }), "tls_untrusted"],
    [
      "went elsewhere",
      httpAnswer({ status: 302, headers: [["location", "https://cdn.acme.example/tenant/keys?v=2"]] }),
      "redirect_not_followed",
    ],
    ["became a page", httpAnswer({ status: 302, headers: [["location", "/login"]] }), "not_found"],
    ["is cut off", httpAnswer({ bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } }), "body_truncated"],
  ])("does not know a set that is named and %s", async (_what, page, reason) => {
    const { net, observation } = await observe(() => page);
    expect(observation).toMatchObject({ failure: { reason } });
    expect(net.asked).toHaveLength(1);
  });

  it("remembers since when each key is known, those that went among them, and keeps a bound of fifty of these", async () => {
    const [old, next] = [publicKey(), publicKey()];
    const first = await evidenceOf([old]);
    const [print = ""] = first.keys.flatMap(({ thumbprint }) => thumbprint ?? []);
    expect(first.history).toEqual({ since: NOW, firstSeen: { [print]: NOW } });
    const earlier = { ...first, history: { since: NOW - DAY, firstSeen: { [print]: NOW - DAY } } };
    expect((await evidenceOf([old], earlier)).history).toEqual(earlier.history);
    const rotated = await evidenceOf([next], earlier);
    expect(rotated.history?.since).toBe(NOW - DAY);
    expect(Object.values(rotated.history?.firstSeen ?? {}).sort()).toEqual([NOW - DAY, NOW]);
    expect((await evidenceOf([old], rotated)).history?.firstSeen[print]).toBe(NOW - DAY);
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`k${index}`, NOW - index * DAY]));
    const kept = Object.keys((await evidenceOf([old], { ...first, history: { since: 0, firstSeen: many } })).history?.firstSeen ?? {});
    expect([kept.length, kept.includes("k0"), kept.includes("k79")]).toEqual([51, true, false]);
  });

  it("keeps nothing of a private key that is published, not even a hash", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const { d = "", p = "", n = "", ...rest } = privateKey.export({ format: "jwk" });
    const { observation } = await saying([{ ...rest, n, d, p }]);
    expect(observation).toMatchObject({ evidence: { keys: [{ privateMembers: expect.arrayContaining(["d", "p"]) }] } });
    for (const part of [d, p, n]) expect(JSON.stringify(observation)).not.toContain(part.slice(0, 20));
    expect(observation).not.toHaveProperty("evidence.keys.0.thumbprint");
  });
});
