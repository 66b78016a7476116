import type { TlsFeatureFacts } from "../../evidence/kinds.ts";
import type { OfferWant } from "../../model/net-port.ts";
import type { TlsAnswer, TlsOffer } from "../../model/tls-offer.ts";
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
  readonly #waiting: Trial[];
  readonly #facts: { -readonly [K in keyof TlsFeatureFacts]: TlsFeatureFacts[K] } = {};

  /** `named`: the target has a name that could be left out. */
  constructor(log: FeatureLog, named: boolean) {
    this.#log = log;
    this.#waiting = [this.#greaseAndLength(), this.#protocols(), ...(named ? [this.#nameless()] : [])];
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
    const at = this.#waiting.findIndex(({ suits }) => suits(offer));
    const [trial] = at < 0 ? [] : this.#waiting.splice(at, 1);
    return trial === undefined ? undefined : this.#worn(trial);
  }

  /** What is left where no hello could wear it: a hello of its own, which was answered before, for each. */
  *leftovers(): Generator<TlsOffer> {
    for (let turn = 0; turn < MOST_LEFTOVERS && this.#waiting.length > 0; turn += 1) {
      const offer = this.#lastAnswered;
      if (offer === undefined || !this.#waiting.some(({ suits }) => suits(offer))) return;
      yield offer;
    }
  }

  answered(offer: TlsOffer, answer: TlsAnswer): void {
    if (!isOrdinary(offer, answer) || !showsItsFlight(offer)) return;
    this.#lastAnswered = { ...offer, cipherSuites: offer.cipherSuites.filter((code) => this.#log.hasChosen(offer.version, code)) };
  }

  #worn(trial: Trial): Costume {
    const fits = trial.fits ?? isOrdinary;
    return {
      want: trial.want,
      fits,
      settle: (dressed, usual) => {
        if (usual === undefined) trial.passed(dressed);
        // Refused either way: the hello was a poor one to ask with.
        else if (usual.type !== "hello") this.#again(trial);
        else if (trial.other?.(dressed) !== true) this.#stood(trial, dressed);
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

  #nameless(): Trial {
    return {
      ...TRIAL,
      suits: (offer) => this.#isKnownGood(offer),
      want: { sni: false },
      fits: (offer, answer) => isOrdinary(offer, answer) && this.#isKnown(answer),
      passed: () => this.#found({ withoutName: "same-certificate" }),
      other: (answer) => {
        const isOther = answer.type === "hello" && answer.certificate !== undefined && !this.#isKnown(answer);
        if (isOther) this.#found({ withoutName: "other-certificate" });
        return isOther;
      },
      failed: (answer) => {
        if (isAnswer(answer)) this.#found({ withoutName: "refused" });
      },
    };
  }

  /** Nothing is offered but what was chosen before: it will be answered, and with a certificate that was served before. */
  #isKnownGood(offer: TlsOffer): boolean {
    return showsItsFlight(offer) && offer.cipherSuites.every((code) => this.#log.hasChosen(offer.version, code));
  }

  #isKnown(answer: TlsAnswer): boolean {
    return answer.type === "hello" && answer.certificate !== undefined && this.#log.hasServed(answer.certificate.sha256);
  }

  #found(facts: TlsFeatureFacts): void {
    Object.assign(this.#facts, facts);
  }
}

interface Trial {
  readonly tries: number;
  /** So many failures that may be chance are forgiven. */
  readonly patience: number;
  readonly suits: (offer: TlsOffer) => boolean;
  readonly want: Partial<OfferWant>;
  readonly fits?: Costume["fits"];
  readonly passed: (answer: TlsAnswer) => void;
  /** The answer says what was asked, though it cannot stand for the usual one. */
  readonly other?: (answer: TlsAnswer) => boolean;
  readonly failed: (answer: TlsAnswer) => void;
}

const TRIES = 2;
const MOST_LEFTOVERS = 12;
/** More than an Ethernet packet holds (tldr.fail). */
const LONG = 1800;
const TRIAL = { tries: 0, patience: TRIES, suits: ({ version }: TlsOffer) => version !== "SSL 3.0" } as const;

/** In clear, or with a share that lets us read it. */
function showsItsFlight({ version, shares }: TlsOffer): boolean {
  return version !== "SSL 3.0" && (version !== "TLS 1.3" || shares.length > 0);
}

function isAnswer(answer: TlsAnswer): boolean {
  return answer.type === "alert" && !isTrouble(answer.description);
}

function isOrdinary(offer: TlsOffer, answer: TlsAnswer): boolean {
  return answer.type === "hello" && answer.version === offer.version && offer.cipherSuites.includes(answer.cipherSuite);
}
