import { expect, test } from "vitest";
import { cipherSuiteByName, cipherSuitesOf } from "../../src/catalog/cipher-suites.ts";
import type { TlsEvidence } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { simulateClient } from "../../src/judge/facts/client-simulation.ts";
import { serverAnswer } from "../../src/judge/facts/policy-server.ts";
import type { Rule } from "../../src/judge/rules/rule.ts";
import { configurationDiffers } from "../../src/judge/rules/tls/configuration-differs.ts";
import { deprecatedVersionOffered } from "../../src/judge/rules/tls/deprecated-version-offered.ts";
import { desCipherOffered } from "../../src/judge/rules/tls/des-cipher-offered.ts";
import { rc4CipherOffered } from "../../src/judge/rules/tls/rc4-cipher-offered.ts";
import { staticRsaOffered } from "../../src/judge/rules/tls/static-rsa-offered.ts";
import type { TlsVersion } from "../../src/model/tls.ts";
import type { OfferVersion, VersionResult } from "../../src/observe/enumerate/result.ts";
import { tlsEvidence } from "../../src/observe/probes/tls-evidence.ts";
import { GOOD_12, GOOD_13, NOW, parameters } from "./builders.ts";
import { answered, runCase } from "./rule-cases.ts";
import { OTHER, refused, ssl2, versions } from "./tls-cases.ts";

const RC4_AND_DES = ["0x010080", "0x060040"];
const SPOKEN: Partial<Record<TlsVersion, readonly string[]>> = { "TLS 1.2": GOOD_12, "TLS 1.3": GOOD_13 };
const TODAY = new Date(NOW).toISOString().slice(0, 10);

function result(version: OfferVersion): VersionResult {
  const accepted = (SPOKEN[version] ?? []).map((name) => cipherSuiteByName(name)?.code);
  const support = accepted.length > 0 ? "accepted" : "refused";
  const seen = { what: support === "accepted" ? "hello" : "alert", alert: 70 } as const;
  const suites = cipherSuitesOf(version).map(({ code }) => ({
    code,
    seen,
    state: accepted.includes(code) ? ("accepted" as const) : ("refused" as const),
  }));
  return { version, support, seen, suites, groups: [], schemes: [], preference: "client", certificates: [], dhBits: [], complete: true };
}

/** The same server at depth standard, on the night after it was asked at depth full. */
function nextNight(before: TlsEvidence): TlsEvidence {
  const found = (["TLS 1.3", "TLS 1.2", "TLS 1.1", "TLS 1.0", "SSL 3.0"] as const).map(result);
  const pace = { lanes: 1, gapMs: 0 };
  const findings = { versions: found, connections: 9, pace, limited: false, readsLongLists: true, quirks: [], features: {}, chains: [] };
  return tlsEvidence({ address: before.address, depth: "standard", now: NOW, before }, findings);
}

function evidence(observation: Observation): TlsEvidence {
  return (observation as unknown as { readonly evidence: TlsEvidence }).evidence;
}

function nights(support: "accepted" | "refused") {
  const row = support === "accepted" ? ssl2(...RC4_AND_DES) : refused("SSL 2.0");
  const full = parameters({ versions: versions(row), listedOn: TODAY });
  return { full, standard: parameters(nextNight(evidence(full))) };
}

function said(rule: Rule, known: string, ...observations: readonly Observation[]) {
  return answered(runCase(rule, { name: "", observations, known: [known], expect: [] })).filter(([subject]) => subject === known);
}

const RULES = [
  [rc4CipherOffered, "cipher-suites", "low"],
  [desCipherOffered, "cipher-suites", "low"],
  [staticRsaOffered, "cipher-suites", "info"],
  [deprecatedVersionOffered, "ssl2.0", "low"],
] as const;

test.each(RULES)("%#: what SSL 2.0 was found with at depth full is neither mended nor found the night after", (rule, subject, severity) => {
  const { full, standard } = nights("accepted");
  expect(said(rule, subject, full)).toEqual([[subject, "offered", severity]]);
  expect(said(rule, subject, standard)).toEqual([[subject, "unobserved", "not_requested"]]);
});

test.each(RULES)("%#: what it was refused with stays refused", (rule, subject) => {
  const { full, standard } = nights("refused");
  expect([said(rule, subject, full), said(rule, subject, standard)]).toEqual([[[subject, "refused"]], [[subject, "refused"]]]);
});

test("nor does a policy comply, a difference go, or a client get its answer", () => {
  const { full, standard } = nights("accepted");
  const outcome = (check: Parameters<typeof serverAnswer>[0]) =>
    [full, standard].map((night) => serverAnswer(check, evidence(night)).outcome);
  expect(outcome({ kind: "versions-forbidden", versions: ["SSL 2.0"] })).toEqual(["violated", "unobserved"]);
  expect(outcome({ kind: "versions-allowed", versions: ["TLS 1.2", "TLS 1.3"] })).toEqual(["violated", "unobserved"]);
  expect(outcome({ kind: "suites-forbidden", classes: ["rc4", "below-112"] })).toEqual(["violated", "unobserved"]);

  const other = (night: Observation) => ({ ...night, key: { ...night.key, ...OTHER } }) as Observation;
  const refusing = nights("refused");
  expect(said(configurationDiffers, "versions", full, other(refusing.full))[0]?.[1]).toBe("versions-differ");
  expect(said(configurationDiffers, "versions", standard, other(refusing.standard))).toEqual([["versions", "unobserved", "not_requested"]]);

  const client = { versions: ["SSL 2.0"], cipherSuites: [], groups: [], signatureSchemes: [] } as const;
  expect(simulateClient(client, evidence(standard))).toEqual({ state: "unknown", reason: "not_requested" });
});
