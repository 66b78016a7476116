import type { Depth } from "../../model/depth.ts";
import type { TlsOffer } from "../../model/tls-offer.ts";
import { Leaders } from "./leaders.ts";
import { type HelloAnswer, isSoft } from "./outcome.ts";
import { type Before, type Doubt, Pool } from "./pool.ts";
import { type Choice, preferenceOf } from "./preference.ts";
import { type Candidates, groupsOf, type Sets } from "./request.ts";
import type { Item, KnownVersion, OfferVersion, Preference, Seen, SuiteItem, Suspects } from "./result.ts";

type Shown = NonNullable<SuiteItem["shown"]>;

interface CertificateFacts {
  readonly sha256: string;
  readonly key: string;
  readonly group: number | undefined;
  readonly bits: number | undefined;
  readonly suites: Set<number>;
  readonly schemes: Set<number>;
}

/** In the place of a key, where no certificate was served or none could be read. */
export const UNREAD = "unread";
const NO_COMPANIONS: Readonly<Record<"suites" | "groups" | "schemes", Sets>> = { suites: [], groups: [], schemes: [] };
const NO_SUSPECTS: Suspects = { suites: [], groups: [], schemes: [] };

/** What is known of one version of one server. */
export class Book {
  readonly version: OfferVersion;
  readonly candidates: Candidates;
  readonly suites: Pool;
  readonly groups: Pool;
  /** By the key of the certificate: which schemes it signs with depends on it. */
  readonly schemes = new Map<string, Pool>();
  readonly certificates = new Map<string, CertificateFacts>();
  readonly dhBits = new Set<number>();
  readonly choices: Choice[] = [];
  /** A hello of this version was seen. */
  spoken = false;
  /** Answered by a close, which may mean a refusal. */
  closedUpon = false;
  /** Took the same group again though others came first: has an order of its own, most likely. */
  ownOrder = false;
  /** Finite-field exchanges that were refused, and then asked for with groups of RFC 7919 as well. */
  readonly finiteAsked = new Set<number>();
  /** Of the hellos that show groups and schemes besides what they are about. */
  readonly leaders: Leaders;
  /** How the version as a whole was refused, or failed. */
  refusal: Seen | undefined;
  failure: Seen | undefined;
  readonly #shown = new Map<number, Shown>();
  #preferenceKnown: { readonly after: string; readonly preference: Preference } = { after: "", preference: "unknown" };
  readonly #knownSchemes: Before | undefined;
  readonly #doubt: Doubt;
  readonly #depth: Depth;
  readonly suspects: Suspects;
  /** Of last time, or of a newer version. */
  assumedPreference: Preference;

  constructor(version: OfferVersion, candidates: Candidates, depth: Depth, doubt: Doubt, known: KnownVersion | undefined) {
    this.version = version;
    this.candidates = candidates;
    this.leaders = new Leaders(this.companions.schemes);
    this.#doubt = doubt;
    this.#depth = depth;
    this.assumedPreference = (depth === "standard" && known?.preference) || "unknown";
    const keep = depth === "standard";
    this.suites = new Pool([...candidates.suites.good, ...candidates.suites.bad], doubt, known && before(known.suites, keep));
    this.groups = new Pool(groupsOf(candidates), doubt, known && before(known.groups, keep));
    this.suspects = (keep && (version === "TLS 1.3" ? known?.suspects : known && withKeys(known))) || NO_SUSPECTS;
    this.#knownSchemes = keep && known ? before(known.schemes.filter(isAccepted), keep) : undefined;
    for (const { code, shown } of known?.suites ?? []) if (keep && shown !== undefined) this.#shown.set(code, shown);
  }

  note(offer: TlsOffer, answer: HelloAnswer, constrained: boolean): void {
    if (!this.suites.knows(answer.cipherSuite)) return;
    this.spoken = true;
    const seen: Seen = { what: answer.helloRetryRequest ? "hello-retry" : "hello" };
    this.suites.accept(answer.cipherSuite, seen);
    if (answer.group !== undefined && offer.groups.includes(answer.group)) this.#noteGroup(offer, answer.group, seen);
    if (answer.dhBits !== undefined) this.dhBits.add(answer.dhBits);
    if (!constrained) this.choices.push({ offered: offer.cipherSuites, chosen: answer.cipherSuite });
    if (!answer.helloRetryRequest) this.#noteCertificate(offer, answer, seen);
  }

  #noteGroup(offer: TlsOffer, group: number, seen: Seen): void {
    const [only, ...more] = this.groups.accepted();
    if (only === group && more.length === 0 && offer.groups[0] !== group) this.ownOrder = true;
    this.groups.accept(group, seen);
  }

  #noteCertificate(offer: TlsOffer, answer: HelloAnswer, seen: Seen): void {
    const { cipherSuite, signatureScheme, certificate } = answer;
    const key = certificate?.key ?? UNREAD;
    const signed = signatureScheme !== undefined;
    // What was cut off says less than what was seen before.
    if (key !== UNREAD || !this.#shown.has(cipherSuite))
      this.#shown.set(cipherSuite, { key, elliptic: answer.group !== undefined && answer.dhBits === undefined, signed });
    if (signed && offer.signatureSchemes.includes(signatureScheme)) this.schemesOf(key).accept(signatureScheme, seen);
    if (certificate === undefined) return;
    const facts = this.certificates.get(certificate.sha256) ?? newCertificate(certificate);
    facts.suites.add(cipherSuite);
    if (signed) facts.schemes.add(signatureScheme);
    this.certificates.set(certificate.sha256, facts);
  }

  schemesOf(key: string): Pool {
    const { good, bad } = this.candidates.schemes;
    const known = this.schemes.get(key) ?? new Pool([...good, ...bad], this.#doubt, this.#knownSchemes);
    this.schemes.set(key, known);
    return known;
  }

  /** Suites that were chosen this time, or last time as well, and that key and signature are known of: newest first, by the key of their certificate. */
  suitesBy(which: "elliptic" | "signed", { remembered = false } = {}): Map<string, number[]> {
    const byKey = new Map<string, number[]>();
    for (const [code, shown] of [...this.#shown].reverse()) {
      if (shown[which] && (remembered || this.suites.wasChosen(code))) byKey.set(shown.key, [...(byKey.get(shown.key) ?? []), code]);
    }
    return byKey;
  }

  curveOf(key: string): number | undefined {
    return [...this.certificates.values()].find((certificate) => certificate.key === key)?.group;
  }

  /** What was not seen yet comes first, so that a server that follows our order shows it; the curves of certificates must not be missing. */
  groupsToOffer(): readonly number[] {
    const curves = [...this.certificates.values()].flatMap((certificate) => certificate.group ?? []);
    const known = [...this.leaders.groups(this.groups.open()), ...this.groups.accepted()];
    // Given up while no suite needed one: those that are asked for again may.
    return [...new Set([...(known.length > 0 ? known : groupsOf(this.candidates)), ...curves])];
  }

  schemesToOffer(): readonly number[] {
    return [...new Set([...this.newSchemes(), ...this.candidates.schemes.good, ...this.candidates.schemes.bad])];
  }

  /** The same, but what was not seen yet begins with what no hello under way that asks for such suites begins with. */
  spread(schemes: readonly number[], suites: readonly number[]): readonly number[] {
    const fresh = new Set(this.newSchemes());
    const unseen = schemes.filter((code) => fresh.has(code));
    return [...this.leaders.schemes(unseen, this.with(suites[0] ?? 0)), ...schemes.filter((code) => !fresh.has(code))];
  }

  newSchemes(): readonly number[] {
    const accepted = new Set([...this.schemes.values()].flatMap((pool) => pool.accepted()));
    return [...this.candidates.schemes.good, ...this.candidates.schemes.bad].filter((code) => !accepted.has(code));
  }

  /** The suites that may be in one hello with this one. */
  with(code: number): readonly number[] {
    return (
      this.candidates.suites.apart?.find((set) => set.includes(code)) ?? [...this.candidates.suites.good, ...this.candidates.suites.bad]
    );
  }

  /** Those of the first set that any of them is in, or of the `favourite` one. */
  together(codes: readonly number[], favourite = 0): readonly number[] {
    const { apart = [] } = this.candidates.suites;
    const company = [apart[favourite] ?? [], ...apart].find((set) => codes.some((code) => set.includes(code)));
    return company === undefined ? codes : codes.filter((code) => company.includes(code));
  }

  /** The place of the set that a suite is in. */
  setOf(code: number): number {
    return Math.max(0, this.candidates.suites.apart?.findIndex((set) => set.includes(code)) ?? 0);
  }

  get companions(): NonNullable<Candidates["companions"]> {
    return this.candidates.companions ?? NO_COMPANIONS;
  }

  /** Which schemes are asked for: all of them at depth full, else only what should not be there. */
  schemesToAsk(pool: Pool): number[] {
    return pool.open().filter((code) => this.#asksScheme(code));
  }

  schemesDone(pool: Pool): boolean {
    return !pool.undecided().some((code) => this.#asksScheme(code));
  }

  #asksScheme(code: number): boolean {
    return this.#depth === "full" || this.candidates.schemes.bad.includes(code);
  }

  get preference(): Preference {
    const seen = this.#preferenceSeen();
    return seen === "unknown" && this.spoken ? this.assumedPreference : seen;
  }

  /** Every question asks for it, and only an answer changes it. */
  #preferenceSeen(): Preference {
    const accepted = this.suites.accepted();
    const after = `${this.choices.length} ${accepted.join()}`;
    if (this.#preferenceKnown.after !== after) this.#preferenceKnown = { after, preference: preferenceOf(this.choices, accepted) };
    return this.#preferenceKnown.preference;
  }

  /** It was refused by closes, and closes turned out to mean nothing. */
  get doubted(): boolean {
    return this.refusal !== undefined && isSoft(this.refusal) && this.#doubt.closesAreNoise;
  }

  suiteItems(): SuiteItem[] {
    return this.suites.items().map((item) => {
      const shown = item.state === "accepted" ? this.#shown.get(item.code) : undefined;
      return shown === undefined ? item : { ...item, shown };
    });
  }
}

function before(items: readonly Item[], keep: boolean): Before {
  return { keep, states: new Map(items.filter((item) => item.state !== "unknown").map((item) => [item.code, item.state === "accepted"])) };
}

function isAccepted({ state }: Item): boolean {
  return state === "accepted";
}

function newCertificate(certificate: NonNullable<HelloAnswer["certificate"]>): CertificateFacts {
  const { sha256, key, group, bits } = certificate;
  return { sha256, key, group, bits, suites: new Set(), schemes: new Set() };
}

/** Of each kind of certificate one suite has to show itself as well: groups and schemes are asked with it. */
function withKeys({ suspects = NO_SUSPECTS, suites }: KnownVersion): Suspects {
  const shown = suites.filter((item) => isAccepted(item) && item.shown !== undefined && item.shown.key !== UNREAD);
  const keys = [...new Set(shown.map((item) => item.shown?.key))];
  const byKey = keys.map((key) => shown.filter((item) => item.shown?.key === key).map(({ code }) => code));
  return { ...suspects, suites: [...suspects.suites, ...byKey] };
}
