import { describe, expect, it } from "vitest";
import type { judgeIntegration } from "../../src/app/judge-integration.ts";
import { storedConfiguration } from "../../src/app/stored-configuration.ts";
import type { BodyFacts, ClassFact } from "../../src/evidence/kinds.ts";
import type { CustomClass } from "../../src/model/custom-class.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { requestDigest } from "../../src/model/request-digest.ts";
import { anEndpoint, anIntegration, NOW, response } from "../judge/builders.ts";
import { Memory } from "./remembering.ts";

const OVERSHARING = "data/sensitive-field-undeclared";
const PATH = "$.data[].member";
const SUBJECT = `endpoint:list#${PATH}#custom/member`;
const MEMBER: CustomClass = { id: "custom/member", group: "personal", definition: "one" };
const OTHERWISE: CustomClass = { ...MEMBER, definition: "other" };
const FOUND: ClassFact = { path: PATH, class: MEMBER.id, confidence: 0.95, count: 2, masked: false, sample: false };

/** What the inventory defines, and whether a body that is looked at for it shows it. */
interface Night {
  readonly defined?: CustomClass;
  readonly shows?: boolean;
  /** As the answer of another night was looked at. */
  readonly lookedAtFor?: CustomClass;
  readonly declared?: Partial<Integration>;
}

describe("whose doing it is that a class of a consumer is seen", () => {
  it.each<[string, readonly Night[], readonly (readonly string[])[]]>([
    [
      "the provider's, where it comes under the same definition",
      [{ defined: MEMBER }, { defined: MEMBER, shows: true }],
      [[], ["new target"]],
    ],
    ["ours, where it was not defined before", [{}, { defined: MEMBER, shows: true }], [[], ["newly-detected config"]]],
    ["ours, where it is known otherwise now", [{ defined: MEMBER }, { defined: OTHERWISE, shows: true }], [[], ["newly-detected config"]]],
    [
      "ours, where another pattern does not fit any more, also once that is confirmed",
      [{ defined: MEMBER, shows: true }, { defined: OTHERWISE }, { defined: OTHERWISE }],
      [["new target"], [], ["resolved config"]],
    ],
    ["ours, where it is given up", [{ defined: MEMBER, shows: true }, {}], [["new target"], ["resolved config"]]],
    [
      "ours, where it matters more now",
      [
        { defined: MEMBER, shows: true },
        { defined: { ...MEMBER, group: "health" }, shows: true },
      ],
      [["new target"], ["worse config"]],
    ],
    [
      "the provider's, where it goes under the same definition",
      [{ defined: MEMBER, shows: true }, { defined: MEMBER }, { defined: MEMBER }],
      [["new target"], [], ["resolved target"]],
    ],
  ])("%s", (_, nights, expected) => {
    const { told } = played(nights);
    // A first run has no news: there is nothing to compare with.
    expect(told.slice(1)).toEqual(expected.slice(1));
  });

  it("is not known of an answer that was not looked at for it: neither clean nor gone", () => {
    const { verdicts } = played([
      { defined: MEMBER, shows: true },
      { defined: OTHERWISE, shows: true, lookedAtFor: MEMBER },
    ]);
    expect(verdicts(OVERSHARING)).toEqual([
      [SUBJECT, "unobserved", "not_requested"],
      ["endpoint:list", "unobserved", "not_requested"],
    ]);
  });

  it("is no news to whoever declared it: nobody looked before", () => {
    const declared = { dataClasses: [MEMBER.id] };
    const { told, verdicts } = played([{ declared: { dataClasses: [] } }, {}, {}, { defined: MEMBER, shows: true, declared }]);
    expect(told.flat()).toEqual([]);
    expect(verdicts(OVERSHARING)).toEqual([["endpoint:list", "pass", undefined]]);
  });
});

it("is judged again by what is stored, without a pattern", () => {
  const known = { pattern: "Kestrel-[0-9]+", names: ["kestrel"], needsName: false, inText: false };
  const integration = anIntegration({ customClasses: [{ ...MEMBER, title: "Member", group: "special", known }], dataClasses: [MEMBER.id] });
  const { json } = judged(integration).configuration;
  expect(json).not.toMatch(/kestrel/i);
  const stored = storedConfiguration(json);
  if (!stored.ok) throw new Error(stored.error);
  expect(stored.value.integration.customClasses).toEqual([{ ...MEMBER, title: "Member", group: "special" }]);
  const again = judged({ ...stored.value.integration, dataClasses: [] }).verdicts.filter(({ rule }) => rule === OVERSHARING);
  expect(again.map(({ subject, outcome, severity }) => [subject, outcome, severity])).toEqual([
    [SUBJECT, "undeclared-critical-data", "high"],
  ]);
  const broken = JSON.parse(json) as { integration: { customClasses: unknown } };
  for (const customClasses of [
    "x",
    [{ id: "email", group: "low", definition: "x" }],
    [{ ...MEMBER, group: "none" }],
    [{ id: MEMBER.id }],
  ]) {
    expect(storedConfiguration(JSON.stringify({ ...broken, integration: { ...broken.integration, customClasses } })).ok).toBe(false);
  }
});

function judged(integration: Integration) {
  return new Memory().audit({
    run: 1,
    at: NOW,
    integration,
    policy: { packs: [], rules: {} },
    capability: "tool",
    observations: [answerOf({ defined: MEMBER, shows: true }, integration)],
  });
}

function played(nights: readonly Night[]) {
  const memory = new Memory();
  let last: ReturnType<typeof judgeIntegration> | undefined;
  const told = nights.map((night, index) => {
    const { defined, declared } = night;
    const at = NOW + index * DAY;
    const integration = anIntegration({ ...(defined !== undefined && { customClasses: [defined] }), ...declared });
    const observations = [{ ...answerOf(night, integration), observedAt: at }];
    last = memory.audit({ run: index + 1, at, integration, policy: { packs: [], rules: {} }, capability: "tool", observations });
    return last.changes.filter(({ rule }) => rule.startsWith("data/")).map(({ kind, cause }) => `${kind} ${cause}`);
  });
  const verdicts = (rule: string) =>
    (last?.verdicts ?? [])
      .filter((verdict) => verdict.rule === rule)
      .map(({ subject, verdict, reason }) => [subject, verdict, reason])
      .sort();
  return { told, verdicts };
}

function answerOf({ defined, shows, lookedAtFor = defined }: Night, integration: Integration) {
  const [endpoint = anEndpoint()] = integration.endpoints;
  const request = { method: "GET", origin: "https://api.acme.example", path: "/v1/list", digest: requestDigest(integration, endpoint) };
  const looked: Partial<BodyFacts> =
    lookedAtFor === undefined ? {} : { customClasses: [{ class: lookedAtFor.id, definition: lookedAtFor.definition }] };
  const shape = [
    { path: "$", types: ["object"] },
    { path: "$.data", types: ["array"] },
    { path: "$.data[]", types: ["object"] },
    { path: PATH, types: ["string"] },
  ];
  return response({ request, body: { ...looked, shape, records: 2, classes: shows === true ? [FOUND] : [] } });
}
