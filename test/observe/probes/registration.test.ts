import { describe, expect, it } from "vitest";
import { createRunMemo } from "../../../src/app/run-memo.ts";
import type { RegistrationEvidence } from "../../../src/evidence/kinds.ts";
import { DAY } from "../../../src/model/instant.ts";
import { registrationProbe } from "../../../src/observe/probes/registration.ts";
import { CONTACTS, person, type RdapAnswer, rdapAnswer } from "../../lab/support/rdap-answer.ts";
import { failed, fakeNet, httpAnswer, type Script } from "../../support/fake-net.ts";
import { context, NOW, SECRET, target } from "./support.ts";

const ZONE = "acme.example";
const SERVER = new URL("https://rdap.registry.example/com/v1/");

async function observe(request: NonNullable<Script["request"]>, more: { readonly before?: RegistrationEvidence } = {}) {
  const net = fakeNet({ request });
  const keeper = { ...context(net), memo: createRunMemo() };
  await keeper.credentials.resolve("env:KEY", "https://api.acme.example");
  return { net, observation: await registrationProbe.observe({ target: target(), zone: ZONE, server: SERVER, ...more }, keeper) };
}

const saying = (more: Partial<RdapAnswer> = {}) =>
  observe(() => httpAnswer({ text: JSON.stringify(rdapAnswer({ domain: ZONE, now: NOW, ...more })) }));
const evidenceOf = async (more: Partial<RdapAnswer> = {}) => {
  const { observation } = await saying(more);
  if (observation.outcome !== "observed") throw new Error(JSON.stringify(observation));
  return observation.evidence;
};

describe("registration", () => {
  it("asks with one GET, about the domain and nothing else", async () => {
    const { net } = await saying();
    expect(net.asked).toHaveLength(1);
    expect(net.asked[0]).toMatchObject({
      target: { origin: "https://rdap.registry.example" },
      request: { method: "GET", path: "/com/v1/domain/acme.example", headers: { accept: "application/rdap+json" }, maxBodyBytes: 262_144 },
    });
    expect(net.asked[0]?.request).not.toHaveProperty("credential");
  });

  it("keeps who keeps the domain, until when and in what state", async () => {
    const { observation } = await saying({ status: ["client transfer prohibited", "serverHold", "made up", 7 as never] });
    const registrar = { name: "Registrar of Acme, Inc.", ianaId: "292" };
    expect(observation).toMatchObject({ probe: "registration", kind: "registration", key: { origin: "https://api.acme.example" } });
    expect(observation).toHaveProperty("evidence", {
      zone: ZONE,
      registrar,
      expiresAt: NOW + 200 * DAY,
      registeredAt: NOW - 900 * DAY,
      changedAt: NOW - 100 * DAY,
      statuses: ["client transfer prohibited", "server hold"],
      seen: [{ ...registrar, since: NOW }],
    });
  });

  it.each(CONTACTS)("keeps nothing of a contact: %s", async (contact) => {
    expect(JSON.stringify(rdapAnswer({ domain: ZONE, now: NOW }))).toContain(contact);
    expect(JSON.stringify(await saying())).not.toContain(contact);
  });

  it("takes nobody for a registrar who is the holder as well, or a person", async () => {
    expect(await evidenceOf({ more: { entities: [person(["registrar", "registrant"])] } })).not.toHaveProperty("registrar");
    expect(await evidenceOf({ more: { entities: [person(["registrar"])] } })).not.toHaveProperty("registrar");
  });

  it.each([
    ["an address", "Acme (abuse@registrar.example)", "Acme [opaque]"],
    ["a terminal's commands", "\u001b[2JAcme\u202e", "[2JAcme"],
    ["a thousand characters", "x".repeat(1000), "x".repeat(100)],
    ["a secret of ours", `Acme ${SECRET}`, "Acme [secret]"],
  ])("cleans %s in a registrar's name", async (_what, name, kept) => {
    const { registrar, seen } = await evidenceOf({ registrar: { name } });
    expect([registrar?.name, seen[0]?.name]).toEqual([kept, kept]);
  });

  it("tells a new registrar from one that was seen, whatever its spelling, and keeps eight", async () => {
    const keptAfter = async (names: readonly string[], name: string, more: Partial<RegistrationEvidence> = {}) => {
      const seen = names.map((one, at) => ({ name: one, since: at }));
      const known: RegistrationEvidence = { zone: ZONE, statuses: [], seen, ...more };
      const answer = httpAnswer({ text: JSON.stringify(rdapAnswer({ domain: ZONE, now: NOW, registrar: { name } })) });
      const { observation } = await observe(() => answer, { before: known });
      return observation.outcome === "observed" ? observation.evidence.seen.map((one) => one.name) : [];
    };
    expect(await keptAfter(["ACME, Inc."], "Acme Inc")).toEqual(["ACME, Inc."]);
    expect(await keptAfter(["x".repeat(100)], "x".repeat(1000))).toEqual(["x".repeat(100)]);
    expect(await keptAfter(["A"], "B")).toEqual(["A", "B"]);
    expect(await keptAfter([..."ABCDEFGH"], "I")).toEqual([..."ACDEFGHI"]);
    expect(await keptAfter(["A"], "B", { zone: "other.example" })).toEqual(["B"]);
  });

  it.each([
    ["2027-03-01T12:00:00Z", Date.UTC(2027, 2, 1, 12)],
    ["2027-03-01T12:00:00.123456Z", Date.UTC(2027, 2, 1, 12, 0, 0, 123)],
    ["2027-03-01T12:00:00+02:00", Date.UTC(2027, 2, 1, 10)],
    ["2027-03-01t12:00:00z", Date.UTC(2027, 2, 1, 12)],
    ["2027-03-01T12:00:00", Date.UTC(2027, 2, 1, 12)],
    ["2027-03-01", Date.UTC(2027, 2, 1)],
    ["0000-00-00T00:00:00Z", undefined],
    ["2027-13-41T99:00:00Z", undefined],
    ["275760-09-13T00:00:00Z", undefined],
    ["soon", undefined],
    [7, undefined],
  ])("reads the end %j", async (eventDate, expiresAt) => {
    expect((await evidenceOf({ more: { events: [{ eventAction: "expiration", eventDate }] } })).expiresAt).toBe(expiresAt);
  });

  it.each([
    ["of another domain", { ldhName: "other.example" }],
    ["of the host, which is no domain of its own", { ldhName: "api.acme.example" }],
    ["without a domain", { ldhName: undefined }],
    ["of a name server", { objectClassName: "nameserver" }],
    ["that is an error", { objectClassName: undefined, errorCode: 404 }],
  ])("does not believe an answer %s", async (_what, more) => {
    expect((await saying({ more })).observation).toMatchObject({ outcome: "failed", failure: { reason: "evidence_ambiguous" } });
  });

  it.each([
    ["lists where objects belong", { entities: [[["registrar"]]], events: [[]], status: {} }],
    ["objects where lists belong", { entities: { roles: ["registrar"] }, events: { eventAction: "expiration" }, status: "client hold" }],
    ["nothing where something belongs", { entities: [null, 7], events: [null], status: null }],
    ["a card that is none", { entities: [{ roles: ["registrar"], vcardArray: ["vcard", [["fn"], "fn", ["fn", {}, "text", { a: 1 }]]] }] }],
    ["a thousand entities", { entities: Array.from({ length: 1000 }, () => person(["registrar"])) }],
  ])("survives %s", async (_what, more) => {
    expect(await evidenceOf({ more })).toMatchObject({ zone: ZONE, seen: [] });
  });

  const deep = `{"objectClassName":"domain","ldhName":"${ZONE}","a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  it.each([
    ["rate_limited", httpAnswer({ status: 429 })],
    ["rate_limited", httpAnswer({ status: 503, headers: [["retry-after", "60"]] })],
    ["server_error", httpAnswer({ status: 503 })],
    ["blocked", httpAnswer({ status: 403 })],
    ["not_found", httpAnswer({ status: 404, text: JSON.stringify(rdapAnswer({ domain: ZONE, now: NOW })) })],
    ["unexpected_status", httpAnswer({ status: 400 })],
    ["redirect_not_followed", httpAnswer({ status: 302, headers: [["location", "https://rdap.registrar.example/domain/acme.example"]] })],
    ["tls_untrusted", httpAnswer({ trusted: false, text: JSON.stringify(rdapAnswer({ domain: ZONE, now: NOW })) })],
    ["body_truncated", httpAnswer({ bodyProblem: { reason: "body_truncated", phase: "body", retriable: false } })],
    ["body_unsupported_type", httpAnswer({ text: "<!doctype html><title>Welcome</title>" })],
    ["body_undecodable", httpAnswer({ text: "Domain Name: ACME.EXAMPLE" })],
    ["body_undecodable", httpAnswer({ body: Uint8Array.of(0xff, 0xfe, 0x00) })],
    ["body_too_deep", httpAnswer({ text: deep })],
    ["evidence_ambiguous", httpAnswer({ text: "[]" })],
    ["evidence_ambiguous", httpAnswer({ text: "null" })],
    ["connect_refused", failed("connect_refused")],
  ] as const)("says %s where nothing was learnt", async (reason, answer) => {
    const { observation } = await observe(() => answer);
    expect(observation).toMatchObject({ failure: { reason } });
    expect(observation).not.toHaveProperty("evidence");
  });

  it("sends no more than its bound, its repeat included", async () => {
    const { net } = await observe(() => failed("connection_reset", { retriable: true }));
    expect(net.sent()).toEqual(registrationProbe.bound("full"));
  });
});
