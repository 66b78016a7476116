import type { Certificate } from "./certificate.ts";
import { EXTENDED_KEY_USAGE, EXTENSION_ID, KEY_USAGE } from "./extensions.ts";
import { hasUnderscore, isPresentable } from "./identity.ts";
import { addressOctets, addressText } from "./ip-address.ts";
import { keyFacts } from "./key-strength.ts";
import { ATTRIBUTE, attributeOf } from "./name.ts";

/** What RFC 5280 or the CA/Browser baseline requirements do not allow. */
export interface ProfileViolation {
  /** A word of our own: "serial-number". */
  readonly what: string;
  /** Clients that keep to RFC 5280 refuse the certificate; of the others it is only said. */
  readonly isFatal: boolean;
}

export type Place = "leaf" | "authority" | "anchor";

/** Of a certificate in its place; without what checkPath looks at itself. */
export function profileViolations(certificate: Certificate, place: Place): readonly ProfileViolation[] {
  return [...ALL, ...OF[place]].filter(({ isBroken }) => isBroken(certificate)).map(({ what, isFatal }) => ({ what, isFatal }));
}

interface Check extends ProfileViolation {
  readonly isBroken: (certificate: Certificate) => boolean;
}

const ALL: readonly Check[] = [
  fatal("algorithm-mismatch", ({ algorithm, innerAlgorithm }) => Buffer.compare(algorithm.raw, innerAlgorithm.raw) !== 0),
  fatal("duplicate-extension", ({ extensions }) => extensions.duplicates.length > 0),
  fatal("unreadable-extension", ({ extensions }) => extensions.unreadable.length > 0),
  fatal("empty-issuer", ({ issuer }) => issuer.relative.length === 0),
  fatal("inverted-validity", ({ notBefore, notAfter }) => notAfter < notBefore),
  fatal("explicit-curve", ({ key }) => keyFacts(key).isExplicitCurve === true),
  fatal("critical-key-identifier", (one) => isCritical(one, "authorityKeyId") || isCritical(one, "subjectKeyId")),
  fatal("critical-information-access", (one) => isCritical(one, "authorityInformationAccess")),
  fatal("policy-constraints-not-critical", (one) => isThereUncritical(one, "policyConstraints")),
  said("key-not-of-whole-octets", ({ key }) => keyFacts(key).type.startsWith("rsa") && (keyFacts(key).bits ?? 0) % 8 !== 0),
];

/** Of anchors nobody looks at it: several bundled roots have the number nought. */
const ISSUED: readonly Check[] = [
  fatal("serial-number", ({ serial }) => serial.length > LONGEST_SERIAL || isNegative(serial) || serial.every((octet) => octet === 0)),
];

const AUTHORITY: readonly Check[] = [
  fatal("empty-subject", ({ subject }) => subject.relative.length === 0),
  said("no-subject-key-identifier", ({ extensions }) => extensions.subjectKeyId === undefined),
  said("basic-constraints-not-critical", (one) => isThereUncritical(one, "basicConstraints")),
  said("name-constraints-not-critical", (one) => isThereUncritical(one, "nameConstraints")),
];

const OF: Readonly<Record<Place, readonly Check[]>> = {
  leaf: [
    ...ISSUED,
    fatal("certificate-signing", ({ extensions }) => signsCertificates(extensions) && extensions.basicConstraints?.isAuthority !== true),
    fatal("alternative-name", ({ extensions }) => namesOf(extensions).some((name) => !isPresentable(name))),
    fatal("alternative-names-not-critical", (one) => one.subject.relative.length === 0 && isThereUncritical(one, "subjectAltName")),
    said("is-an-authority", ({ extensions }) => extensions.basicConstraints?.isAuthority === true),
    said("no-authority-key-identifier", ({ extensions }) => extensions.authorityKeyId === undefined),
    said("no-extended-key-usage", ({ extensions }) => extensions.extendedKeyUsage === undefined),
    said("critical-extended-key-usage", (one) => isCritical(one, "extendedKeyUsage")),
    said("foreign-extended-key-usage", ({ extensions }) => hasForeignUsage(extensions, SERVER_PURPOSES)),
    said("underscore", ({ extensions }) => namesOf(extensions).some(hasUnderscore)),
    said("critical-alternative-names", (one) => one.subject.relative.length > 0 && isCritical(one, "subjectAltName")),
    said("common-name-apart", (one) => !isCommonNameListed(one)),
  ],
  authority: [
    ...ISSUED,
    ...AUTHORITY,
    said("no-authority-key-identifier", ({ extensions }) => extensions.authorityKeyId === undefined),
    said("foreign-extended-key-usage", ({ extensions }) => hasForeignUsage(extensions, SERVER_PURPOSES)),
  ],
  anchor: [
    ...AUTHORITY,
    said(
      "no-authority-key-identifier",
      ({ extensions, subject, issuer }) => subject.canonical !== issuer.canonical && extensions.authorityKeyId === undefined,
    ),
    said("extended-key-usage", ({ extensions }) => extensions.extendedKeyUsage !== undefined),
    said("authority-key-identifier", ({ extensions }) => isOddIdentifier(extensions)),
  ],
};

function fatal(what: string, isBroken: Check["isBroken"]): Check {
  return { what, isFatal: true, isBroken };
}

function said(what: string, isBroken: Check["isBroken"]): Check {
  return { what, isFatal: false, isBroken };
}

type Extensions = Certificate["extensions"];

function isCritical({ extensions }: Certificate, name: keyof typeof EXTENSION_ID): boolean {
  return extensions.critical.get(EXTENSION_ID[name]) === true;
}

function isThereUncritical({ extensions }: Certificate, name: keyof typeof EXTENSION_ID): boolean {
  return extensions.critical.get(EXTENSION_ID[name]) === false;
}

function isNegative([first = 0]: Uint8Array): boolean {
  return first >= 0x80;
}

function signsCertificates({ keyUsage }: Extensions): boolean {
  return keyUsage?.has(KEY_USAGE.keyCertSign) === true;
}

function namesOf({ subjectAltName = [] }: Extensions): readonly string[] {
  return subjectAltName.flatMap((name) => (name.kind === "dns" ? [name.text] : []));
}

/** Beside the use for servers, which checkPath asks for (baseline requirements 7.1.2.7.10 and 7.1.2.10.6). */
function hasForeignUsage({ extendedKeyUsage = [] }: Extensions, allowed: readonly string[]): boolean {
  return extendedKeyUsage.some((purpose) => !allowed.includes(purpose));
}

/** One of the alternative names, letter by letter (baseline requirements 7.1.4.3). */
function isCommonNameListed({ subject, extensions }: Certificate): boolean {
  const common = attributeOf(subject, ATTRIBUTE.commonName);
  if (common === undefined || namesOf(extensions).includes(common)) return true;
  const octets = addressOctets(common);
  const isWritten = octets !== undefined && addressText(octets) === common;
  return isWritten && (extensions.subjectAltName ?? []).some((name) => name.kind === "ip" && Buffer.compare(name.octets, octets) === 0);
}

/** Of a root: its own key by the identifier, or nothing (baseline requirements 7.1.2.1.3). */
function isOddIdentifier({ authorityKeyId, authorityKeyHasMore, subjectKeyId }: Extensions): boolean {
  if (authorityKeyId === undefined) return false;
  return authorityKeyHasMore === true || authorityKeyId !== subjectKeyId;
}

const SERVER_PURPOSES: readonly string[] = [EXTENDED_KEY_USAGE.serverAuth, EXTENDED_KEY_USAGE.clientAuth];
/** RFC 5280 section 4.1.2.2. */
const LONGEST_SERIAL = 20;
