import { cipherSuiteByCode } from "../../catalog/cipher-suites.ts";
import type { TlsFeatureFacts } from "../../evidence/kinds.ts";
import type { OfferWant } from "../../model/net-port.ts";
import type { TlsAnswer, TlsCertificateRequest } from "../../model/tls-offer.ts";

type Hello = Extract<TlsAnswer, { type: "hello" }>;

/** What flights say beside their choice, over all of them. */
export class FeatureLog {
  readonly #secureRenegotiation = new Sightings();
  readonly #extendedMasterSecret = new Sightings();
  readonly #encryptThenMac = new Sightings();
  readonly #compression = new Sightings();
  readonly #sessionTickets = new Sightings();
  readonly #stapling = new Sightings();
  readonly #scts = new Sightings();
  readonly #primes = new Map<string, number>();
  readonly #rsaBits = new Set<number>();
  readonly #ephemeralKeys = new Map<string, number>();
  readonly #suites = new Map<string, Set<number>>();
  #certificateRequest: TlsCertificateRequest | undefined;
  #wholeFlights = 0;

  /** Without the name that belongs to it, a server may be another one: such answers are not for this log. */
  note(want: OfferWant, answer: TlsAnswer): void {
    if (answer.type !== "hello") return;
    const { version, cipherSuite, dhBits, dhPrime, rsaBits, ephemeralKey } = answer;
    this.#suites.set(version, (this.#suites.get(version) ?? new Set()).add(cipherSuite));
    if (dhBits !== undefined && dhPrime !== undefined) this.#primes.set(dhPrime, dhBits);
    if (rsaBits !== undefined) this.#rsaBits.add(rsaBits);
    if (ephemeralKey !== undefined) this.#ephemeralKeys.set(ephemeralKey, (this.#ephemeralKeys.get(ephemeralKey) ?? 0) + 1);
    if (answer.features !== undefined) this.#noteFeatures(want, answer, answer.features);
  }

  hasAnswered(version: string): boolean {
    return this.#suites.has(version);
  }

  hasChosen(version: string, suite: number): boolean {
    return this.#suites.get(version)?.has(suite) === true;
  }

  facts(): TlsFeatureFacts {
    return defined({
      secureRenegotiation: this.#secureRenegotiation.always,
      extendedMasterSecret: this.#extendedMasterSecret.always,
      encryptThenMac: this.#encryptThenMac.always,
      compression: this.#compression.ever,
      sessionTickets: this.#sessionTickets.ever,
      stapling: this.#stapling.ever,
      scts: this.#scts.ever,
      clientCertificate: this.#clientCertificate(),
      dh: this.#primes.size === 0 ? undefined : [...this.#primes].map(([prime, bits]) => ({ bits, prime })).sort(byBitsAndPrime),
      exportRsaBits: this.#rsaBits.size === 0 ? undefined : [...this.#rsaBits].sort((a, b) => a - b),
      ephemeralReuse: this.#ephemeralReuse(),
    });
  }

  #noteFeatures(want: OfferWant, { version, cipherSuite, certificate }: Hello, features: NonNullable<Hello["features"]>): void {
    const isOlder = version !== "TLS 1.3";
    if (isOlder) this.#secureRenegotiation.note(features.secureRenegotiation);
    if (isOlder && version !== "SSL 3.0") {
      this.#extendedMasterSecret.note(features.extendedMasterSecret);
      // RFC 7366 section 3: it is answered for suites with a MAC of their own alone.
      if (want.features === true && cipherSuiteByCode(cipherSuite)?.mode === "cbc") this.#encryptThenMac.note(features.encryptThenMac);
      if (want.features === true) this.#sessionTickets.note(features.sessionTicket);
      if (want.deflate === true) this.#compression.note(features.compression !== 0);
    }
    if (!features.complete) return;
    this.#wholeFlights += 1;
    this.#certificateRequest ??= features.certificateRequest;
    if (want.features !== true || version === "SSL 3.0" || certificate === undefined) return;
    this.#stapling.note(features.stapled);
    this.#scts.note(features.sctOctets > 0);
  }

  #clientCertificate(): TlsFeatureFacts["clientCertificate"] {
    if (this.#certificateRequest !== undefined) {
      const { authorities, authorityCount } = this.#certificateRequest;
      return { requested: true, authorities, count: authorityCount };
    }
    return this.#wholeFlights === 0 ? undefined : { requested: false, authorities: [], count: 0 };
  }

  #ephemeralReuse(): boolean | undefined {
    const counts = [...this.#ephemeralKeys.values()];
    if (counts.some((count) => count > 1)) return true;
    return counts.length < 2 ? undefined : false;
  }
}

class Sightings {
  #seen = 0;
  #missed = 0;

  note(seen: boolean): void {
    if (seen) this.#seen += 1;
    else this.#missed += 1;
  }

  get always(): boolean | undefined {
    return this.#seen + this.#missed === 0 ? undefined : this.#missed === 0;
  }

  get ever(): boolean | undefined {
    return this.#seen + this.#missed === 0 ? undefined : this.#seen > 0;
  }
}

type Complete<T> = { readonly [K in keyof T]: T[K] | undefined };

function defined(facts: Complete<Partial<TlsFeatureFacts>>): TlsFeatureFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function byBitsAndPrime(a: { bits: number; prime: string }, b: { bits: number; prime: string }): number {
  return a.bits - b.bits || (a.prime < b.prime ? -1 : 1);
}
