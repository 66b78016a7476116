import { DAY, HOUR, type Instant } from "../../src/model/instant.ts";
import type { DeclaredWaiver } from "../../src/model/integration.ts";
import type { Severity } from "../../src/model/severity.ts";
import { Dice } from "./dice.ts";

/**
 * What really happens to one integration, night by night: what its provider does, what of it can be seen, and what we change ourselves.
 * The world (world.ts) is made from it, and so is what an audit has to say (oracle.ts): neither knows the other.
 */
export interface Script {
  readonly seed: number;
  readonly nights: number;
  readonly certificates: readonly Certificate[];
  readonly conditions: readonly Condition[];
  readonly faults: readonly Fault[];
  readonly ours: Ours;
}

/** Half open: `until` is the first night on which it is over. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export interface Certificate {
  readonly installed: number;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
}

export const LEAKS = { iban: "$.data[].iban", email: "$.data[].owner.email", api_key: "$.data[].key" } as const;
export type Leak = keyof typeof LEAKS;

/** A thing that is bad at the provider. */
export type Condition = Span &
  (
    | { readonly what: "bad-certificate"; readonly problem: "self-signed" | "unknown-issuer"; readonly edge: "both" | "second" }
    | { readonly what: "tls1.0"; readonly edge: "both" | "second"; readonly pattern?: readonly boolean[] }
    | { readonly what: "banner"; readonly pattern?: readonly boolean[] }
    /** `foundBy`: the first tool that finds the class in this body. */
    | { readonly what: "leak"; readonly leak: Leak; readonly pattern?: readonly boolean[]; readonly foundBy?: number }
    /** Whoever asks without a credential gets the same shape; from `worseFrom` on, also data. */
    | { readonly what: "open-endpoint"; readonly worseFrom?: number }
    | { readonly what: "sunset"; readonly ends: Instant; readonly postponed?: { readonly from: number; readonly ends: Instant } }
    | { readonly what: "plaintext-twin" }
  );

/** Why something cannot be seen. */
export type Fault = Span & { readonly what: FaultKind };
export const FAULTS = [
  "their-outage",
  "our-outage", // a run that was blind, or never came: nothing of it is in history
  "rate-limited",
  "server-error",
  "our-budget", // the endpoint was not asked any more
  "second-edge-silent",
  "second-edge-refuses",
  "only-first-edge", // names resolve to one address today, and to the other tomorrow
  "only-second-edge",
  "body-cut", // with the leaks in it
  "body-cut-before-leaks",
  "empty-list",
  "credential-rejected",
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** What we change. */
export interface Ours {
  /** Nights from which another tool looks. */
  readonly tools: readonly number[];
  /** An earlier release of these rules judged until that night; of what is in `missed` it said nothing. */
  readonly rules: readonly { readonly rules: readonly string[]; readonly until: number; readonly missed: boolean }[];
  readonly declared: readonly (Span & { readonly leak: Leak })[];
  readonly bannerSeverity: readonly (Span & { readonly severity: Severity })[];
  /** From this night on another tenant is asked for: another request. */
  readonly tenants: readonly number[];
  readonly owners: readonly number[];
  readonly off: readonly (Span & { readonly rule: string })[];
  readonly waivers: readonly (Span & { readonly waiver: DeclaredWaiver })[];
}

export const RULE_OF = {
  "bad-certificate": "certificate/untrusted",
  "tls1.0": "tls/deprecated-version-offered",
  banner: "header/version-disclosure",
  iban: "data/sensitive-field-undeclared",
  email: "data/sensitive-field-undeclared",
  api_key: "data/secret-in-response",
  "open-endpoint": "auth/unauthenticated-access",
  sunset: "lifecycle/sunset-near",
  "plaintext-twin": "auth/credential-over-http",
  expiring: "certificate/expiring",
  expired: "certificate/expired",
} as const;

export const START = Date.UTC(2027, 0, 1, 3);

export function timeOf(night: number): Instant {
  return START + night * DAY;
}

export function isDuring({ from, until }: Span, night: number): boolean {
  return night >= from && night < until;
}

/** One history; the same for the same seed and number of nights. */
export function scriptOf(seed: number, nights: number): Script {
  const dice = new Dice(seed);
  const choices = oursOf(dice, nights);
  const busyNights = [
    ...[...choices.tools, ...choices.tenants, ...choices.owners, ...choices.rules.map(({ until }) => until)],
    ...[...choices.declared, ...choices.bannerSeverity].flatMap(({ from, until }) => [from, until]),
  ].filter((night) => night < nights);
  const conditions = conditionsOf(dice, nights, busyNights);
  const ours = { ...choices, off: switchedOff(dice, nights, conditions) };
  return {
    seed,
    nights,
    certificates: certificatesOf(dice, nights),
    conditions,
    faults: faultsOf(dice, nights, conditions, busyNights),
    ours,
  };
}

/** Renewed with about a third of the lifetime left, or late, or when it has ended already. */
function certificatesOf(dice: Dice, nights: number): readonly Certificate[] {
  const certificates: Certificate[] = [];
  let installed = -dice.between(0, 20);
  while (installed < nights) {
    const days = dice.pick([47, 90, 90, 180]);
    const notBefore = timeOf(installed) - 7 * HOUR;
    certificates.push({ installed, notBefore, notAfter: notBefore + days * DAY });
    const left = dice.chance(0.7) ? dice.between(25, 40) / 100 : dice.pick([0.17, 0.08, 0.03, -0.06]);
    installed += Math.max(1, Math.round(days * (1 - left)));
  }
  return certificates;
}

function conditionsOf(dice: Dice, nights: number, busyNights: readonly number[]): readonly Condition[] {
  const edge = () => dice.pick(["both", "both", "second"] as const);
  const flapping = (span: Span) => {
    const pattern = Array.from({ length: span.until - span.from }, (_, index) => index === 0 || dice.chance(0.5));
    return dice.chance(0.25) ? { pattern } : {};
  };
  const episodes = (most: number, longest = 150) => spansOf(dice, nights, dice.between(0, most), longest, busyNights);
  const leaks = Object.keys(LEAKS) as Leak[];
  return [
    ...episodes(2, 30).map(
      (span): Condition => ({
        ...span,
        what: "bad-certificate",
        problem: dice.pick(["self-signed", "unknown-issuer"]),
        edge: edge(),
      }),
    ),
    ...episodes(3).map((span): Condition => ({ ...span, what: "tls1.0", edge: edge(), ...flapping(span) })),
    ...episodes(3).map((span): Condition => ({ ...span, what: "banner", ...flapping(span) })),
    ...leaks.flatMap((leak) =>
      episodes(2).map(
        (span): Condition => ({
          ...span,
          what: "leak",
          leak,
          ...(dice.chance(0.2) ? { foundBy: dice.between(1, 4) } : flapping(span)),
        }),
      ),
    ),
    ...episodes(2).map(
      (span): Condition => ({
        ...span,
        what: "open-endpoint",
        ...(dice.chance(0.5) ? { worseFrom: dice.between(span.from, span.until - 1) } : {}),
      }),
    ),
    ...episodes(1, 400).map((span): Condition => {
      const ends = timeOf(span.from) + dice.between(20, 350) * DAY + 5 * HOUR;
      const from = dice.between(span.from, span.until - 1);
      return { ...span, what: "sunset", ends, ...(dice.chance(0.3) ? { postponed: { from, ends: ends + 180 * DAY } } : {}) };
    }),
    ...episodes(2).map((span): Condition => ({ ...span, what: "plaintext-twin" })),
  ];
}

/** Nights of bad sight; some of them on the very night on which something begins or ends. */
function faultsOf(dice: Dice, nights: number, conditions: readonly Condition[], busyNights: readonly number[]): readonly Fault[] {
  const turns = [0, ...busyNights, ...conditions.flatMap(({ from, until }) => [from, until])];
  return Array.from({ length: dice.between(Math.ceil(nights / 40), Math.ceil(nights / 25)) }, (): Fault => {
    const near = dice.chance(0.5) ? dice.pick(turns) - dice.between(0, 3) : dice.between(0, nights - 1);
    const from = Math.max(0, near);
    const length = dice.chance(0.8) ? dice.between(1, 3) : dice.between(4, 14);
    return { what: dice.pick(FAULTS), from, until: Math.min(nights, from + length) };
  });
}

function oursOf(dice: Dice, nights: number): Omit<Ours, "off"> {
  const some = (most: number) => Array.from({ length: dice.between(0, most) }, () => dice.between(5, nights - 1)).sort((a, b) => a - b);
  const spans = (most: number, longest: number) => spansOf(dice, nights, dice.between(0, most), longest, []);
  const rules = [...new Set(Object.values(RULE_OF))];
  const half = rules.filter(() => dice.chance(0.5));
  const rest = rules.filter((rule) => !half.includes(rule));
  const later = Math.ceil(nights / 2);
  return {
    tools: some(8),
    rules: [
      { rules: half, until: dice.between(3, later), missed: dice.chance(0.5) },
      { rules: rest, until: dice.between(later, nights), missed: dice.chance(0.5) },
    ],
    declared: spans(4, 150).map((span) => ({ ...span, leak: dice.pick(["iban", "email"] as const) })),
    bannerSeverity: spans(3, 150).map((span) => ({ ...span, severity: dice.pick(["info", "medium", "high"] as const) })),
    tenants: some(4),
    owners: some(6),
    waivers: spans(2, 200).map((span) => ({
      ...span,
      waiver: {
        rule: dice.pick(rules),
        until: new Date(timeOf(span.from + dice.between(10, 250))).toISOString().slice(0, 10),
        reason: "known",
        by: "ciso",
        kind: "accepted",
      },
    })),
  };
}

/** Rules that somebody got tired of while they had something to say, and some that had nothing to say. */
function switchedOff(dice: Dice, nights: number, conditions: readonly Condition[]): Ours["off"] {
  return Array.from({ length: dice.between(0, 4) }, () => {
    const condition = dice.pick([...conditions, undefined]);
    const rule =
      condition === undefined ? dice.pick(Object.values(RULE_OF)) : RULE_OF[condition.what === "leak" ? condition.leak : condition.what];
    const from = condition === undefined ? dice.between(1, nights - 1) : dice.between(condition.from, condition.until - 1);
    return { rule, from, until: Math.min(nights + 1, from + dice.between(1, 40)) };
  });
}

/** Not overlapping, at least three nights apart, ordered; a third of them begin on a night on which we changed something. */
function spansOf(dice: Dice, nights: number, count: number, longest: number, busyNights: readonly number[]): readonly Span[] {
  const spans: Span[] = [];
  for (let tried = 0; tried < count * 3 && spans.length < count; tried += 1) {
    const from = dice.chance(0.33) && busyNights.length > 0 ? dice.pick(busyNights) : dice.chance(0.1) ? 0 : dice.between(0, nights - 1);
    const length = dice.chance(0.3) ? dice.between(1, 5) : dice.between(2, longest);
    const span = { from, until: Math.min(nights + 1, from + length) };
    if (from < nights && spans.every((other) => span.from > other.until + 3 || span.until + 3 < other.from)) spans.push(span);
  }
  return spans.sort((a, b) => a.from - b.from);
}
