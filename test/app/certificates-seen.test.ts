import { expect, it } from "vitest";
import { certificateTimeline } from "../../src/app/certificate-timeline.ts";
import { certificatesIn } from "../../src/app/certificates-seen.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { parameters } from "../judge/builders.ts";
import { chainOf, leaf, serving, shown } from "../judge/chain-builders.ts";
import { clientLeaf, held } from "../judge/client-certificate-cases.ts";
import { PUBLIC_INTERMEDIATE, PUBLIC_ROOT } from "../judge/public-authority.ts";
import { OTHER } from "../judge/tls-cases.ts";
import { daysFrom, type Made } from "../lab/support/certificate-factory.ts";
import { newKey, sharedKey } from "../lab/support/certificate-keys.ts";
import { HOST, issued, pair, WELL } from "../lab/support/certificate-knobs.ts";
import { cleanEntry, startLab } from "../lab/support/lab.ts";
import { STANDING } from "../lab/support/tls-knobs.ts";

const OWN = leaf();
const RSA = leaf({ key: sharedKey("rsa") });
const seen = (...observations: readonly Observation[]) =>
  certificatesIn(observations).map(({ role, addresses, sighting }) => [role, sighting.keyType, addresses, sighting.trusted]);

it("has each leaf once, by whoever gets it and with the number of its addresses", () => {
  const both = [{ chain: chainOf(OWN) }, { chain: chainOf(RSA) }];
  expect(seen(shown(chainOf(OWN)), serving(both), shown(chainOf(OWN), {}, OTHER), serving(both, {}, OTHER))).toEqual([
    ["own", "ec", 2, true],
    ["other", "rsa", 2, true],
  ]);
});

it("has one of our own that another address serves, and two of one kind at one address", () => {
  const late = leaf({ key: newKey() });
  expect(seen(shown(chainOf(OWN)), shown(chainOf(late), {}, OTHER))).toEqual([
    ["own", "ec", 1, true],
    ["own", "ec", 1, true],
  ]);
  expect(seen(shown(chainOf(OWN)), serving([{ chain: chainOf(OWN) }, { chain: chainOf(late) }]))).toEqual([
    ["own", "ec", 1, true],
    ["other", "ec", 1, true],
  ]);
});

it("has what is served without a name only where it is for the host", () => {
  const nameless = (first: Made) => seen(shown(chainOf(OWN)), serving([{ chain: chainOf(OWN) }, { chain: chainOf(first), named: false }]));
  expect(nameless(leaf({ dns: ["default.acme.example"] }))).toEqual([["own", "ec", 1, true]]);
  expect(nameless(leaf({ dns: ["*.acme.example"] }))).toEqual([
    ["own", "ec", 1, true],
    ["without-name", "ec", 1, true],
  ]);
  expect(nameless(OWN)).toEqual([["own", "ec", 1, true]]);
});

it("has what the enumeration saw where our own connection got nothing, and holds nothing against those that others may trust", () => {
  expect(seen(serving([{ chain: [RSA] }]))).toEqual([["other", "rsa", 1, true]]);
});

it("has what is only remembered as of the day on which all was listed", () => {
  const remembered = serving([{ chain: chainOf(RSA), remembered: true }], { listedOn: "2026-11-02" });
  expect(certificatesIn([remembered])[0]?.sighting.lastAt).toBe(Date.UTC(2026, 10, 3));
});

it("has our own as ours", () => {
  expect(seen(shown(chainOf(OWN)), held([clientLeaf()]))).toEqual([
    ["own", "ec", 1, true],
    ["client", "ec", null, true],
  ]);
});

it("leaves out what was not kept, or cannot be read", () => {
  const bare = parameters({ chains: [{ named: true, certificates: ["ab".repeat(32)] }] });
  const unread = { named: true, certificates: ["cd".repeat(32)] };
  const broken = parameters({ chains: [unread], served: [{ sha256: "cd".repeat(32), der: "bm9uZQ==" }] });
  expect(seen(bare, broken, shown([]))).toEqual([]);
});

it("is told of a host with two certificates from its history", async () => {
  const lab = await startLab();
  const rsa = issued({ key: sharedKey("rsa"), notAfter: daysFrom(new Date(), 20) });
  const api = await lab.start({ ...STANDING, certificate: { ...WELL, served: [...WELL.served, pair([rsa, PUBLIC_INTERMEDIATE])] } });
  const entry = cleanEntry({ url: `https://${HOST}:${api.port}` });
  await lab.audit([entry], { addresses: [api.host], roots: [PUBLIC_ROOT.pem] });
  const { certificates } = await certificateTimeline(lab.history, { now: lab.clock.now() });
  expect(certificates.map(({ role, keyType, addresses, integration }) => [integration, role, keyType, addresses])).toEqual([
    ["clean", "other", "rsa", 1],
    ["clean", "own", "ec", 1],
  ]);
});
