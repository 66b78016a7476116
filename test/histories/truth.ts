import type { Instant } from "../../src/model/instant.ts";
import type { Severity } from "../../src/model/severity.ts";
import { type Certificate, type Condition, type Fault, type FaultKind, isDuring, LEAKS, type Leak, type Script } from "./script.ts";

/** What the provider's servers are like on one night, seen or not. */
export interface Provider {
  readonly certificate: Certificate;
  /** By edge, the first and the second address. */
  readonly edges: readonly [Edge, Edge];
  readonly banner: boolean;
  /** What of the body the tool of that night recognises. */
  readonly leaks: readonly Leak[];
  readonly open?: "same-shape" | "same-data";
  readonly sunset?: Instant;
  readonly plaintext: boolean;
}

export interface Edge {
  readonly badCertificate?: "self-signed" | "unknown-issuer";
  readonly tls10: boolean;
}

/** What is ours on one night. */
export interface OurSide {
  readonly tool: number;
  /** Rules of an earlier release, and whether they say less. */
  readonly older: readonly string[];
  readonly missing: readonly string[];
  readonly declared: readonly Leak[];
  readonly bannerSeverity?: Severity;
  readonly tenant: number;
  readonly owner: number;
  readonly off: readonly string[];
}

export function providerOn(script: Script, night: number): Provider {
  const { tool } = oursOn(script, night);
  const active = script.conditions.filter((condition) => isActive(condition, night));
  const of = <W extends Condition["what"]>(what: W) =>
    active.find((condition): condition is Extract<Condition, { readonly what: W }> => condition.what === what);
  const [open, sunset] = [of("open-endpoint"), of("sunset")];
  const leaks = (Object.keys(LEAKS) as Leak[]).filter((leak) =>
    active.some((condition) => condition.what === "leak" && condition.leak === leak && tool >= (condition.foundBy ?? 0)),
  );
  return {
    certificate: certificateOn(script, night),
    edges: [edgeOf(active, "first"), edgeOf(active, "second")],
    banner: of("banner") !== undefined,
    leaks,
    ...(open === undefined ? {} : { open: night >= (open.worseFrom ?? Number.POSITIVE_INFINITY) ? "same-data" : "same-shape" }),
    ...(sunset === undefined ? {} : { sunset: endsOn(sunset, night) }),
    plaintext: of("plaintext-twin") !== undefined,
  };
}

export function oursOn(script: Script, night: number): OurSide {
  const known = cache.get(script) ?? new Map<number, OurSide>();
  const side = known.get(night) ?? ourSide(script, night);
  cache.set(script, known.set(night, side));
  return side;
}

/** Asked thousands of times for every night. */
const cache = new WeakMap<Script, Map<number, OurSide>>();

function ourSide({ ours }: Script, night: number): OurSide {
  const count = (nights: readonly number[]) => nights.filter((from) => from <= night).length;
  const earlier = ours.rules.filter(({ until }) => night < until);
  const severity = ours.bannerSeverity.find((span) => isDuring(span, night))?.severity;
  return {
    tool: count(ours.tools),
    older: earlier.flatMap(({ rules }) => rules),
    missing: earlier.filter(({ missed }) => missed).flatMap(({ rules }) => rules),
    declared: ours.declared.filter((span) => isDuring(span, night)).map(({ leak }) => leak),
    ...(severity === undefined ? {} : { bannerSeverity: severity }),
    tenant: count(ours.tenants),
    owner: count(ours.owners),
    off: ours.off.filter((span) => isDuring(span, night)).map(({ rule }) => rule),
  };
}

export function hasFault(script: Script, night: number, ...kinds: readonly FaultKind[]): boolean {
  return script.faults.some((fault: Fault) => kinds.includes(fault.what) && isDuring(fault, night));
}

/** Of several faults that spoil the same answer, the one that is met first. */
export function answerFault(script: Script, night: number): FaultKind | undefined {
  return ANSWER_FAULTS.find((kind) => hasFault(script, night, kind));
}

/**
 * Per night, the night whose answer stands for the plaintext twin: it is asked when the last answer is a week old. Undefined where it was
 * never seen, or was asked that night in vain.
 */
export function twinSights(script: Script): readonly (number | undefined)[] {
  const sights: (number | undefined)[] = [];
  let last: number | undefined;
  for (let night = 0; night < script.nights; night += 1) {
    const isRecorded = !hasFault(script, night, "our-outage");
    const isDue = last === undefined || night - last >= 7;
    const isSeen = isRecorded && isDue && !hasFault(script, night, "their-outage");
    if (isSeen) last = night;
    sights.push(isDue && !isSeen ? undefined : last);
  }
  return sights;
}

function certificateOn({ certificates, seed }: Script, night: number): Certificate {
  const certificate = certificates.findLast(({ installed }) => installed <= night);
  if (certificate === undefined) throw new RangeError(`history ${seed} has no certificate on night ${night}`);
  return certificate;
}

function isActive(condition: Condition, night: number): boolean {
  if (!isDuring(condition, night)) return false;
  const pattern = "pattern" in condition ? condition.pattern : undefined;
  return pattern?.[night - condition.from] ?? true;
}

function edgeOf(active: readonly Condition[], edge: "first" | "second"): Edge {
  const here = active.filter((condition) => !("edge" in condition) || condition.edge === "both" || condition.edge === edge);
  const bad = here.find((condition) => condition.what === "bad-certificate");
  return {
    tls10: here.some(({ what }) => what === "tls1.0"),
    ...(bad?.what === "bad-certificate" ? { badCertificate: bad.problem } : {}),
  };
}

function endsOn({ ends, postponed }: Extract<Condition, { readonly what: "sunset" }>, night: number): Instant {
  return postponed !== undefined && night >= postponed.from ? postponed.ends : ends;
}

const ANSWER_FAULTS = [
  "our-budget",
  "server-error",
  "rate-limited",
  "credential-rejected",
  "body-cut-before-leaks",
  "body-cut",
  "empty-list",
] as const satisfies readonly FaultKind[];
