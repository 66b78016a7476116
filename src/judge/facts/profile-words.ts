/** What breaks the profile, for the reader of a finding; words of src/pki/profile.ts. */
export function violationText(what: string): string {
  return WORDS[what] ?? what;
}

const WORDS: Readonly<Record<string, string>> = {
  "algorithm-mismatch": "two signature algorithms that differ",
  "duplicate-extension": "an extension that stands there twice",
  "unreadable-extension": "an extension that cannot be read",
  "empty-issuer": "no issuer",
  "empty-subject": "an authority without a name",
  "serial-number": "a serial number that is nought, negative or longer than 20 octets",
  "inverted-validity": "an end before its beginning",
  "explicit-curve": "a curve that is spelled out in the place of its name",
  "critical-key-identifier": "a key identifier that is critical",
  "critical-information-access": "information about its authority that is critical",
  "policy-constraints-not-critical": "policy constraints that are not critical",
  "key-not-of-whole-octets": "an RSA key of a length that is no whole number of octets",
  "no-subject-key-identifier": "no subject key identifier",
  "basic-constraints-not-critical": "basic constraints that are not critical",
  "name-constraints-not-critical": "name constraints that are not critical",
  "certificate-signing": "permission to sign certificates, though it is no authority",
  "alternative-name": "an alternative name that no host can have",
  "alternative-names-not-critical": "no subject, and alternative names that are not critical",
  "is-an-authority": "a server that is an authority as well",
  "no-authority-key-identifier": "no authority key identifier",
  "no-extended-key-usage": "no extended key usage",
  "critical-extended-key-usage": "an extended key usage that is critical",
  "foreign-extended-key-usage": "an extended key usage that is not for TLS",
  underscore: "an underscore in a host name",
  "critical-alternative-names": "alternative names that are critical beside a subject",
  "common-name-apart": "a common name that is none of the alternative names",
  "extended-key-usage": "an extended key usage of a root",
  "authority-key-identifier": "an authority key identifier of a root that is not its own",
};
