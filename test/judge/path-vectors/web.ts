import {
  authorityKeyIdentifier,
  basicConstraints,
  EXTENSION,
  extendedKeyUsage,
  keyUsage,
  type Purpose,
  subjectAltName,
  unknown,
} from "../../lab/support/certificate-extensions.ts";
import { type KeyKind, newKey, sharedKey } from "../../lab/support/certificate-keys.ts";
import type { GeneralNames } from "../../lab/support/certificate-names.ts";
import { asLeaf } from "./profile.ts";
import { ANCHOR, accepts, direct, HOST, type PathVector, PEDANTIC, PEDANTIC_ANCHOR, rejects, through } from "./vector.ts";

const PRECERTIFICATE_SIGNING: Purpose = "1.3.6.1.4.1.11129.2.4.4";

/** x509-limbo, webpki: what the CA/Browser Forum Baseline Requirements ask for beyond RFC 5280. */
export const WEB_PROFILE: readonly PathVector[] = [
  rejects("webpki::malformed-aia", "Where the issuer is to be had is told in no ASN.1.", () =>
    direct({}, { with: [unknown(EXTENSION.authorityInformationAccess, Buffer.from("malformed"))] }),
  ),
  rejects("webpki::v1-cert", "A certificate of version 1 has no names for a server.", () =>
    direct({}, { version: 1, without: ALL_OF_A_LEAF }),
  ),
  rejects(
    "webpki::ee-basicconstraints-ca",
    "A server that is an authority.",
    () => direct({}, { with: [basicConstraints({ ca: true })] }),
    PEDANTIC,
  ),
  rejects("webpki::ca-as-leaf", "An authority as a server; rfc5280::ca-as-leaf says the contrary.", asLeaf, PEDANTIC),
  rejects("webpki::ku::ee-rsa-without-any-usages", "A key that is for nothing at all.", () =>
    direct({}, { key: sharedKey("rsa"), with: [keyUsage([])] }),
  ),

  rejects("webpki::explicit-curve", "A curve that is spelled out instead of named (RFC 5480 section 2.1.1).", () =>
    direct({ key: newKey("ecExplicit") }, { key: newKey("ecExplicit") }),
  ),
  rejects("webpki::forbidden-p192-root", "A root of P-192.", () => direct({ key: newKey("p192") }), ANCHOR),
  ofKey("webpki::forbidden-p192-leaf", "p192"),
  rejects("webpki::forbidden-dsa-root", "A root of DSA.", () => direct({ key: sharedKey("dsa") }), ANCHOR),
  ofKey("webpki::forbidden-dsa-leaf", "dsa"),
  rejects("webpki::forbidden-weak-rsa-key-in-root", "A root of 1,024 bits.", () => direct({ key: sharedKey("rsa1024") }), PEDANTIC_ANCHOR),
  ofKey("webpki::forbidden-weak-rsa-in-leaf", "rsa1024"),
  rejects(
    "webpki::forbidden-rsa-not-divisible-by-8-in-root",
    "A root whose modulus is no whole number of bytes (section 6.1.5).",
    () => direct({ key: sharedKey("rsa2052") }),
    PEDANTIC_ANCHOR,
  ),
  ofKey("webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf", "rsa2052"),

  ...(
    [
      ["missing-keyidentifier", {}],
      ["authoritycertissuer", { issuer: { dirName: ["somebody"] } }],
      ["authoritycertserialnumber", { serial: Uint8Array.of(0x04, 0xd2) }],
      ["all-fields", { issuer: { dirName: ["somebody"] }, serial: Uint8Array.of(0x04, 0xd2) }],
    ] as const
  ).map(([what, more]) =>
    rejects(
      `webpki::aki::root-with-aki-${what}`,
      "A root names its key by its identifier and by nothing else (section 7.1.2.1.3).",
      () => {
        const key = newKey();
        return direct({ key, with: [authorityKeyIdentifier(what === "missing-keyidentifier" ? {} : { key, ...more })] });
      },
      PEDANTIC_ANCHOR,
    ),
  ),
  rejects(
    "webpki::aki::root-with-aki-ski-mismatch",
    "A root that names another key than its own.",
    () => direct({ with: [authorityKeyIdentifier({ key: newKey() })] }),
    PEDANTIC_ANCHOR,
  ),
];

/** x509-limbo, webpki::eku (sections 7.1.2.7.10 and 7.1.2.10.6). */
export const WEB_PURPOSES: readonly PathVector[] = [
  ofPurposes("ee-anyeku", ["serverAuth", "any"]),
  rejects(
    "webpki::eku::ee-critical-eku",
    "The purposes of a server must not be critical.",
    () => direct({}, { with: [extendedKeyUsage(["serverAuth"], { critical: true })] }),
    PEDANTIC,
  ),
  rejects(
    "webpki::eku::ee-without-eku",
    "A server has to name its purpose.",
    () => direct({}, { without: [EXTENSION.extendedKeyUsage] }),
    PEDANTIC,
  ),
  rejects(
    "webpki::eku::root-has-eku",
    "A root names no purpose.",
    () => direct({ with: [extendedKeyUsage(["serverAuth"])] }),
    PEDANTIC_ANCHOR,
  ),
  rejects("webpki::eku::ee-clientauth-only", "A key for clients alone.", () => direct({}, { with: [extendedKeyUsage(["clientAuth"])] })),
  rejects("webpki::eku::ee-precertificate-only", "A key for precertificates alone.", () =>
    direct({}, { with: [extendedKeyUsage([PRECERTIFICATE_SIGNING])] }),
  ),
  ofPurposes("ee-precertificate-with-serverauth", ["serverAuth", PRECERTIFICATE_SIGNING]),
  accepts("webpki::eku::ee-serverauth-with-additional", "A server that is a client too.", () =>
    direct({}, { with: [extendedKeyUsage(["serverAuth", "clientAuth"])] }),
  ),
  ofPurposes("ee-codesigning-with-serverauth", ["serverAuth", "codeSigning"]),
  ofPurposes("ee-emailprotection-with-serverauth", ["serverAuth", "emailProtection"]),
  ofPurposes("ee-timestamping-with-serverauth", ["serverAuth", "timeStamping"]),
  ofPurposes("ee-ocspsigning-with-serverauth", ["serverAuth", "ocspSigning"]),

  rejects("webpki::eku::ca-without-serverauth-issuing-tls", "An authority for clients alone.", () =>
    through([{ with: [extendedKeyUsage(["clientAuth"])] }]),
  ),
  rejects("webpki::eku::ca-with-precertificate-oid", "An authority for precertificates alone.", () =>
    through([{ with: [extendedKeyUsage([PRECERTIFICATE_SIGNING])] }]),
  ),
  ofAuthority("ca-with-serverauth-and-precertificate", PRECERTIFICATE_SIGNING),
  accepts("webpki::eku::ca-with-serverauth-issuing-matching", "An authority for servers.", () =>
    through([{ with: [extendedKeyUsage(["serverAuth"])] }]),
  ),
  ofAuthority("ca-with-codesigning-eku", "codeSigning"),
  ofAuthority("ca-with-emailprotection-eku", "emailProtection"),
  ofAuthority("ca-with-timestamping-eku", "timeStamping"),
  ofAuthority("ca-with-ocspsigning-eku", "ocspSigning"),
  ofAuthority("ca-with-anyeku", "any"),
];

/** x509-limbo, webpki::san (RFC 6125 section 6.4). */
export const WEB_NAMES: readonly PathVector[] = [
  accepts("webpki::san::exact-dns-san", "The name itself.", () => asked(HOST, HOST)),
  accepts("webpki::san::exact-localhost-ip-san", "The address itself.", () => ({
    ...direct({}, { ip: ["127.0.0.1"] }),
    host: "127.0.0.1",
  })),
  rejects("webpki::san::mismatch-domain-san", "Another domain.", () => asked(HOST, "example2.com")),
  rejects("webpki::san::mismatch-subdomain-san", "Another host of the domain.", () => asked("abc.example.com", "def.example.com")),
  rejects("webpki::san::mismatch-subdomain-apex-san", "A domain does not stand for its hosts.", () => asked(HOST, "abc.example.com")),
  rejects("webpki::san::mismatch-apex-subdomain-san", "A host does not stand for its domain.", () => asked("abc.example.com", HOST)),
  rejects("webpki::san::public-suffix-wildcard-san", "All of .com.", () => asked("*.com", HOST), PEDANTIC),
  rejects("webpki::san::public-suffix-multi-label-wildcard-san", "All of .co.uk.", () => asked("*.co.uk", "example.co.uk"), PEDANTIC),
  rejects(
    "webpki::san::public-suffix-private-namespace-wildcard-san",
    "All of a place where anybody may have a name.",
    () => asked("*.s3.amazonaws.com", "example.s3.amazonaws.com"),
    PEDANTIC,
  ),
  accepts("webpki::san::leftmost-wildcard-san", "Any one label on the left.", () => asked("*.example.com", "foo.example.com")),
  rejects("webpki::san::wildcard-embedded-leftmost-san", "A part of a label is no wildcard.", () =>
    asked("ba*.example.com", "baz.example.com"),
  ),
  rejects("webpki::san::wildcard-not-in-leftmost-san", "Nor is any but the first.", () =>
    asked("foo.*.example.com", "foo.bar.example.com"),
  ),
  rejects("webpki::san::wildcard-match-across-labels-san", "One label, not two.", () => asked("*.example.com", "foo.bar.example.com")),
  rejects("webpki::san::wildcard-embedded-ulabel-san", "Nor a part of an encoded label.", () =>
    asked("xn--*-1b3c148a.example.com", "xn--bliss-1b3c148a.example.com"),
  ),
  rejects("webpki::san::unicode-emoji-san", "A name is written in ASCII (RFC 5280 section 7.2).", () =>
    asked("\u{1f61c}.example.com", "xn--628h.example.com"),
  ),
  rejects("webpki::san::no-san", "A common name is no name of a server.", () => direct({}, { without: [EXTENSION.subjectAltName] })),
  rejects(
    "webpki::san::san-critical-with-nonempty-subject",
    "They must not be critical beside another name (section 7.1.2.7.12).",
    () => direct({}, { subject: "something-else", with: [subjectAltName({ dns: [HOST] }, { critical: true })] }),
    PEDANTIC,
  ),
  rejects("webpki::san::san-wildcard-only", "All there is.", () => asked("*", HOST)),
  rejects("webpki::san::san-wildcard-only-tld", "All there is of one label.", () => asked("*", "com")),

  ofCommonName("ipv4-hex-mismatch", "0xC0A80101", { ip: ["192.168.1.1"] }),
  ofCommonName("ipv4-leading-zeros-mismatch", "192.168.001.001", { ip: ["192.168.1.1"] }),
  ofCommonName("ipv6-uppercase-mismatch", "2001:DB8::8A2E:370:7334", { ip: ["2001:db8::8a2e:370:7334"] }),
  ofCommonName("ipv6-uncompressed-mismatch", "2001:0db8:0000:0000:0000:0000:0000:0001", { ip: ["2001:db8::1"] }),
  ofCommonName("ipv6-non-rfc5952-mismatch", "2001:db8:0:0:1:0:0:1", { ip: ["2001:db8::1:0:0:1"] }),
  ofCommonName("punycode-not-in-san", "xn--nxasmq6b.com", { dns: ["xn--n3h.com"] }),
  ofCommonName("utf8-vs-punycode-mismatch", "test-\u6e2c\u8a66.com", { dns: ["xn--test--wg5h0h.com"] }),
  ofCommonName("not-in-san", "notinsan.example.com", { dns: ["valid.example.com", "another.example.com"] }),
  ofCommonName("case-mismatch", "Example.COM", { dns: [HOST] }),
];

const ALL_OF_A_LEAF = [
  EXTENSION.authorityInformationAccess,
  EXTENSION.authorityKeyIdentifier,
  EXTENSION.certificatePolicies,
  EXTENSION.crlDistributionPoints,
  EXTENSION.extendedKeyUsage,
  EXTENSION.keyUsage,
  EXTENSION.subjectAltName,
];

function asked(name: string, host: string) {
  return { ...direct({}, { dns: [name] }), host };
}

function ofKey(id: string, kind: KeyKind): PathVector {
  return rejects(id, "A server with a key that none is to have (section 6.1.5).", () => direct({}, { key: sharedKey(kind) }), PEDANTIC);
}

function ofPurposes(what: string, purposes: readonly Purpose[]): PathVector {
  return rejects(
    `webpki::eku::${what}`,
    "A server has no purpose that is nothing to servers.",
    () => direct({}, { with: [extendedKeyUsage(purposes)] }),
    PEDANTIC,
  );
}

function ofAuthority(what: string, purpose: Purpose): PathVector {
  return rejects(
    `webpki::eku::${what}`,
    "An authority of servers has no purpose that is nothing to servers.",
    () => through([{ with: [extendedKeyUsage(["serverAuth", purpose])] }]),
    PEDANTIC,
  );
}

/** Section 7.1.4.3. */
function ofCommonName(what: string, commonName: string, names: GeneralNames): PathVector {
  const host = names.dns?.[0] ?? String(names.ip?.[0]);
  return rejects(
    `webpki::cn::${what}`,
    "A common name is one of the other names, letter by letter.",
    () => ({ ...direct({}, { subject: commonName, names }), host }),
    PEDANTIC,
  );
}
