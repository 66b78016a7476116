import { caDistrust } from "../../../src/catalog/ca-distrust.ts";
import type { CertificateAndKey, ServedIdentity, TlsCondition } from "../../../src/demo/conditions.ts";
import type { Depth } from "../../../src/model/depth.ts";
import { sha256Hex } from "../../../src/model/digest.ts";
import { knownLog } from "../../judge/known-logs.ts";
import { PUBLIC_INTERMEDIATE, PUBLIC_ROOT } from "../../judge/public-authority.ts";
import { authorityInformationAccess, EXTENSION, signedCertificateTimestamps, tlsFeature } from "./certificate-extensions.ts";
import { daysFrom, intermediate, type LeafOptions, type Made, serverLeaf } from "./certificate-factory.ts";
import { newKey, sharedKey } from "./certificate-keys.ts";
import type { Knob } from "./knob.ts";
import { makeOcspResponse } from "./revocation-factory.ts";

/** Somebody's name on a platform that strangers have names on, too. */
export const HOST = "acme.github.io";

/** Certificates of a public authority, one thing of them turned. */
export interface CertificateKnob extends Omit<Knob, "declared" | "server"> {
  readonly turned: ServedIdentity;
  /** Served at the second address, where there is one. */
  readonly second?: ServedIdentity;
  /** How it is served. */
  readonly tls?: Partial<TlsCondition>;
  readonly depth?: Depth;
  /** So often it has to be seen before it is believed; once unless given. */
  readonly sights?: number;
}

let another: Made | undefined;
const NOW = new Date();
const KEY = sharedKey("ec");
const LOGS = ["Anna", "Bert", "Bert"].map((operator) => ({ log: knownLog(operator), at: daysFrom(NOW, -20) }));
const USUAL = { at: NOW, dns: [HOST], key: KEY, with: [signedCertificateTimestamps(LOGS)] } as const;

/** As a public authority issues it, with a fresh staple. */
export const WELL: ServedIdentity = identity(issued());

const DISTRUSTED = distrustedAuthority();
const MUST_STAPLE = issued({ with: [...USUAL.with, tlsFeature()] });
const REVOKED = { revokedAt: daysFrom(NOW, -1), reason: "keyCompromise" } as const;

export const CERTIFICATE_KNOBS: readonly CertificateKnob[] = [
  {
    turn: "it lives for 201 days",
    turned: identity(issued({ notAfter: daysFrom(NOW, -20 + 201) })),
    findings: ["certificate/lifetime-too-long leaf"],
  },
  {
    turn: "its key has the exponent 3",
    turned: identity(issued({ key: sharedKey("rsaExponent3") })),
    tls: { ciphers: "ECDHE+AESGCM" },
    findings: ["certificate/weak-key key"],
  },
  {
    turn: "it is signed with SHA-1",
    turned: identity(issued({ digest: "sha1" })),
    tls: { ciphers: "DEFAULT@SECLEVEL=0", sigalgs: "ECDSA+SHA256" },
    findings: ["certificate/untrusted leaf", "certificate/weak-signature signature"],
  },
  {
    turn: "nobody could revoke it",
    turned: identity(
      issued({
        with: [...USUAL.with, authorityInformationAccess({ caIssuers: ["http://ca.example/i.cer"] })],
        without: [EXTENSION.crlDistributionPoints],
      }),
    ),
    findings: ["certificate/no-revocation-pointer revocation"],
  },
  { turn: "no log has it", turned: identity(issued({ with: [] })), findings: ["certificate/transparency leaf"] },
  {
    turn: "its authority was thrown out",
    turned: identity(issued({}, DISTRUSTED), DISTRUSTED),
    findings: ["certificate/distrusted-authority leaf"],
  },
  {
    turn: "it promises a staple, and none comes",
    turned: { served: [pair([MUST_STAPLE, PUBLIC_INTERMEDIATE])] },
    sights: 2,
    findings: ["certificate/staple-missing leaf"],
  },
  {
    turn: "its staple says that it was revoked",
    turned: identity(issued(), PUBLIC_INTERMEDIATE, REVOKED),
    findings: ["certificate/revoked leaf"],
  },
  { turn: "the root comes along", turned: withMore(issued(), PUBLIC_ROOT), findings: ["certificate/untidy-chain chain"] },
  {
    turn: "a name has an underscore",
    turned: identity(issued({ dns: [HOST, "a_b.acme.github.io"] })),
    findings: ["certificate/off-profile form"],
  },
  {
    turn: "it stands for strangers, too",
    turned: identity(issued({ dns: [HOST, ...[1, 2, 3, 4, 5].map((n) => `www.company${n}.example`)] })),
    findings: ["certificate/shared-names names"],
  },
  {
    turn: "it stands for the whole platform",
    turned: identity(issued({ dns: ["*.github.io"] })),
    findings: ["certificate/wildcard wildcard"],
  },
  {
    turn: "the second address has another key",
    turned: WELL,
    second: identity(issued({ key: newKey() })),
    findings: ["certificate/differs-by-address addresses"],
  },
  {
    turn: "clients without a name get another host's",
    turned: { ...WELL, otherwise: { host: HOST, ...pair([issued({ dns: ["www.acme.example"] }), PUBLIC_INTERMEDIATE]) } },
    depth: "full",
    findings: ["certificate/needs-server-name no-server-name"],
  },
];

/** What a renewal changes: the one before was issued earlier. */
export const RENEWAL_KNOBS: readonly CertificateKnob[] = [
  {
    turn: "another authority issued the next one",
    turned: identity(issued({ notBefore: daysFrom(NOW, -19), notAfter: daysFrom(NOW, 71) }, anotherAuthority()), anotherAuthority()),
    findings: ["certificate/issuer-changed leaf"],
  },
  {
    turn: "the next one lives for half as long",
    turned: identity(issued({ notBefore: daysFrom(NOW, -19), notAfter: daysFrom(NOW, 26) })),
    findings: ["certificate/lifetime-changed leaf"],
  },
  {
    turn: "the next one has another key, long before its time",
    turned: identity(issued({ key: newKey(), notBefore: daysFrom(NOW, -1), notAfter: daysFrom(NOW, 89) })),
    findings: ["certificate/key-replaced-early leaf"],
  },
];

export function issued(options: LeafOptions = {}, authority: Made = PUBLIC_INTERMEDIATE): Made {
  return serverLeaf(authority, { ...USUAL, ...options });
}

type Status = Parameters<typeof makeOcspResponse>[0]["answers"][number]["status"];

export function identity(leaf: Made, authority: Made = PUBLIC_INTERMEDIATE, status: Status = "good"): ServedIdentity {
  const answers = [{ of: leaf, status, thisUpdate: daysFrom(NOW, -1), nextUpdate: daysFrom(NOW, 30) }];
  return { served: [pair([leaf, authority])], staple: makeOcspResponse({ issuer: authority, answers }) };
}

function withMore(leaf: Made, more: Made): ServedIdentity {
  return { ...identity(leaf), served: [pair([leaf, PUBLIC_INTERMEDIATE, more])] };
}

export function pair(chain: readonly Made[]): CertificateAndKey {
  const key = chain[0]?.key.privateKey;
  if (key === undefined) throw new Error("A certificate of a test without a key.");
  return { chainPem: chain.map(({ pem }) => pem).join(""), keyPem: key.export({ type: "pkcs8", format: "pem" }).toString() };
}

function anotherAuthority(): Made {
  another ??= intermediate(PUBLIC_ROOT, { at: NOW, subject: [{ type: "O", value: "Another" }] });
  return another;
}

/** For as long as the test runs. */
function distrustedAuthority(): Made {
  const authority = intermediate(PUBLIC_ROOT, { at: NOW, subject: [{ type: "O", value: "Thrown out" }] });
  (caDistrust() as ReturnType<typeof caDistrust>[number][]).push({
    ca: "Thrown out",
    by: "Mozilla",
    why: "conduct",
    rule: "all",
    date: "2026-01-01T00:00:00Z",
    roots: [],
    subjects: [],
    keys: [sha256Hex(authority.key.publicKeyInfo)],
    reference: "https://example.com/",
  });
  return authority;
}
