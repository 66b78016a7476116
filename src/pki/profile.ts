import type { Certificate } from "./certificate.ts";
import { EXTENSION_ID, KEY_USAGE } from "./extensions.ts";
import { isPresentable } from "./identity.ts";

/** What RFC 5280 or the baseline requirements do not allow, and what can be read all the same. */
export interface ProfileViolation {
  /** A word of our own: "serial-number". */
  readonly what: string;
  /** Clients that keep to the standard refuse it; of the others it is only said. */
  readonly isFatal: boolean;
}

/** Of a certificate in its place. Free of what checkPath looks at itself. */
export function profileViolations(certificate: Certificate, place: "leaf" | "authority"): readonly ProfileViolation[] {
  const checks = place === "leaf" ? [...BOTH, ...LEAF] : [...BOTH, ...AUTHORITY];
  return checks.filter(({ isBroken }) => isBroken(certificate)).map(({ what, isFatal }) => ({ what, isFatal }));
}

interface Check extends ProfileViolation {
  readonly isBroken: (certificate: Certificate) => boolean;
}

const FATAL = true;
const SAID = false;

const BOTH: readonly Check[] = [
  check("algorithm-mismatch", FATAL, ({ algorithm, innerAlgorithm }) => Buffer.compare(algorithm.raw, innerAlgorithm.raw) !== 0),
  check("duplicate-extension", FATAL, ({ extensions }) => extensions.duplicates.length > 0),
  check("unreadable-extension", FATAL, ({ extensions }) => extensions.unreadable.length > 0),
  check("empty-issuer", FATAL, ({ issuer }) => issuer.relative.length === 0),
  check(
    "serial-number",
    FATAL,
    ({ serial }) => serial.length > LONGEST_SERIAL || (serial[0] ?? 0) >= 0x80 || serial.every((octet) => octet === 0),
  ),
  check("inverted-validity", FATAL, ({ notBefore, notAfter }) => notAfter < notBefore),
  check("critical-key-identifier", FATAL, (one) => isCritical(one, "authorityKeyId") || isCritical(one, "subjectKeyId")),
  check("critical-information-access", FATAL, (one) => isCritical(one, "authorityInformationAccess")),
  check("policy-constraints-not-critical", FATAL, ({ extensions }) => extensions.critical.get(EXTENSION_ID.policyConstraints) === false),
  check("unique-identifier", SAID, () => false),
];

const LEAF: readonly Check[] = [
  check(
    "certificate-signing",
    FATAL,
    ({ extensions }) => extensions.keyUsage?.has(KEY_USAGE.keyCertSign) === true && extensions.basicConstraints?.isAuthority !== true,
  ),
  check("is-an-authority", FATAL, ({ extensions }) => extensions.basicConstraints?.isAuthority === true),
  check("alternative-name", FATAL, ({ extensions }) =>
    (extensions.subjectAltName ?? []).some((name) => name.kind === "dns" && !isPresentable(name.text)),
  ),
  check(
    "alternative-names-not-critical",
    FATAL,
    ({ subject, extensions }) => subject.relative.length === 0 && extensions.critical.get(EXTENSION_ID.subjectAltName) === false,
  ),
  check("no-extended-key-usage", SAID, ({ extensions }) => extensions.extendedKeyUsage === undefined),
  check("no-authority-key-identifier", SAID, ({ extensions }) => extensions.authorityKeyId === undefined),
];

const AUTHORITY: readonly Check[] = [
  check("empty-subject", FATAL, ({ subject }) => subject.relative.length === 0),
  check("no-subject-key-identifier", SAID, ({ extensions }) => extensions.subjectKeyId === undefined),
  check("constraints-not-critical", SAID, ({ extensions }) => extensions.critical.get(EXTENSION_ID.basicConstraints) === false),
];

function check(what: string, isFatal: boolean, isBroken: Check["isBroken"]): Check {
  return { what, isFatal, isBroken };
}

function isCritical({ extensions }: Certificate, name: keyof typeof EXTENSION_ID): boolean {
  return extensions.critical.get(EXTENSION_ID[name]) === true;
}

/** RFC 5280 section 4.1.2.2. */
const LONGEST_SERIAL = 20;
