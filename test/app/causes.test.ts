import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { CertificateFacts, ClassFact } from "../../src/evidence/kinds.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import { RULES } from "../../src/judge/rules/registry.ts";
import { CAUSES, type Cause, type ChangeKind, isRegression } from "../../src/model/finding.ts";
import { DAY, type Instant } from "../../src/model/instant.ts";
import type { Endpoint, Integration, Policy } from "../../src/model/integration.ts";
import { requestDigest } from "../../src/model/request-digest.ts";
import { SEVERITIES } from "../../src/model/severity.ts";
import { aCertificate, anEndpoint, anIntegration, hellos, NOW, response, session, TWO_URLS, withoutCredential } from "../judge/builders.ts";
import { Memory, type Night } from "./remembering.ts";

/**
 * Whose fault a change is, on a labelled matrix: each cause alone, and every ordered pair in which the first explains what is said now and
 * the second merely happened the same night. Labels are product.md section 4 (tool > config > rules, after judging the old evidence again,
 * > target > time) and history.md 1.4, and come from this file alone.
 */

const FIELD = "$.data[].iban";
const LEAK = `endpoint:list#${FIELD}#iban`;
const OVERSHARING = "data/sensitive-field-undeclared";
const EXPIRING = "certificate/expiring";
const SUNSET = "lifecycle/sunset-near";
const OFFERED = "tls/deprecated-version-offered";

/** Everything that a verdict can depend on, on one night. */
interface World {
  readonly at: Instant;
  readonly capability: string;
  readonly declared: Partial<Integration>;
  readonly endpoint: Partial<Endpoint>;
  readonly policy: Policy["rules"];
  readonly leaf: Partial<CertificateFacts>;
  readonly headers: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, ClassFact>>;
  /** The body came in part only. */
  readonly cut?: boolean;
  /** Rules of another release judged this night: they said what today's say of a world that differs in this. */
  readonly olderSaw?: Partial<Pick<World, "leaf" | "headers" | "classes">>;
}

/** What is different from the family's base before, and what is different afterwards. */
interface Move {
  readonly before?: Partial<World>;
  readonly after?: Partial<World>;
}

interface Family {
  readonly what: string;
  readonly rule: string;
  readonly subject: string;
  readonly base: Partial<World>;
  /** Nights before the two that are compared. */
  readonly history?: readonly Partial<World>[];
  readonly explains: Readonly<Partial<Record<Cause, Move>>>;
  /** Happened the same night, and has nothing to do with it. */
  readonly beside: Readonly<Record<Cause, Move>>;
  readonly kind: (cause: Cause) => ChangeKind;
}

const OTHER_TOOL: Move = { after: { capability: "probe 3, classifier 3" } };
const OTHER_RULES: Move = { before: { olderSaw: {} } };
const A_DAY_LATER: Move = { after: { at: NOW + DAY } };
const news = (cause: Cause) => (cause === "target" || cause === "time" ? "new" : "newly-detected");

const appearing: Family = {
  what: "a field that appears in a response",
  rule: OVERSHARING,
  subject: LEAK,
  base: {},
  explains: {
    target: { after: { classes: { iban: fact() } } },
    config: { before: { endpoint: { expect: { fields: [FIELD] } }, classes: { iban: fact() } }, after: { endpoint: { expect: {} } } },
    rules: { before: { classes: { iban: fact() }, olderSaw: { classes: {} } } },
    // The body is the same; the classifier of then did not find the class in it.
    tool: { after: { classes: { iban: fact() }, capability: "probe 2, classifier 3" } },
  },
  beside: {
    target: { after: { headers: { "cache-control": "no-store" } } },
    time: { after: { at: NOW + 30 * DAY } },
    config: { after: { declared: { dataClasses: ["phone"], owner: "another-team" } } },
    rules: OTHER_RULES,
    tool: OTHER_TOOL,
  },
  kind: news,
};

const comingBack: Family = {
  ...appearing,
  what: "a field that comes back after it was gone",
  history: [{ classes: { iban: fact() } }, {}, {}],
  kind: (cause) => (cause === "target" ? "reopened" : "newly-detected"),
};

const opening: Family = {
  what: "a certificate that is not renewed",
  rule: EXPIRING,
  subject: "leaf",
  base: {},
  explains: {
    target: { after: { leaf: { ...leftOf(0.15), sha256: "cd".repeat(32) } } },
    time: { after: { at: whenLeft(0.15) } },
    rules: { before: { leaf: leftOf(0.15), olderSaw: { leaf: leftOf(0.6) } } },
    // The probe of then read other dates in the same certificate.
    tool: { after: { leaf: leftOf(0.15), capability: "probe 3, classifier 2" } },
  },
  beside: {
    target: { after: { headers: { "cache-control": "no-store" }, leaf: { sha256: "ef".repeat(32) } } },
    time: A_DAY_LATER,
    config: { after: { policy: { [EXPIRING]: { off: false, severity: "low" } } } },
    rules: OTHER_RULES,
    tool: OTHER_TOOL,
  },
  kind: news,
};

const ownerless: Family = {
  what: "an integration without an owner",
  rule: "inventory/no-owner",
  subject: "",
  base: {},
  explains: { config: { after: { declared: { owner: "" } } } },
  beside: {
    target: { after: { headers: { server: "nginx/1.25.3" } } },
    time: { after: { at: NOW + 30 * DAY } },
    config: { after: { declared: { tags: ["pci"] } } },
    rules: OTHER_RULES,
    tool: OTHER_TOOL,
  },
  kind: news,
};

const worsening: Family = {
  what: "an announced end that comes nearer",
  rule: SUNSET,
  subject: "endpoint:list",
  base: { headers: { sunset: inDays(100) } },
  explains: {
    target: { after: { headers: { sunset: inDays(20) } } },
    time: { after: { at: NOW + 75 * DAY } },
    config: { before: { policy: { [SUNSET]: { off: false, severity: "info" } } }, after: { policy: {} } },
    rules: { before: { olderSaw: { headers: { sunset: inDays(300) } } } },
    tool: {
      before: { headers: { sunset: "unreadable for the normaliser of then" } },
      after: { headers: { sunset: inDays(20) }, capability: "normaliser 2" },
    },
  },
  beside: {
    target: { after: { leaf: { sha256: "cd".repeat(32) }, classes: { phone: fact("phone") } } },
    time: A_DAY_LATER,
    config: { after: { endpoint: { expect: { maxRecords: 10 } } } },
    rules: OTHER_RULES,
    tool: OTHER_TOOL,
  },
  kind: () => "worse",
};

const resolving: Family = {
  what: "a field that is not reported any more",
  rule: OVERSHARING,
  subject: LEAK,
  base: { classes: { iban: fact() } },
  explains: {
    target: { after: { classes: {} } },
    config: { after: { endpoint: { expect: { fields: [FIELD] } } } },
    // The rules of then took a placeholder for a value.
    rules: { before: { classes: { iban: { ...fact(), sample: true } }, olderSaw: { classes: { iban: fact() } } } },
    tool: { after: { classes: {}, capability: "probe 2, classifier 3" } },
  },
  beside: { ...appearing.beside, config: { after: { declared: { dataClasses: ["phone"] } } } },
  kind: () => "resolved",
};

const ending: Family = {
  what: "a certificate that is past its end, of which another rule speaks now",
  rule: EXPIRING,
  subject: "leaf",
  base: { leaf: leftOf(0.03) },
  explains: { time: { after: { at: NOW + 10 * DAY } } },
  beside: { ...opening.beside, time: A_DAY_LATER },
  kind: () => "resolved",
};

interface Labelled {
  readonly name: string;
  readonly family: Family;
  readonly moves: readonly Move[];
  readonly expected: readonly [kind: ChangeKind, cause: Cause];
}

const FAMILIES = [appearing, comingBack, opening, ownerless, worsening, resolving, ending];

/** Both would do it alone: the order of product.md section 4 decides. */
const BOTH: readonly Labelled[] = [
  both(appearing, "config", "rules", "config", { before: { olderSaw: { classes: {} } } }),
  both(appearing, "tool", "target", "tool"),
  both(appearing, "tool", "rules", "tool", { before: { olderSaw: { classes: {} } } }),
  both(appearing, "tool", "config", "tool", { before: { endpoint: { expect: { fields: [FIELD] } } }, after: { endpoint: { expect: {} } } }),
  both(opening, "time", "target", "time", { after: { leaf: { ...leftOf(0.7), notAfter: NOW + 71 * DAY, notBefore: NOW - 19 * DAY } } }),
  both(opening, "tool", "time", "tool", { after: { at: NOW + DAY } }),
  both(worsening, "config", "rules", "config", { before: { olderSaw: { headers: { sunset: inDays(300) } } } }),
  both(worsening, "time", "target", "time", { after: { headers: { sunset: inDays(95) } } }),
  // Our share makes it low, the rest of the way to high is the provider's, or the clock's.
  both(worsening, "target", "config", "target", {
    before: { policy: { [SUNSET]: { off: false, severity: "info" } } },
    after: { policy: {} },
  }),
  both(worsening, "target", "rules", "target", { before: { olderSaw: { headers: { sunset: inDays(300) } } } }),
  both(worsening, "time", "rules", "time", { before: { olderSaw: { headers: { sunset: inDays(300) } } } }),
  both(worsening, "time", "config", "time", { before: { policy: { [SUNSET]: { off: false, severity: "info" } } }, after: { policy: {} } }),
  both(resolving, "config", "target", "config", { after: { classes: {} } }),
  both(resolving, "rules", "target", "rules", { after: { classes: {} } }),
  both(resolving, "tool", "config", "tool", { after: { endpoint: { expect: { fields: [FIELD] } } } }),
];

const MATRIX: readonly Labelled[] = [...FAMILIES.flatMap(matrixOf), ...BOTH];
const wrong: string[] = [];

describe("whose fault it is", () => {
  for (const family of FAMILIES) {
    describe(family.what, () => {
      it.each(MATRIX.filter((labelled) => labelled.family === family).map((labelled) => [labelled.name, labelled] as const))(
        "%s",
        (_name, labelled) => {
          const said = changesOf(labelled);
          if (JSON.stringify(said) !== JSON.stringify([labelled.expected])) wrong.push(`${family.what}: ${labelled.name}`);
          expect(said).toEqual([labelled.expected]);
        },
      );
    });
  }

  it("is named for every cause and every pair, on questions of every kind", () => {
    expect(MATRIX.length).toBeGreaterThanOrEqual(60);
    for (const cause of CAUSES) expect(MATRIX.some(({ expected }) => expected[1] === cause)).toBe(true);
    for (const kind of ["new", "newly-detected", "reopened", "worse", "resolved"])
      expect(MATRIX.some(({ expected }) => expected[0] === kind)).toBe(true);
    const pairs = new Set(MATRIX.map(({ name }) => name).filter((name) => name.includes(", beside ")));
    expect(pairs.size).toBe(CAUSES.length * (CAUSES.length - 1));
  });

  afterAll(() => {
    process.stdout.write(
      `Cause attribution: ${MATRIX.length - wrong.length} of ${MATRIX.length} right\n${wrong.map((name) => `  wrong: ${name}\n`).join("")}`,
    );
  });
});

describe("a rule that nobody had before", () => {
  const askedNever = { unknown: [OVERSHARING, SUNSET] };
  it("is the rules' doing where the old evidence fails it too", () => {
    const old = { classes: { iban: fact() } };
    expect(changesAfter([world(old), world(old)], OVERSHARING, LEAK, askedNever)).toEqual([["newly-detected", "rules"]]);
  });

  it("blames the provider for what the old evidence does not show", () => {
    expect(changesAfter([world({}), world({ classes: { iban: fact() } })], OVERSHARING, LEAK, askedNever)).toEqual([["new", "target"]]);
    expect(changesAfter([world({}), world({ headers: { sunset: inDays(20) } })], SUNSET, "endpoint:list", askedNever)).toEqual([
      ["new", "target"],
    ]);
  });
});

describe("what happened before the last night", () => {
  const off = { [OVERSHARING]: { off: true as const } };

  it("a class that only today's classifier finds is the tool's, also for a rule that was off until now", () => {
    const nights = [world({ policy: off }), world({ capability: "probe 2, classifier 3", classes: { iban: fact() } })];
    expect(changesAfter(nights, OVERSHARING, LEAK)).toEqual([["newly-detected", "tool"]]);
  });

  it("a finding that came back with its rule, and was seen to be well since, is the provider's when it fails again", () => {
    const leaking = world({ classes: { iban: fact() } });
    const nights = [world({}), leaking, { ...leaking, policy: off }, world({}), world({}), world({}), leaking];
    expect(changesAfter(everyDay(nights), OVERSHARING, LEAK, { from: 6 })).toEqual([["reopened", "target"]]);
    const withoutAGap = [world({}), leaking, { ...leaking, policy: off }, leaking];
    expect(changesAfter(everyDay(withoutAGap), OVERSHARING, LEAK, { from: 3 })).toEqual([["newly-detected", "config"]]);
  });

  // While another field fails, no verdict says that the place was seen whole: the last one that did may be of another configuration.
  it.fails("a new field beside an old one is the provider's, also after a night with a cut body", () => {
    const email = { email: fact("email", "$.data[].email") };
    const declared = { declared: { dataClasses: ["phone" as const] } };
    const nights = [
      world({}),
      world({ classes: email }),
      world({ classes: email, ...declared }),
      world({ classes: email, ...declared, cut: true }),
      world({ classes: { ...email, iban: fact() }, ...declared }),
    ];
    expect(changesAfter(everyDay(nights), OVERSHARING, LEAK, { from: 4 })).toEqual([["new", "target"]]);
  });

  it("an address that is not met any more excuses no other one", () => {
    const offering = { "TLS 1.0": { support: "accepted" as const } };
    const [first, second] = [{ address: "192.0.2.1" }, { address: "192.0.2.2" }];
    const lowered: Policy["rules"] = { [OFFERED]: { off: false, severity: "low" } };
    const nights: readonly (readonly [readonly Observation[], Policy["rules"]])[] = [
      [[hellos({}, first), hellos({}, second)], {}],
      [[hellos({}, first), hellos(offering, second)], {}],
      [[hellos({}, first)], {}],
      [[hellos({}, first)], {}],
      [[hellos(offering, first)], lowered],
    ];
    const memory = new Memory();
    const told = nights.map(([observations, rules], index) => {
      const at = NOW + index * DAY;
      const night = { run: index + 1, at, integration: anIntegration(), policy: { packs: [], rules }, capability: "tool" };
      const { changes } = memory.audit({ ...night, observations: observations.map((one) => ({ ...one, observedAt: at })) });
      return changes.filter(({ rule }) => rule === OFFERED).map(({ kind, cause }) => [kind, cause]);
    });
    expect(told).toEqual([[], [["new", "target"]], [], [["resolved", "target"]], [["reopened", "target"]]]);
  });
});

describe("where the provider answers as before", () => {
  it("nothing that we changed is a regression, whatever we changed", () => {
    fc.assert(
      fc.property(anyPast(), anyWorld(), anyConfiguration(), anyConfiguration(), ourChanges(), (past, provider, then, now, ours) => {
        const before: World = { ...provider, ...then, ...(ours.rules === undefined ? {} : { olderSaw: ours.rules }) };
        const after: World = { ...provider, ...(ours.config ? now : then), ...ours.tool };
        const { changes } = played([...(asksLess(then) ? [] : past), before, after]);
        expect(changes.filter(isRegression)).toEqual([]);
      }),
      { numRuns: 300 },
    );
    // Half a minute on a machine of its own: every world is judged by every rule, night by night.
  }, 240_000);

  it("and the property sees changes: most of these worlds differ in something", () => {
    const worlds = fc.sample(fc.tuple(anyWorld(), anyConfiguration(), anyConfiguration(), ourChanges()), { numRuns: 100, seed: 7 });
    const changed = worlds.filter(([provider, then, now, ours]) => {
      const before: World = { ...provider, ...then, ...(ours.rules === undefined ? {} : { olderSaw: ours.rules }) };
      return played([before, { ...provider, ...(ours.config ? now : then), ...ours.tool }]).changes.length > 0;
    });
    expect(changed.length).toBeGreaterThan(30);
  });
});

function everyDay(nights: readonly World[]): readonly World[] {
  return nights.map((night, index) => ({ ...night, at: NOW + index * DAY }));
}

function matrixOf(family: Family): readonly Labelled[] {
  return CAUSES.flatMap((explains) => {
    const move = family.explains[explains];
    if (move === undefined) return [];
    const alone: Labelled = { name: `${explains} alone`, family, moves: [move], expected: [family.kind(explains), explains] };
    const pairs = CAUSES.filter((beside) => beside !== explains).map((beside): Labelled => {
      const cause = blamed(explains, beside);
      return {
        name: `${explains} explains it, beside ${beside}`,
        family,
        moves: [move, family.beside[beside]],
        expected: [family.kind(cause), cause],
      };
    });
    return [alone, ...pairs];
  });
}

/**
 * Another tool is blamed whatever else happened. Where configuration and rules both differ and the old evidence says the same by now, it is
 * ours, and the configuration is named: which of the two did it would take the configuration of then.
 */
function blamed(explains: Cause, beside: Cause): Cause {
  if (beside === "tool") return "tool";
  return explains === "rules" && beside === "config" ? "config" : explains;
}

function both(family: Family, first: Cause, second: Cause, cause: Cause, more: Move = {}): Labelled {
  const move = family.explains[first] ?? {};
  return { name: `${first} and ${second} would both explain it`, family, moves: [move, more], expected: [family.kind(cause), cause] };
}

function changesOf({ family, moves }: Labelled): readonly (readonly [ChangeKind, Cause])[] {
  const before = moves.reduce((current, move) => merged(current, move.before ?? {}), world(family.base));
  const { olderSaw: _gone, ...unchanged } = before;
  const after = moves.reduce((current, move) => merged(current, move.after ?? {}), unchanged as World);
  const again = { ...after, at: after.at + DAY };
  const nights = [...(family.history ?? []).map((past) => world(past)), before, after, again];
  return changesAfter(
    nights.map((night, index) => (index < (family.history ?? []).length ? { ...night, at: NOW - 30 * DAY + index * DAY } : night)),
    family.rule,
    family.subject,
    {
      from: nights.length - 2,
    },
  );
}

/** What is said of one question from night `from` on; after the first night nobody knows the rules in `unknown`. */
function changesAfter(
  nights: readonly World[],
  rule: string,
  subject: string,
  options: { readonly from?: number; readonly unknown?: readonly string[] } = {},
): readonly (readonly [ChangeKind, Cause])[] {
  const { perNight } = played(nights, rule, options.unknown);
  return perNight
    .slice(options.from ?? 1)
    .flat()
    .filter((change) => change.rule === rule && change.subject === subject)
    .map(({ kind, cause }) => [kind, cause] as const);
}

/** `rule`: whose older release judged a night with `olderSaw`; of all rules unless given. */
function played(nights: readonly World[], rule?: string, unknown: readonly string[] = []) {
  const memory = new Memory();
  const perNight = nights.map((night, index) => {
    const { changes } = memory.audit(nightOf(night, index + 1, rule));
    const { baseline } = memory.knowledge;
    if (index === 0 && baseline !== undefined && unknown.length > 0) {
      const isKnown = (one: { readonly rule: string }) => !unknown.includes(one.rule);
      memory.knowledge = {
        ...memory.knowledge,
        findings: memory.knowledge.findings.filter(isKnown),
        baseline: { ...baseline, verdicts: baseline.verdicts.filter(isKnown) },
      };
    }
    return changes;
  });
  return { perNight, changes: perNight.at(-1) ?? [] };
}

function nightOf(night: World, run: number, rule: string | undefined): Night {
  const integration = anIntegration({ ...night.declared, endpoints: [anEndpoint(night.endpoint)] });
  const rules = rule === undefined ? RULES.map(({ meta }) => meta.id) : [rule];
  return {
    run,
    at: night.at,
    integration,
    policy: { packs: [], rules: night.policy },
    capability: night.capability,
    observations: answersOf(night, integration),
    ...(night.olderSaw === undefined ? {} : { older: [{ rules, judgedAs: answersOf({ ...night, ...night.olderSaw }, integration) }] }),
  };
}

function answersOf({ leaf, headers, classes, at, cut }: World, integration: Integration): readonly Observation[] {
  const [endpoint = anEndpoint()] = integration.endpoints;
  const { origin, pathname } = new URL(integration.baseUrl);
  const request = { method: "GET", origin, path: `${pathname}${endpoint.path}`, digest: requestDigest(integration, endpoint) };
  const shape = [{ path: "$.data", types: ["array"] }];
  return [
    session({ chain: [aCertificate(leaf)] }, { origin }),
    hellos({}, { origin }),
    response(
      { request, headers, body: { state: cut === true ? "truncated" : "classified", records: 3, shape, classes: Object.values(classes) } },
      { origin, endpoint: endpoint.id },
    ),
    withoutCredential({}, { origin, endpoint: endpoint.id }),
  ].map((observation) => ({ ...observation, observedAt: at }));
}

function world(over: Partial<World>): World {
  return merged(
    { at: NOW, capability: "probe 2, classifier 2", declared: {}, endpoint: {}, policy: {}, leaf: {}, headers: {}, classes: {} },
    over,
  );
}

/** What a move says of a classified field, of the policy or of what the older rules saw takes the place of all that was there; the rest is added. */
function merged(base: World, over: Partial<World>): World {
  return {
    ...base,
    ...over,
    declared: { ...base.declared, ...over.declared },
    endpoint: { ...base.endpoint, ...over.endpoint },
    leaf: { ...base.leaf, ...over.leaf },
    headers: { ...base.headers, ...over.headers },
    ...(over.classes === undefined || Object.keys(over.classes).length === 0 ? {} : { classes: { ...base.classes, ...over.classes } }),
  };
}

function fact(dataClass: ClassFact["class"] = "iban", path = FIELD): ClassFact {
  return { path, class: dataClass, confidence: 0.95, count: 3, masked: false, sample: false };
}

/** A certificate of 90 days of which that part is left at NOW. */
function leftOf(part: number): Partial<CertificateFacts> {
  return { notBefore: NOW - (1 - part) * 90 * DAY, notAfter: NOW + part * 90 * DAY };
}

/** When that part is left of the usual one, which has 70 of 90 days left at NOW. */
function whenLeft(part: number): Instant {
  return NOW + 70 * DAY - part * 90 * DAY;
}

function inDays(days: number): string {
  return new Date(NOW + days * DAY).toUTCString();
}

/** What a provider may answer, good or bad. */
function anyWorld(): fc.Arbitrary<World> {
  return fc
    .record({
      part: fc.constantFrom(0.7, 0.15, 0.08, 0.03, -0.1),
      headers: fc.constantFrom<Record<string, string>>(
        {},
        { server: "nginx/1.18.0" },
        { sunset: inDays(20) },
        { sunset: inDays(100), server: "Apache/2.4.1" },
      ),
      classes: anyClasses(),
    })
    .map(({ part, headers, classes }) => world({ leaf: leftOf(part), headers, classes }));
}

function anyClasses(): fc.Arbitrary<Readonly<Record<string, ClassFact>>> {
  const facts = fc.tuple(
    fc.constantFrom("iban", "email", "api_key", "jwt", "phone", "national_id"),
    fc.constantFrom("$.data[].a", "$.data[].b"),
    fc.boolean(),
  );
  return fc
    .array(facts, { maxLength: 3 })
    .map((list) =>
      Object.fromEntries(list.map(([name, path, sample]) => [`${name}${path}`, { ...fact(name as ClassFact["class"], path), sample }])),
    );
}

/** Up to two nights of any provider, under any configuration that asks the usual questions. */
function anyPast(): fc.Arbitrary<readonly World[]> {
  const ours = anyConfiguration().filter((configuration) => !asksLess(configuration));
  return fc.array(
    fc.tuple(anyWorld(), ours).map(([provider, configuration]) => ({ ...provider, ...configuration })),
    { maxLength: 2 },
  );
}

/** What is known of the usual questions is then older than the night before: in between the provider may have changed indeed. */
function asksLess({ declared, endpoint, policy }: Pick<World, "declared" | "endpoint" | "policy">): boolean {
  return "baseUrl" in declared || "additionalUrls" in declared || "id" in endpoint || Object.values(policy).some(({ off }) => off);
}

/** What we may declare and decide. */
function anyConfiguration(): fc.Arbitrary<Pick<World, "declared" | "endpoint" | "policy">> {
  const severity = fc.constantFrom(...SEVERITIES).map((word) => ({ off: false as const, severity: word }));
  return fc.record({
    declared: fc.constantFrom<Partial<Integration>>(
      {},
      { dataClasses: ["iban", "email"] },
      { owner: "" },
      { auth: { scheme: "none", neededScopes: [] } },
      { headers: { "x-tenant": "other" } },
      { baseUrl: "https://api2.acme.example/v2" },
      TWO_URLS,
    ),
    endpoint: fc.constantFrom<Partial<Endpoint>>(
      {},
      { expect: { fields: ["$.data[].a"] } },
      { expect: { classes: ["national_id"] } },
      { path: "/other" },
      { id: "renamed" },
    ),
    policy: fc.dictionary(fc.constantFrom(...RULES.map(({ meta }) => meta.id)), fc.oneof(severity, fc.constant({ off: true as const })), {
      maxKeys: 4,
    }),
  });
}

/** What differs on our side: any of the three. Another classifier finds anything at all in the same body. */
function ourChanges() {
  return fc.record({
    config: fc.boolean(),
    rules: fc.option(fc.record({ classes: anyClasses(), leaf: fc.constantFrom(leftOf(0.7), leftOf(0.08), leftOf(-0.1)) }), {
      nil: undefined,
    }),
    tool: fc.oneof(
      fc.constant({}),
      anyClasses().map((classes) => ({ capability: "probe 3, classifier 3", classes })),
    ),
  });
}
