import { describe, expect, it } from "vitest";
import type { judgeIntegration } from "../../src/app/judge-integration.ts";
import { storedConfiguration } from "../../src/app/stored-configuration.ts";
import type { BodyFacts, ClassFact } from "../../src/evidence/kinds.ts";
import { parseCustomClasses } from "../../src/inventory/parse.ts";
import type { CustomClass } from "../../src/model/custom-class.ts";
import { DAY } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { requestDigest } from "../../src/model/request-digest.ts";
import { classifyBody } from "../../src/observe/classify/classify-body.ts";
import { checkCustomClass } from "../../src/observe/classify/custom/check-custom-class.ts";
import { customDetection } from "../../src/observe/classify/custom/custom-detection.ts";
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

it("is ours that a secret is found which nobody looked for in every value before, and no proof that there was none", async () => {
  const many = (badge: string) => ({ data: Array.from({ length: 400 }, (_, at) => ({ id: at, note: at === 311 ? badge : `n${at}` })) });
  const sampled = aClass("badge", "BDG-[0-9]{8}");
  const watched = aClass("badge", "BDG-[0-9]{8}", "secret");
  const shown = many("BDG-48213975");
  expect(
    await classifiedNights([
      [shown, sampled],
      [shown, watched],
    ]),
  ).toEqual(["#custom/badge newly-detected config"]);
  expect(
    await classifiedNights([
      [many("n"), watched],
      [shown, watched],
    ]),
  ).toEqual(["#custom/badge new target"]);
});

describe("whose doing it is that a class of ours goes, or comes, where one of a consumer stands", () => {
  const NUMBER = aClass("member", "030 [0-9]{8}");
  const PHONE = { data: [{ id: "a", customerPhone: "030 90182047" }] };
  const OTHER_PHONE = { data: [{ id: "a", customerPhone: "030 90182047", guestPhone: "089 21231456" }] };
  const NO_PHONE = { data: [{ id: "a", customerPhone: null }] };
  const OTHERWISE_KNOWN = aClass("member", "030 9[0-9]{7}");
  const ELSEWHERE = aClass("elsewhere", "EW-[0-9]{8}");

  it.each<[string, readonly ClassifiedNight[], readonly string[]]>([
    ["ours, where it is defined", [[PHONE], [PHONE, NUMBER], [PHONE, NUMBER]], ["#phone resolved config"]],
    ["ours, where it is given up", [[PHONE, NUMBER], [PHONE]], ["#phone newly-detected config"]],
    ["ours, where it is given up later", [[PHONE], [PHONE, NUMBER], [PHONE, NUMBER], [PHONE]], ["#phone resolved config", "#phone"]],
    [
      "nobody's, where it is known otherwise and stands there still",
      [
        [PHONE, NUMBER],
        [PHONE, OTHERWISE_KNOWN],
      ],
      [],
    ],
    ["nobody's, where another class is defined", [[PHONE], [PHONE, ELSEWHERE], [PHONE, ELSEWHERE]], []],
    ["the provider's, where nothing is defined", [[PHONE], [NO_PHONE], [NO_PHONE]], ["#phone resolved target"]],
    [
      "the provider's, under one definition",
      [
        [PHONE, ELSEWHERE],
        [OTHER_PHONE, ELSEWHERE],
      ],
      ["#phone new target"],
    ],
    ["the provider's, on the night of a definition", [[PHONE], [OTHER_PHONE, ELSEWHERE]], ["#phone new target"]],
  ])("%s", async (_, nights, expected) => {
    const told = await classifiedNights(nights);
    expect(told.filter((text) => !text.startsWith("#custom"))).toEqual(expected.map((text) => expect.stringContaining(text)));
    expect(told.filter((text) => text.startsWith("#custom")).filter((text) => text.endsWith(" target"))).toEqual([]);
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

/** What an answer holds, and what the inventory defines. */
type ClassifiedNight = readonly [body: unknown, ...defined: CustomClass[]];

async function classifiedNights(nights: readonly ClassifiedNight[]): Promise<readonly string[]> {
  const memory = new Memory();
  const told: string[] = [];
  for (const [index, [body, ...defined]] of nights.entries()) {
    const at = NOW + index * DAY;
    const integration = anIntegration(defined.length > 0 ? { customClasses: defined } : {});
    const custom = await customDetection(integration.customClasses);
    const facts = classifyBody(new TextEncoder().encode(JSON.stringify(body)), {
      ...{ contentType: "application/json", truncated: false, knownMaps: [] },
      ...(custom !== undefined && { custom }),
    });
    const observations = [{ ...response({ request: requestOf(integration), body: facts }), observedAt: at }];
    const { changes } = memory.audit({
      run: index + 1,
      at,
      integration,
      policy: { packs: [], rules: {} },
      capability: "tool",
      observations,
    });
    if (index > 0) told.push(...changes.filter(({ rule }) => rule.startsWith("data/")).map(inShort));
  }
  return told;
}

function inShort({ subject, kind, cause }: ReturnType<typeof judgeIntegration>["changes"][number]): string {
  return `#${subject.slice(subject.lastIndexOf("#") + 1)} ${kind} ${cause}`;
}

function aClass(name: string, pattern: string, group = "personal"): CustomClass {
  const entry = [`  - id: custom/${name}`, `    pattern: "${pattern}"`, `    group: ${group}`, "    names: [customer phone]"];
  const read = parseCustomClasses(["version: 1", "customClasses:", ...entry].join("\n"), "classes.yaml", checkCustomClass);
  const [custom] = read.ok ? read.value : [];
  if (custom === undefined) throw new Error(JSON.stringify(read));
  return custom;
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
  const looked: Partial<BodyFacts> =
    lookedAtFor === undefined ? {} : { customClasses: [{ class: lookedAtFor.id, definition: lookedAtFor.definition }] };
  const shape = [
    { path: "$", types: ["object"] },
    { path: "$.data", types: ["array"] },
    { path: "$.data[]", types: ["object"] },
    { path: PATH, types: ["string"] },
  ];
  return response({ request: requestOf(integration), body: { ...looked, shape, records: 2, classes: shows === true ? [FOUND] : [] } });
}

function requestOf(integration: Integration) {
  const [endpoint = anEndpoint()] = integration.endpoints;
  return { method: "GET", origin: "https://api.acme.example", path: "/v1/list", digest: requestDigest(integration, endpoint) };
}
