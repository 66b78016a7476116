import { describe, expect, it } from "vitest";
import { KIND_VERSIONS } from "../../../src/evidence/kinds.ts";
import type { Observation } from "../../../src/evidence/observation.ts";
import { expired } from "../../../src/judge/rules/certificate/expired.ts";
import { judge } from "../../../src/judge/rules/engine.ts";
import { RULES } from "../../../src/judge/rules/registry.ts";
import type { Rule } from "../../../src/judge/rules/rule.ts";
import { sha256Hex } from "../../../src/model/digest.ts";
import { RULE_FAMILIES } from "../../../src/model/rule.ts";
import { aCertificate, anIntegration, NOW, session } from "../builders.ts";

const ENDED = { chain: [aCertificate({ notAfter: NOW - 1 })] };
const DEMANDING: Rule = { ...expired, since: { "tls-session": 3 } };

function ofVersion(version: number, observation: Observation): Observation {
  const storedAs = { kind: observation.kind, version, json: "{}", hash: sha256Hex(String(version)) };
  return { ...observation, storedAs } as Observation;
}

function verdicts(rule: Rule, observations: readonly Observation[], known: readonly string[] = []) {
  const hashOf = (observation: Observation) => (observations.includes(observation) ? "original" : "substitute");
  return judge(
    { integration: anIntegration(), observations, asOf: NOW },
    {
      policy: { packs: [], rules: {} },
      families: RULE_FAMILIES,
      known: known.map((subject) => ({ rule: rule.meta.id, subject })),
      hashOf,
      rules: [rule],
    },
  );
}

describe("a rule that needs what old evidence lacks", () => {
  it("says so of its subjects, and cites the evidence that is too old", () => {
    const [result, ...others] = verdicts(DEMANDING, [ofVersion(2, session(ENDED))]);
    expect(result).toMatchObject({ subject: "leaf", verdict: "unobserved", reason: "evidence_too_old" });
    expect(result?.evidence.map(({ hash }) => hash)).toEqual(["original"]);
    expect(others).toEqual([]);
  });

  it("judges what is new enough, and what was never stored", () => {
    expect(verdicts(DEMANDING, [ofVersion(3, session(ENDED))])[0]?.verdict).toBe("fail");
    expect(verdicts(DEMANDING, [session(ENDED)])[0]?.verdict).toBe("fail");
    expect(verdicts(expired, [ofVersion(1, session(ENDED))])[0]?.verdict).toBe("fail");
  });

  it("does not pass for one address what it cannot tell of another, and fails for what it sees", () => {
    const [old, young] = [ofVersion(2, session({}, { address: "192.0.2.1" })), session({}, { address: "192.0.2.2" })];
    expect(verdicts(DEMANDING, [old, young])[0]).toMatchObject({ verdict: "unobserved", reason: "evidence_too_old" });
    expect(verdicts(DEMANDING, [old, session(ENDED, { address: "192.0.2.2" })])[0]?.verdict).toBe("fail");
  });

  it("does not say that a subject is gone", () => {
    const { absent: _absent, ...silent } = DEMANDING;
    expect(verdicts(silent, [ofVersion(2, session())], ["gone"]).map(({ subject, reason }) => [subject, reason])).toEqual([
      ["gone", "evidence_too_old"],
      ["leaf", "evidence_too_old"],
    ]);
  });

  it("asks for versions that exist, of kinds that it declared", () => {
    const demands = RULES.flatMap(({ needs, sees = [], since = {} }) =>
      Object.entries(since).map(([kind, version]) => ({ kind, version, needs: [...needs, ...sees] })),
    );
    const senseless = demands.filter(
      ({ kind, version, needs }) =>
        !needs.some((need) => need === kind) || version < 2 || version > KIND_VERSIONS[kind as keyof typeof KIND_VERSIONS],
    );
    expect(senseless).toEqual([]);
  });
});
