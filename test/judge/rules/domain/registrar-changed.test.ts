import { expect, test } from "vitest";
import type { RegistrarSeen } from "../../../../src/evidence/kinds.ts";
import { registrarChanged } from "../../../../src/judge/rules/domain/registrar-changed.ts";
import { SECOND } from "../../../../src/model/instant.ts";
import { registration } from "../../builders.ts";
import { ago } from "../../domain-cases.ts";
import { registrationCases, says } from "../../registration-cases.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

const OLD: RegistrarSeen = { name: "Old Registrar, Inc.", ianaId: "292", since: ago(90) };
const NEW: RegistrarSeen = { name: "New Registrar LLC", ianaId: "1068", since: ago(1) };
const kept = (seen: readonly RegistrarSeen[], { since: _since, ...registrar } = seen.at(-1) ?? OLD) => registration({ registrar, seen });
const common = registrationCases("unchanged");

describeRule(
  registrarChanged,
  {
    pass: [
      ...common.pass,
      says("the first one again", kept([OLD, NEW], OLD), "unchanged"),
      says("the same one under another name", kept([OLD], { ...OLD, name: "Old Registrar Holding" }), "unchanged"),
      says(
        "the same name in another spelling",
        kept([{ name: "ACME, Inc.", since: ago(90) }], { name: "Acme Inc", since: 0 }),
        "unchanged",
      ),
      says("two weeks and a second ago", kept([OLD, { ...NEW, since: ago(14) - SECOND }]), "settled"),
    ],
    fail: [
      says("another one since yesterday", kept([OLD, NEW]), "changed", "medium"),
      says("two weeks ago", kept([OLD, { ...NEW, since: ago(14) }]), "changed", "medium"),
      says("another number under the same name", kept([OLD, { ...OLD, ianaId: "1", since: ago(0) }]), "changed", "medium"),
      says(
        "another name without a number",
        kept([
          { name: "A", since: ago(9) },
          { name: "B", since: ago(1) },
        ]),
        "changed",
        "medium",
      ),
    ],
    "not-applicable": [
      ...common["not-applicable"],
      says("a registry that names no registrar", registration({ registrar: undefined as never, seen: [OLD] }), "not-told"),
    ],
    unobserved: [
      ...common.unobserved,
      says(
        "a number that nobody had a name for",
        kept([{ ianaId: "292", since: ago(9) }], { name: "A", since: 0 }),
        "unobserved",
        "evidence_ambiguous",
      ),
    ],
    hostile: [
      says("a name that is a terminal's command", kept([OLD, { ...NEW, name: "\u001b]0;x\u0007<b>" }]), "changed", "medium"),
      says("a name of a megabyte", kept([OLD, { ...NEW, name: "x".repeat(1_000_000) }]), "changed", "medium"),
    ],
  },
  () => {
    test("says whose it was and whose it is", () => {
      expect(runCase(registrarChanged, says("", kept([OLD, NEW])))).toMatchObject([
        { message: "Its registrar is New Registrar LLC, and was Old Registrar, Inc. before." },
      ]);
      expect(runCase(registrarChanged, says("", kept([OLD, { ianaId: "1068", since: ago(1) }])))).toMatchObject([
        { message: expect.stringContaining("Its registrar is the one with number 1068, and was") },
      ]);
    });
  },
);
