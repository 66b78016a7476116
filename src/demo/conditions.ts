import type { SecureContextOptions } from "node:tls";
import { DAY } from "../model/instant.ts";
import type { TlsVersion } from "../model/tls.ts";
import type { Authority, IssuedCertificate } from "./certificates.ts";

/** Everything that can be well or badly done by a demo API, one knob each. Plain data. */
export interface ApiConditions {
  /** False: nobody listens on its port. */
  readonly listens: boolean;
  readonly certificate: CertificateCondition | Validity | ServedIdentity;
  readonly tlsVersions: { readonly min: ServedVersion; readonly max: ServedVersion };
  readonly tls: TlsCondition;
  readonly auth: ApiAuth;
  /** WWW-Authenticate of a refusal; "" for none. */
  readonly challenge: string;
  /** JSON body by path, as a value or as text that no value gives; any other path is answered 404. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** Of an answer with a resource. */
  readonly status: number;
  /** Of every answer over TLS; one that comes more than once has several values. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly plaintext: PlaintextCondition;
  /** What stands at /.well-known/security.txt; "" for nothing. */
  readonly securityTxt: string;
  /** What stands where nothing is; "refused" for what the API has for it. */
  readonly notFound: "refused" | { readonly status: number; readonly type: string; readonly body: string };
  /** Beside the others where the request names an origin, which stands in for "$origin". */
  readonly cors: Readonly<Record<string, string>>;
  readonly interference: Interference;
}

/** JSON as it is sent, with what a value cannot hold: a key that comes twice. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type CertificateCondition = "valid" | "expiring" | "expired" | "self-signed" | "wrong-name";
/** Of a valid leaf with a key of its own, where the days themselves matter. */
export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}
/** In the place of a certificate of the demo's authority: what somebody else made. */
export interface ServedIdentity {
  readonly served: readonly CertificateAndKey[];
  /** OCSP response in DER, of the first one. */
  readonly staple?: Uint8Array;
  /** To clients that do not name this host. */
  readonly otherwise?: CertificateAndKey & { readonly host: string };
}
export interface CertificateAndKey {
  /** Leaf first. */
  readonly chainPem: string;
  readonly keyPem: string;
}
export type ServedVersion = Extract<TlsVersion, "TLS 1.0" | "TLS 1.1" | "TLS 1.2" | "TLS 1.3">;

/** In OpenSSL's words; what is left out is what node has. */
export interface TlsCondition extends Pick<SecureContextOptions, "ciphers" | "sigalgs" | "ecdhCurve" | "dhparam"> {
  /** Of the certificate; "ec" unless given. */
  readonly keyType?: "ec" | "rsa";
}

/** `value` is the whole header value or query parameter. */
export type ApiAuth = { readonly in: "open" } | { readonly in: "header" | "query"; readonly name: string; readonly value: string };

/**
 * What plain HTTP on the TLS port gets: 400 as nginx does, a close without a byte, a redirect to https,
 * or the same answer as over TLS.
 */
type PlaintextCondition = "refused" | "closed" | "redirect" | "served";

/** Shares of connections (0 to 1, together at most 1), drawn in an order that the seed fixes. */
export interface Interference {
  readonly reset: number;
  readonly stall: number;
  /** Every request of the connection is answered 429. */
  readonly tooManyRequests: number;
  readonly seed: number;
}

/** A well-run API: nothing above information is to be said of it. */
export const CLEAN: ApiConditions = {
  listens: true,
  certificate: "valid",
  tlsVersions: { min: "TLS 1.2", max: "TLS 1.3" },
  // The same with every version of node: newer ones have post-quantum groups.
  tls: { ecdhCurve: "X25519:P-256:P-384" },
  auth: { in: "header", name: "x-api-key", value: "clean-demo-key-4tXw8QmZr2LcVb7NsKjD" },
  challenge: "Bearer",
  resources: {
    "/v1/orders": {
      data: [
        { id: "ord_1041", status: "paid", items: 3 },
        { id: "ord_1042", status: "open", items: 1 },
      ],
      has_more: false,
    },
  },
  status: 200,
  securityTxt: "Contact: mailto:security@apirisk-lab.dev\nExpires: 2099-01-01T00:00:00Z\n",
  notFound: "refused",
  cors: {},
  headers: {
    "cache-control": "no-store",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
  },
  plaintext: "refused",
  interference: { reset: 0, stall: 0, tooManyRequests: 0, seed: 1 },
};

/** The certificate that a condition names, for localhost and both loopback addresses, as it would stand at `now`. */
export function certificateFor(
  condition: Exclude<ApiConditions["certificate"], ServedIdentity>,
  authority: Authority,
  now: Date,
  keyType: TlsCondition["keyType"] = "ec",
): IssuedCertificate {
  return authority.issue({
    keyType,
    ...(condition === "wrong-name"
      ? { dnsNames: ["another-tenant.example"] }
      : { dnsNames: ["localhost"], ipAddresses: ["127.0.0.1", "::1"] }),
    ...(typeof condition === "string" ? validityOf(condition, now) : condition),
    selfSigned: condition === "self-signed",
  });
}

function validityOf(condition: CertificateCondition, now: Date): Validity {
  const [from, until] = VALIDITY_DAYS[condition];
  return { notBefore: new Date(now.getTime() + from * DAY), notAfter: new Date(now.getTime() + until * DAY) };
}

/** Days from now, first and last. */
const VALIDITY_DAYS: Readonly<Record<CertificateCondition, readonly [from: number, until: number]>> = {
  valid: [-20, 90],
  expiring: [-85, 5],
  expired: [-100, -10],
  "self-signed": [-20, 90],
  "wrong-name": [-20, 90],
};
