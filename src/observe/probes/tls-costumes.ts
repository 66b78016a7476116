import type { TlsFeatureFacts } from "../../evidence/kinds.ts";
import type { OfferWant } from "../../model/net-port.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
import { LONGEST_LIST } from "../enumerate/lengths.ts";
import { isTrouble } from "../enumerate/outcome.ts";
import type { FeatureLog } from "./tls-feature-log.ts";

/** A way in which a hello is put that is expected to be answered all the same, so that its answer serves two questions. */
export interface Costume {
  readonly want: Partial<OfferWant>;
  /** True where the answer may stand for that of the hello in its usual form. */
  readonly fits: (offer: TlsOffer, answer: TlsAnswer) => boolean;
  /** After the answer, and after that of the usual form where the first one did not fit. */
  readonly settle: (dressed: TlsAnswer, usual: TlsAnswer | undefined) => void;
}

/**
 * What only some servers would mind: values that nobody knows, more octets than a packet holds, a list of protocols, no name. Each is worn
 * by a hello that is asked anyway, of a version that has been answered before.
 */
export class Costumes {
  readonly #log: FeatureLog;
  #lastAnswered: TlsOffer | undefined;
  #widest: Wide | undefined;
  /** The certificate that each suite came with the last time, by version and suite. */
  readonly #served = new Map<string, string>();
  readonly #groups = new Set<number>();
  /** The first suites of every hello below TLS 1.3, by version: of each kind what is likely. */
  readonly #likely = new Map<string, Set<number>>();
  readonly #waiting: Trial[];
  readonly #facts: { -readonly [K in keyof TlsFeatureFacts]: TlsFeatureFacts[K] } = {};

  /** `named`: the target has a name that could be left out. */
  constructor(log: FeatureLog, named: boolean) {
    this.#log = log;
    this.#waiting = [this.#greaseAndLength(), ...(named ? [this.#nameless()] : []), this.#protocols()];
  }

  /** `steady`: nothing was lost for limits or by chance, so that what failed did not fail for them. */
  facts(steady: boolean): TlsFeatureFacts {
    const { grease, longHello, ...rest } = this.#facts;
    const kept = (fact: boolean | undefined) => fact === true || (fact === false && steady);
    return { ...rest, ...(kept(grease) && { grease: grease === true }), ...(kept(longHello) && { longHello: longHello === true }) };
  }

  /** The next one that this hello can wear. */
  take(offer: TlsOffer): Costume | undefined {
    if (!this.#log.hasAnswered(offer.version)) return undefined;
    const at = this.#waiting.findIndex((trial) => this.#mayWear(trial, offer));
    const [trial] = at < 0 ? [] : this.#waiting.splice(at, 1);
    return trial === undefined ? undefined : this.#worn(trial, offer);
  }

  /** What is left where no hello could wear it: a hello of its own, which was answered before, for each. */
  *leftovers(): Generator<TlsOffer> {
    if (this.#widest !== undefined) this.#widest = { ...this.#widest, offer: this.#withLikely(this.#widest.offer) };
    for (let turn = 0; turn < MOST_LEFTOVERS && this.#waiting.length > 0; turn += 1) {
      const offer = [this.#widest?.offer, this.#lastAnswered].find(
        (one) => one !== undefined && this.#waiting.some((trial) => this.#mayWear(trial, one)),
      );
      if (offer === undefined) return;
      yield offer;
    }
  }

  /** Hellos hold suites of one kind each, and the nameless host may have another one. */
  #withLikely(offer: TlsOffer): TlsOffer {
    const missing = [...(this.#likely.get(offer.version) ?? [])].filter((code) => !offer.cipherSuites.includes(code));
    if (offer.version === "TLS 1.3" || missing.length === 0) return offer;
    const known = offer.cipherSuites.filter((code) => this.#log.hasChosen(offer.version, code));
    return { ...offer, cipherSuites: [...new Set([...known, ...missing, ...offer.cipherSuites])].slice(0, LONGEST_LIST) };
  }

  /** The widest hello is there for what is to be asked with it alone: it may be too long for others. */
  #mayWear({ wide, suits, tries }: Trial, offer: TlsOffer): boolean {
    return offer === this.#widest?.offer ? wide : suits(offer, tries);
  }

  /** Of a hello with the name that belongs to it. */
  answered(offer: TlsOffer, answer: TlsAnswer): void {
    const likely = this.#likely.get(offer.version) ?? new Set();
    for (const code of offer.cipherSuites.slice(0, LIKELY)) likely.add(code);
    this.#likely.set(offer.version, likely);
    if (!isOrdinary(offer, answer) || !showsItsFlight(offer)) return;
    if (answer.group !== undefined) this.#groups.add(answer.group);
    const certificate = certificateOf(answer);
    if (certificate !== undefined) {
      this.#served.set(`${offer.version}/${answer.cipherSuite}`, certificate);
      if (widthOf(offer) > (this.#widest === undefined ? 0 : widthOf(this.#widest.offer))) this.#widest = { offer, certificate };
    }
    this.#lastAnswered = { ...offer, cipherSuites: offer.cipherSuites.filter((code) => this.#log.hasChosen(offer.version, code)) };
  }

  #worn(trial: Trial, offer: TlsOffer): Costume {
    const fits = trial.fits ?? isOrdinary;
    return {
      want: trial.want,
      fits,
      settle: (dressed, usual) => {
        if (usual === undefined) trial.passed(dressed);
        // Refused either way: the hello was a poor one to ask with.
        else if (usual.type !== "hello") this.#again(trial);
        else if (trial.other?.(offer, dressed, usual) !== true) this.#stood(trial, dressed);
      },
    };
  }

  /** An alert is an answer; whatever else happened may have been chance, and is tried once more. */
  #stood(trial: Trial, dressed: TlsAnswer): void {
    if (isAnswer(dressed) || trial.tries >= trial.patience) trial.failed(dressed);
    else this.#again(trial);
  }

  #again(trial: Trial): void {
    if (trial.tries < TRIES) this.#waiting.push({ ...trial, tries: trial.tries + 1 });
  }

  #greaseAndLength(): Trial {
    const grease: Trial = {
      ...TRIAL,
      want: { grease: true },
      passed: () => this.#found({ grease: true }),
      failed: () => this.#found({ grease: false }),
    };
    const long: Trial = {
      ...TRIAL,
      want: { minLength: LONG },
      passed: () => this.#found({ longHello: true }),
      failed: () => this.#found({ longHello: false }),
    };
    return {
      ...TRIAL,
      patience: 1,
      want: { ...grease.want, ...long.want },
      passed: () => this.#found({ grease: true, longHello: true }),
      failed: () => this.#waiting.push(grease, long),
    };
  }

  #protocols(): Trial {
    return {
      ...TRIAL,
      suits: (offer) => this.#isKnownGood(offer),
      want: { alpn: ["h2", "http/1.1"] },
      passed: (answer) => {
        if (answer.type !== "hello" || answer.features === undefined) return;
        this.#found({ alpn: answer.features.alpn === undefined ? [] : [answer.features.alpn] });
      },
      failed: (answer) => {
        if (isAnswer(answer)) this.#found({ alpn: [] });
      },
    };
  }

  /**
   * Worn by a question for what comes with the certificate that a hello of everything gets: where that is served, no more is to be asked. Where
   * it is not, the question may have asked for what the nameless host has no key for, and a hello of everything is asked both ways.
   */
  #nameless(): Trial {
    const trial: Trial = {
      ...TRIAL,
      wide: true,
      suits: (offer, tries) => tries === 0 && this.#getsTheSame(offer),
      want: { sni: false },
      fits: (offer, answer) => isOrdinary(offer, answer) && certificateOf(answer) === this.#widest?.certificate,
      passed: () => this.#found({ withoutName: "same-certificate" }),
      other: (offer, dressed, usual) => {
        if (offer === this.#widest?.offer) return this.#compared(dressed, usual);
        this.#waiting.push({ ...trial, tries: 1 });
        return true;
      },
      failed: (answer) => {
        if (isAnswer(answer)) this.#found({ withoutName: "refused" });
      },
    };
    return trial;
  }

  /** The certificates of the same hello without and with the name, where both have one. */
  #compared(nameless: TlsAnswer, named: TlsAnswer): boolean {
    const [without, own] = [certificateOf(nameless), certificateOf(named)];
    if (without === undefined || own === undefined) return nameless.type === "hello";
    this.#found({ withoutName: without === own ? "same-certificate" : "other-certificate" });
    return true;
  }

  /** Nothing is offered but what came with the certificate that a hello of everything gets. */
  #getsTheSame(offer: TlsOffer): boolean {
    const isSame = (code: number) => this.#served.get(`${offer.version}/${code}`) === this.#widest?.certificate;
    return this.#widest !== undefined && this.#isKnownGood(offer) && offer.cipherSuites.every(isSame);
  }

  /** Nothing is offered but what was chosen before: it will be answered. */
  #isKnownGood(offer: TlsOffer): boolean {
    const hasGroup = this.#groups.size === 0 || offer.groups.some((code) => this.#groups.has(code));
    return showsItsFlight(offer) && hasGroup && offer.cipherSuites.every((code) => this.#log.hasChosen(offer.version, code));
  }

  #found(facts: TlsFeatureFacts): void {
    Object.assign(this.#facts, facts);
  }
}

/** An answered hello of more than any other was, and the certificate that it got: it asks for no key, scheme or suite in particular. */
interface Wide {
  readonly offer: TlsOffer;
  readonly certificate: string;
}

interface Trial {
  readonly tries: number;
  /** So many failures that may be chance are forgiven. */
  readonly patience: number;
  /** It may be asked with the widest hello as well. */
  readonly wide: boolean;
  readonly suits: (offer: TlsOffer, tries: number) => boolean;
  readonly want: Partial<OfferWant>;
  readonly fits?: Costume["fits"];
  readonly passed: (answer: TlsAnswer) => void;
  /** The answer says what was asked, though it cannot stand for the usual one. */
  readonly other?: (offer: TlsOffer, dressed: TlsAnswer, usual: TlsAnswer) => boolean;
  readonly failed: (answer: TlsAnswer) => void;
}

const TRIES = 2;
const LIKELY = 24;
const MOST_LEFTOVERS = 12;
/** More than an Ethernet packet holds (tldr.fail). */
const LONG = 1800;
const TRIAL = { tries: 0, patience: TRIES, wide: false, suits: ({ version }: TlsOffer) => version !== "SSL 3.0" } as const;

/** In clear, or with a share that lets us read it. */
function showsItsFlight({ version, shares }: TlsOffer): boolean {
  return version !== "SSL 3.0" && (version !== "TLS 1.3" || shares.length > 0);
}

function isAnswer(answer: TlsAnswer): boolean {
  return answer.type === "alert" && !isTrouble(answer.description);
}

function certificateOf(answer: TlsAnswer): string | undefined {
  return answer.type === "hello" ? answer.certificate?.sha256 : undefined;
}

function widthOf({ cipherSuites, groups, signatureSchemes }: TlsOffer): number {
  return cipherSuites.length + groups.length + signatureSchemes.length;
}

function isOrdinary(offer: TlsOffer, answer: TlsAnswer): answer is Extract<TlsAnswer, { type: "hello" }> {
  return answer.type === "hello" && answer.version === offer.version && offer.cipherSuites.includes(answer.cipherSuite);
}
