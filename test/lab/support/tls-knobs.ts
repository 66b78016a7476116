import { createDiffieHellmanGroup } from "node:crypto";
import type { Authority, IssuedCertificate } from "../../../src/demo/certificates.ts";
import { type ApiConditions, certificateFor } from "../../../src/demo/conditions.ts";
import { integer, sequence } from "../../../src/demo/der.ts";
import type { Depth } from "../../../src/model/depth.ts";
import { DAY } from "../../../src/model/instant.ts";
import { EXTENSION } from "../../../src/observe/wire/extension.ts";
import { alertRecord, type HeardHello } from "../../observe/net/support/scripted-tls.ts";
import type { Knob } from "./knob.ts";
import type { Lab } from "./lab.ts";
import { accepting, accepting13, asksForCertificate, asksForGroup, sameKey, serverHelloWith, without } from "./tls-flights.ts";
import type { FrontConditions } from "./tls-front.ts";

interface FrontSetting {
  readonly authority: Authority;
  readonly now: Date;
  readonly ec: IssuedCertificate;
}

/** What stands before the server is turned, or the server itself, or the one at its second address. */
export interface TlsKnob extends Omit<Knob, "declared"> {
  readonly front?: FrontConditions | ((setting: FrontSetting) => FrontConditions);
  /** There are two addresses, and this is different at the second. */
  readonly second?: Partial<ApiConditions>;
  readonly depth?: Depth;
  /** Until it is noticed, and until it is noticed that it is gone; a day unless given. */
  readonly noticed?: number;
  /** What is said of the server as it stands, and is not said while the knob is turned. */
  readonly gone?: readonly string[];
}

/** Groups are those of a server that knows of no other, whatever node has. */
const TLS = { ecdhCurve: "X25519:P-256:P-384" } as const;
const RSA = { keyType: "rsa", sigalgs: "RSA+SHA256:RSA-PSS+SHA256" } as const;
export const STANDING = { tls: TLS } as const;
/** Its certificates outlive two memories. */
const VALIDITY = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 150 * DAY) };

/** What a host is, at whatever address and through whatever front: one certificate for each kind of key. */
export class StandingHost {
  readonly ec: IssuedCertificate;
  readonly #rsa: IssuedCertificate;

  constructor({ authority }: Pick<Lab, "authority">) {
    const now = new Date();
    this.ec = certificateFor(VALIDITY, authority, now, "ec");
    this.#rsa = certificateFor(VALIDITY, authority, now, "rsa");
  }

  conditions(turned: Partial<ApiConditions> = {}): Partial<ApiConditions> {
    const served = [turned.tls?.keyType === "rsa" ? this.#rsa : this.ec];
    return { ...STANDING, certificate: { served }, ...turned };
  }
}
/** Information about the server as it stands. */
export const STANDING_FINDINGS = ["tls/no-post-quantum key-exchange"];

/** A removal of what is neither weak nor a strength is not looked for before. */
const LISTED_ANEW = 36 * DAY;
const X25519_MLKEM768 = 0x11ec;
const FALLBACK_SCSV = 0x5600;
const GREASE = 0x4a4a;
const HANDSHAKE_FAILURE = 40;
/** What an Ethernet packet holds, nearly. */
const PACKET = 1400;

const offered = (turn: string, suite: number, findings: readonly string[]): TlsKnob => ({
  turn: `${turn} is accepted from those who have nothing better`,
  front: ({ authority, now, ec }) => ({ otherwise: accepting(suite, authority, now, ec) }),
  findings,
});
const when = (isSo: (hello: HeardHello) => boolean): FrontConditions => ({
  instead: (hello) => (isSo(hello) ? alertRecord(2, HANDSHAKE_FAILURE) : undefined),
});
const ONLY_TLS_1_2 = { tlsVersions: { min: "TLS 1.2", max: "TLS 1.2" } } as const;

export const TLS_KNOBS: readonly TlsKnob[] = [
  {
    turn: "TLS 1.0 and 1.1 are offered beside 1.2 and 1.3",
    server: { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } },
    // To speak them OpenSSL has to sign with SHA-1, and then does so in TLS 1.2.
    findings: [
      "tls/deprecated-version-offered tls1.0",
      "tls/deprecated-version-offered tls1.1",
      "tls/weak-signature-scheme signature-schemes",
    ],
  },
  {
    turn: "nothing better than TLS 1.1 is spoken",
    server: { tlsVersions: { min: "TLS 1.1", max: "TLS 1.1" } },
    findings: [
      "tls/deprecated-version-negotiated tls1.1",
      "tls/deprecated-version-offered tls1.1",
      "tls/no-authenticated-encryption cipher-suites",
      "tls/no-tls13 tls1.3",
      "tls/weak-cipher-negotiated cipher-suites",
    ],
    gone: STANDING_FINDINGS,
  },
  { turn: "TLS 1.3 is not spoken", server: ONLY_TLS_1_2, findings: ["tls/no-tls13 tls1.3"], gone: STANDING_FINDINGS },
  { turn: "a group with ML-KEM is accepted", front: { instead: asksForGroup(X25519_MLKEM768) }, findings: [], gone: STANDING_FINDINGS },
  offered("RC4", 0xc007, ["tls/rc4-cipher-offered cipher-suites"]),
  offered("Triple DES", 0xc008, ["tls/3des-cipher-offered cipher-suites"]),
  offered("single DES", 0x0015, ["tls/des-cipher-offered cipher-suites"]),
  offered("an export suite with DES and RSA", 0x0008, [
    "tls/des-cipher-offered cipher-suites",
    "tls/export-cipher-offered cipher-suites",
    "tls/static-rsa-offered cipher-suites",
  ]),
  offered("no encryption", 0xc006, ["tls/null-cipher-offered cipher-suites"]),
  {
    turn: "no encryption is accepted in TLS 1.3",
    front: { instead: accepting13(0xc0b4) },
    findings: ["tls/null-cipher-offered cipher-suites"],
  },
  offered("no certificate", 0xc018, ["tls/anonymous-cipher-offered cipher-suites"]),
  offered("a short tag", 0xc0ae, ["tls/ccm8-cipher-offered cipher-suites"]),
  offered("key transport by RSA", 0x009c, ["tls/static-rsa-offered cipher-suites"]),
  {
    turn: "our own connection has CBC, which is all there is",
    server: { ...ONLY_TLS_1_2, tls: { ...TLS, ciphers: "ECDHE-ECDSA-AES128-SHA" } },
    findings: ["tls/no-authenticated-encryption cipher-suites", "tls/no-tls13 tls1.3", "tls/weak-cipher-negotiated cipher-suites"],
    gone: STANDING_FINDINGS,
  },
  {
    turn: "our own connection has key transport by RSA, which is all there is",
    server: { ...ONLY_TLS_1_2, tls: { ...TLS, keyType: "rsa", ciphers: "AES128-GCM-SHA256" } },
    findings: [
      "tls/no-forward-secrecy cipher-suites",
      "tls/no-tls13 tls1.3",
      "tls/static-rsa-offered cipher-suites",
      "tls/weak-cipher-negotiated cipher-suites",
    ],
    gone: STANDING_FINDINGS,
  },
  {
    turn: "a prime of 1024 bits is served that many share",
    server: { tls: { ...TLS, ...RSA, ciphers: "ECDHE+AESGCM:DHE+AESGCM:@SECLEVEL=0", dhparam: parametersOf("modp2") } },
    findings: ["tls/weak-dh key-exchange"],
  },
  {
    turn: "our own connection has a prime of 1024 bits",
    server: { ...ONLY_TLS_1_2, tls: { ...TLS, ...RSA, ciphers: "DHE+AESGCM:@SECLEVEL=0", dhparam: parametersOf("modp2") } },
    findings: ["tls/no-tls13 tls1.3", "tls/weak-dh key-exchange"],
    gone: STANDING_FINDINGS,
  },
  {
    turn: "TLS 1.2 is signed with SHA-1 for those who take nothing else",
    server: { tls: { ...TLS, sigalgs: "ECDSA+SHA256:ECDSA+SHA1", ciphers: "ECDHE+AESGCM:@SECLEVEL=0" } },
    findings: ["tls/weak-signature-scheme signature-schemes"],
  },
  {
    turn: "TLS 1.2 compresses",
    front: { says: serverHelloWith(() => ({ compression: 1 })) },
    findings: ["tls/compression handshake"],
  },
  {
    turn: "renegotiation is not bound to its connection",
    front: { says: without(EXTENSION.renegotiationInfo) },
    findings: ["tls/insecure-renegotiation handshake"],
  },
  {
    turn: "the master secret is not bound to its handshake",
    front: { says: without(EXTENSION.extendedMasterSecret) },
    findings: ["tls/no-extended-master-secret handshake"],
  },
  { turn: "ephemeral keys are kept", front: { says: sameKey }, findings: ["tls/ephemeral-key-reuse key-exchange"] },
  {
    turn: "a client certificate is asked for",
    front: { says: asksForCertificate },
    findings: ["tls/client-certificate-undeclared client-certificate"],
  },
  {
    turn: "a fallback to TLS 1.0 is possible, and stopped when it is announced",
    server: { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } },
    depth: "full",
    findings: [
      "tls/deprecated-version-offered tls1.0",
      "tls/deprecated-version-offered tls1.1",
      "tls/weak-signature-scheme signature-schemes",
    ],
  },
  {
    turn: "a fallback is not stopped that is announced",
    server: { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } },
    front: { hears: (hello) => ({ ...hello, cipherSuites: hello.cipherSuites.filter((code) => code !== FALLBACK_SCSV) }) },
    depth: "full",
    findings: [
      "tls/deprecated-version-offered tls1.0",
      "tls/deprecated-version-offered tls1.1",
      "tls/fallback-unprotected handshake",
      "tls/weak-signature-scheme signature-schemes",
    ],
  },
  {
    turn: "values that nobody knows are not answered",
    front: when(({ has }) => has(GREASE)),
    depth: "full",
    findings: ["tls/intolerant unknown-values"],
  },
  {
    turn: "long hellos are not answered",
    front: when(({ octets }) => octets > PACKET),
    depth: "full",
    findings: ["tls/intolerant long-hello"],
  },
  {
    turn: "the second address has no TLS 1.3",
    second: ONLY_TLS_1_2,
    findings: ["tls/configuration-differs versions", "tls/no-tls13 tls1.3"],
  },
  {
    turn: "the second address has no CBC",
    second: { tls: { ...TLS, ciphers: "ECDHE+AESGCM:ECDHE+CHACHA20" } },
    findings: ["tls/configuration-differs cipher-suites"],
  },
  {
    turn: "the second address has a group less",
    second: { tls: { ecdhCurve: "X25519:P-256" } },
    noticed: LISTED_ANEW,
    findings: ["tls/configuration-differs groups"],
  },
];

/** What a knob has the front do in this lab. */
export function conditionsOf(
  { front = {} }: TlsKnob,
  { authority, clock }: Pick<Lab, "authority" | "clock">,
  { ec }: StandingHost,
): FrontConditions {
  return typeof front === "function" ? front({ authority, now: new Date(clock.now()), ec }) : front;
}

/** RFC 3279 section 2.3.3. */
function parametersOf(group: string): string {
  const standard = createDiffieHellmanGroup(group);
  const der = Buffer.from(sequence(integer(standard.getPrime()), integer(standard.getGenerator())));
  return `-----BEGIN DH PARAMETERS-----\n${der.toString("base64")}\n-----END DH PARAMETERS-----\n`;
}
