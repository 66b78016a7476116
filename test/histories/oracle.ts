import { DAY, type Instant } from "../../src/model/instant.ts";
import { type Severity, severityRank } from "../../src/model/severity.ts";
import { LEAKS, type Leak, RULE_OF, type Script, timeOf } from "./script.ts";
import { answerFault, hasFault, type OurSide, oursOn, type Provider, providerOn, twinSights } from "./truth.ts";

/**
 * What `audit` has to report of a history, and nothing else, as `new`, `worse` or `reopened` with cause target or time: from the script
 * alone, by product.md section 4 and history.md 1.3 and 1.4. It knows no evidence, no verdict and no state of the program.
 */
export interface Oracle {
  readonly expected: readonly Expected[];
  /** What looks like a regression and must not be reported, and why. */
  readonly quiet: readonly Quiet[];
}

export interface Question {
  readonly what: What;
  readonly rule: string;
  readonly subject: string;
}

export interface Expected extends Question {
  /** The only night on which it may be reported: every rule here believes one sight. */
  readonly night: number;
  readonly kind: "new" | "worse" | "reopened";
}

export interface Quiet extends Question {
  readonly night: number;
  readonly why: QuietReason;
}

export const QUIET_REASONS = {
  "there-from-the-start": "bad in the first audit: nothing to compare with",
  "never-seen-well": "bad at the first sight of its place: nobody knows since when",
  "other-tool": "seen first by another tool than the one that saw it well",
  "our-configuration-or-rules": "the old answer is as bad by today's configuration and rules",
  "cannot-tell": "configuration or rules differ, and the old answer cannot be judged by them",
  "rule-came-back": "it was open when its rule was switched off, and is when it is on again",
  "while-its-rule-was-off":
    "began while its rule was off, and is judged for the first time (either way is right: the provider did it, and we did not ask)",
  relapse: "failed again after a single good sight",
  "out-of-sight": "began and ended while nobody could see it",
  "before-its-rules": "the rules of then said nothing of it, and it was over before newer ones came",
} as const;
export type QuietReason = keyof typeof QUIET_REASONS;

export type What = keyof typeof RULE_OF;

export const QUESTIONS: readonly Question[] = (
  [
    ["bad-certificate", "leaf"],
    ["expiring", "leaf"],
    ["expired", "leaf"],
    ["tls1.0", "tls1.0"],
    ["banner", "header:server"],
    ["iban", `endpoint:list#${LEAKS.iban}#iban`],
    ["email", `endpoint:list#${LEAKS.email}#email`],
    ["api_key", `endpoint:list#${LEAKS.api_key}#api_key`],
    ["open-endpoint", "endpoint:list"],
    ["sunset", "endpoint:list"],
    ["plaintext-twin", "plaintext"],
  ] as const
).map(([what, subject]) => ({ what, rule: RULE_OF[what], subject }));

export function oracleOf(script: Script): Oracle {
  const sights = twinSights(script);
  const parts = QUESTIONS.map((question) => new Witness(script, question, sights).testify());
  return { expected: parts.flatMap(({ expected }) => expected), quiet: parts.flatMap(({ quiet }) => quiet) };
}

/** `bad` with its severity; `well`; or nothing could be seen of it. */
type Sight = Severity | "well" | "unseen";

/** Where a matter stands, for somebody who reads every report. */
type Standing =
  | { readonly is: "unknown" | "well" | "put-away" }
  | { readonly is: "open"; readonly severity: Severity }
  | { readonly is: "going"; readonly severity: Severity; readonly since: number };

/** Follows one question through the nights. */
class Witness {
  readonly #script: Script;
  readonly #question: Question;
  readonly #twin: readonly (number | undefined)[];
  readonly #expected: Expected[] = [];
  readonly #quiet: Quiet[] = [];
  #standing: Standing = { is: "unknown" };
  #wasOpen = false;
  /** The last night with a conclusive sight. */
  #lastSight: number | undefined;
  /** The last night that saw anything of the integration. */
  #lastSeen: number | undefined;

  constructor(script: Script, question: Question, twin: readonly (number | undefined)[]) {
    this.#script = script;
    this.#question = question;
    this.#twin = twin;
  }

  testify(): Oracle {
    for (let night = 0; night < this.#script.nights; night += 1) {
      if (hasFault(this.#script, night, "our-outage")) continue;
      this.#turn(night);
      if (!hasFault(this.#script, night, "their-outage")) this.#lastSeen = night;
    }
    this.#noteWhatNobodySaw();
    return { expected: this.#expected, quiet: this.#quiet };
  }

  #turn(night: number): void {
    if (oursOn(this.#script, night).off.includes(this.#question.rule)) {
      if (this.#standing.is === "open" || this.#standing.is === "going") this.#standing = { is: "put-away" };
      return;
    }
    const sight = this.#sightOn(night);
    if (sight === "unseen") return;
    if (sight === "well") this.#seenWell(night);
    else this.#seenBad(night, sight);
    this.#lastSight = night;
  }

  /** It takes two good sights, unless the old answer is good as well by now: then it was never the provider who had to mend it. */
  #seenWell(night: number): void {
    const standing = this.#standing;
    if (standing.is === "unknown" || standing.is === "put-away") this.#standing = { is: "well" };
    if (standing.is === "open") {
      const old = [this.#oldAnswer(night, this.#lastSeenTime()), this.#oldAnswer(night, timeOf(night))];
      this.#standing = old.includes("well") ? { is: "well" } : { is: "going", severity: standing.severity, since: this.#observedOn(night) };
    }
    if (standing.is === "going" && this.#observedOn(night) > standing.since) this.#standing = { is: "well" };
  }

  #seenBad(night: number, severity: Severity): void {
    const standing = this.#standing;
    const isFirst = this.#lastSeen === undefined;
    this.#standing = { is: "open", severity };
    if (standing.is === "open" || standing.is === "going") {
      if (severityRank(severity) > severityRank(standing.severity)) this.#expect(night, "worse", severity);
      else if (standing.is === "going") this.#keepQuiet(night, "relapse");
      return;
    }
    const kind = this.#wasOpen ? "reopened" : "new";
    this.#wasOpen = true;
    if (isFirst) this.#keepQuiet(night, "there-from-the-start");
    else if (standing.is === "put-away") this.#keepQuiet(night, "rule-came-back");
    else if (standing.is === "unknown") this.#keepQuiet(night, "never-seen-well");
    else this.#expect(night, kind, severity);
  }

  #expect(night: number, kind: Expected["kind"], severity: Severity): void {
    const why = this.#whyItIsOurs(night, severity);
    if (why === undefined) this.#expected.push({ ...this.#question, night, kind });
    else this.#keepQuiet(night, why);
  }

  #whyItIsOurs(night: number, severity: Severity): QuietReason | undefined {
    if (this.#beganUnasked(night)) return "while-its-rule-was-off";
    const [before, now] = [oursOn(this.#script, this.#lastSight ?? 0), oursOn(this.#script, night)];
    if (before.tool !== now.tool) return "other-tool";
    if (this.#configuration(before) === this.#configuration(now) && this.#isOlder(before) === this.#isOlder(now)) return undefined;
    const old = this.#oldAnswer(night, this.#lastSeenTime());
    if (old === "unseen") return "cannot-tell";
    return old === severity ? "our-configuration-or-rules" : undefined;
  }

  #keepQuiet(night: number, why: QuietReason): void {
    this.#quiet.push({ ...this.#question, night, why });
  }

  /** The newest answer shows it already, and was not asked about it. */
  #beganUnasked(night: number): boolean {
    const at = this.#newestAnswer(night);
    if (at === undefined || !oursOn(this.#script, at).off.includes(this.#question.rule)) return false;
    const old = this.#sightOfAnswerOn(at, night, this.#lastSeenTime());
    return old !== "well" && old !== "unseen";
  }

  #isOlder({ older }: OurSide): boolean {
    return older.includes(this.#question.rule);
  }

  /** As far as this question can depend on it. */
  #configuration({ declared, tenant, bannerSeverity }: OurSide): string {
    const asked = isAnswer(this.#question.what) || this.#question.what === "plaintext-twin" ? { declared, tenant } : {};
    return JSON.stringify({ ...asked, ...(this.#question.what === "banner" ? { bannerSeverity } : {}) });
  }

  /** When the answer was given that this night's sight rests on. */
  #observedOn(night: number): number {
    return this.#question.what === "plaintext-twin" ? (this.#twin[night] ?? night) : night;
  }

  #lastSeenTime(): Instant {
    return timeOf(this.#lastSeen ?? 0);
  }

  #sightOn(night: number): Sight {
    const ours = oursOn(this.#script, night);
    const isMissed = ours.missing.includes(this.#question.rule);
    const at = this.#observedOn(night);
    if (this.#question.what === "plaintext-twin") {
      if (this.#twin[night] === undefined) return "unseen";
      return !isMissed && providerOn(this.#script, at).plaintext ? "low" : "well";
    }
    if (hasFault(this.#script, night, "their-outage")) return "unseen";
    const say = (provider: Provider) => (isMissed ? undefined : severityOf(this.#question.what, provider, ours, timeOf(night)));
    return isAnswer(this.#question.what) ? this.#sightOfAnswer(night, say) : this.#sightOfEdges(night, say);
  }

  #sightOfEdges(night: number, say: (provider: Provider) => Severity | undefined): Sight {
    const provider = providerOn(this.#script, night);
    const { seen, unseen } = edgesOn(this.#script, night);
    return (
      worst(seen.map((edge) => say({ ...provider, edges: [provider.edges[edge], provider.edges[edge]] }))) ?? (unseen ? "unseen" : "well")
    );
  }

  #sightOfAnswer(night: number, say: (provider: Provider) => Severity | undefined): Sight {
    const { what } = this.#question;
    const fault = answerFault(this.#script, night);
    if (fault === "our-budget" || fault === "server-error" || fault === "rate-limited") return "unseen";
    const said = say(providerOn(this.#script, night));
    if (what === "open-endpoint") return said ?? "well";
    if (what === "banner" || what === "sunset") return said ?? (fault === "credential-rejected" ? "unseen" : "well");
    if (fault === "credential-rejected" || fault === "body-cut-before-leaks" || fault === "empty-list") return "unseen";
    return said ?? (fault === "body-cut" ? "unseen" : "well");
  }

  /**
   * What today's configuration and rules say, at a moment of the clock, of what was seen when this was last known. An answer that came since
   * and tells nothing (a limiter's) took the place of the one before it, and an answer to another request tells nothing either.
   */
  #oldAnswer(night: number, clock: Instant): Sight {
    const isAboutEdges = !isAnswer(this.#question.what) && this.#question.what !== "plaintext-twin";
    const at = isAboutEdges ? this.#lastSight : this.#newestAnswer(night);
    return at === undefined ? "unseen" : this.#sightOfAnswerOn(at, night, clock);
  }

  /** What was answered on night `at`, by the configuration and rules of `night`. */
  #sightOfAnswerOn(at: number, night: number, clock: Instant): Sight {
    const { what, rule } = this.#question;
    const ours = oursOn(this.#script, night);
    const say = (provider: Provider) => (ours.missing.includes(rule) ? undefined : severityOf(what, provider, ours, clock));
    if (what === "plaintext-twin") return say(providerOn(this.#script, at)) ?? "well";
    if (!isAnswer(what)) return this.#sightOfEdges(at, say);
    return oursOn(this.#script, at).tenant === ours.tenant ? this.#sightOfAnswer(at, say) : "unseen";
  }

  /** The night before `night` of which the newest answer is. */
  #newestAnswer(night: number): number | undefined {
    const before = Array.from({ length: night }, (_, index) => night - 1 - index).filter((one) => this.#isSeen(one));
    if (this.#question.what === "plaintext-twin") return before.find((one) => this.#twin[one] === one);
    if (!isAnswer(this.#question.what)) return before[0];
    return before.find((one) => answerFault(this.#script, one) !== "our-budget");
  }

  #isSeen(night: number): boolean {
    return !hasFault(this.#script, night, "our-outage", "their-outage");
  }

  /** Stretches of bad nights none of which anybody saw. */
  #noteWhatNobodySaw(): void {
    let began: number | undefined;
    let seen: "well" | "bad" | undefined;
    for (let night = 0; night <= this.#script.nights; night += 1) {
      const isBad = night < this.#script.nights && this.#isBad(night);
      if (isBad) {
        began ??= night;
        const sight = this.#isAsked(night) ? this.#sightOn(night) : "unseen";
        if (sight === "well") seen ??= "well";
        else if (sight !== "unseen") seen = "bad";
      } else {
        if (began !== undefined && seen !== "bad") this.#keepQuiet(began, seen === "well" ? "before-its-rules" : "out-of-sight");
        began = undefined;
        seen = undefined;
      }
    }
  }

  #isAsked(night: number): boolean {
    return !hasFault(this.#script, night, "our-outage") && !oursOn(this.#script, night).off.includes(this.#question.rule);
  }

  #isBad(night: number): boolean {
    const provider = providerOn(this.#script, night);
    return provider.edges.some(
      (edge) =>
        severityOf(this.#question.what, { ...provider, edges: [edge, edge] }, oursOn(this.#script, night), timeOf(night)) !== undefined,
    );
  }
}

/** The edges that spoke on a night, and whether one that was asked did not. Clients skip one that refuses. */
function edgesOn(script: Script, night: number): { readonly seen: readonly (0 | 1)[]; readonly unseen: boolean } {
  if (hasFault(script, night, "only-first-edge")) return { seen: [0], unseen: false };
  const unseen = hasFault(script, night, "second-edge-silent");
  const second = unseen || hasFault(script, night, "second-edge-refuses") ? [] : [1 as const];
  return { seen: hasFault(script, night, "only-second-edge") ? second : [0, ...second], unseen };
}

function isAnswer(what: What): boolean {
  return ["banner", "iban", "email", "api_key", "open-endpoint", "sunset"].includes(what);
}

/** How bad it is, as docs/rules.md has it; undefined where it is well. Both edges are alike here. */
function severityOf(what: What, provider: Provider, { declared, bannerSeverity }: OurSide, clock: Instant): Severity | undefined {
  const { certificate, edges, banner, leaks, open, sunset, plaintext } = provider;
  const [edge] = edges;
  switch (what) {
    case "bad-certificate":
      return edge.badCertificate === undefined ? undefined : edge.badCertificate === "self-signed" ? "critical" : "high";
    case "expired":
      return clock > certificate.notAfter ? "critical" : undefined;
    case "expiring":
      return endingOf((certificate.notAfter - clock) / (certificate.notAfter - certificate.notBefore));
    case "tls1.0":
      return edge.tls10 ? "low" : undefined;
    case "banner":
      return banner ? (bannerSeverity ?? "low") : undefined;
    case "open-endpoint":
      return open === undefined ? undefined : open === "same-data" ? "critical" : "high";
    case "sunset":
      return sunset === undefined ? undefined : sunsetOf((sunset - clock) / DAY);
    case "plaintext-twin":
      return plaintext ? "low" : undefined;
    default:
      return isLeaking(what, leaks, declared) ? "medium" : undefined;
  }
}

function isLeaking(leak: Leak, leaks: readonly Leak[], declared: readonly Leak[]): boolean {
  return leaks.includes(leak) && !declared.includes(leak);
}

/** By the part of the lifetime that is left; a certificate that has ended is another rule's matter. */
function endingOf(left: number): Severity | undefined {
  if (left < 0 || left >= 0.2) return undefined;
  if (left < 0.05) return "high";
  return left < 0.1 ? "medium" : "low";
}

/** By the days that are left. */
function sunsetOf(days: number): Severity {
  if (days <= 0) return "critical";
  if (days < 30) return "high";
  if (days < 90) return "medium";
  return days < 180 ? "low" : "info";
}

function worst(severities: readonly (Severity | undefined)[]): Severity | undefined {
  return severities.filter((one) => one !== undefined).sort((a, b) => severityRank(b) - severityRank(a))[0];
}
