import { implicit, objectIdentifier, sequence } from "../../../src/demo/der.ts";
import {
  authorityInformationAccess,
  authorityKeyIdentifier,
  basicConstraints,
  EXTENSION,
  extendedKeyUsage,
  keyUsage,
  policyConstraints,
  subjectAltName,
  subjectKeyIdentifier,
  unknown,
} from "../../lab/support/certificate-extensions.ts";
import { newKey } from "../../lab/support/certificate-keys.ts";
import {
  ANCHOR,
  accepts,
  authority,
  direct,
  HOST,
  leaf,
  type PathVector,
  PEDANTIC,
  PEDANTIC_ANCHOR,
  rejects,
  root,
  through,
} from "./vector.ts";

const STRANGE = unknown("1.3.6.1.4.1.55738.666.1", new Uint8Array(), { critical: true });
const NO_CERT_SIGN = keyUsage(["digitalSignature"], { critical: false });
const AUTHORITY_KEY = EXTENSION.authorityKeyIdentifier;
const SUBJECT_KEY = EXTENSION.subjectKeyIdentifier;

/** x509-limbo, rfc5280: what one certificate holds. */
export const PROFILE: readonly PathVector[] = [
  rejects("rfc5280::ee-empty-issuer", "A leaf that names no issuer is nobody's.", () => direct({}, { issuerName: [] })),
  rejects(
    "rfc5280::ca-empty-subject",
    "An authority has to have a name (section 4.1.2.6).",
    () => direct({ subject: [] }),
    PEDANTIC_ANCHOR,
  ),
  rejects("rfc5280::unknown-critical-extension-ee", "What is critical and not understood is refused.", () =>
    direct({}, { with: [STRANGE] }),
  ),
  rejects("rfc5280::unknown-critical-extension-root", "The same in the root.", () => direct({ with: [STRANGE] }), ANCHOR),
  rejects("rfc5280::unknown-critical-extension-intermediate", "The same in between.", () => through([{ pathLen: 0, with: [STRANGE] }])),
  accepts("rfc5280::unknown-critical-extension-unrelated-root", "A root that is not on the path does no harm.", () => {
    const { chain, roots } = direct();
    return { chain, roots: [...roots, root({ subject: "unrelated", with: [STRANGE] })] };
  }),
  accepts("rfc5280::unknown-critical-extension-unrelated-intermediate", "Nor does an authority that is not on the path.", () => {
    const anchor = root();
    const between = authority(anchor);
    return { chain: [leaf(between), authority(anchor, { with: [STRANGE] }), between], roots: [anchor] };
  }),
  rejects("rfc5280::chain-untrusted-root", "A root that is only sent is not trusted.", () => {
    const sent = root();
    const between = authority(sent, { pathLen: 0 });
    return { chain: [leaf(between), sent, between], roots: [root({ subject: "unrelated" })] };
  }),
  rejects("rfc5280::intermediate-ca-without-ca-bit", "An issuer that is said to be no authority.", () =>
    through([{ with: [basicConstraints()] }]),
  ),
  rejects("rfc5280::intermediate-ca-missing-basic-constraints", "An issuer of which nothing is said.", () =>
    through([{ without: [EXTENSION.basicConstraints] }]),
  ),
  rejects(
    "rfc5280::root-missing-basic-constraints",
    "A root of which nothing is said.",
    () => direct({ without: [EXTENSION.basicConstraints] }),
    ANCHOR,
  ),
  rejects(
    "rfc5280::root-non-critical-basic-constraints",
    "It has to be critical in an authority (section 4.2.1.9).",
    () => direct({ with: [basicConstraints({ ca: true, critical: false })] }),
    PEDANTIC_ANCHOR,
  ),
  rejects(
    "rfc5280::root-inconsistent-ca-extensions",
    "An authority whose key may not sign certificates.",
    () => direct({ with: [NO_CERT_SIGN] }),
    PEDANTIC_ANCHOR,
  ),
  rejects("rfc5280::ica-ku-keycertsign", "An issuer whose key may not sign certificates (section 4.2.1.3).", () =>
    through([{ pathLen: 0, with: [NO_CERT_SIGN] }]),
  ),
  rejects(
    "rfc5280::leaf-ku-keycertsign",
    "No authority, and yet its key signs certificates (section 4.2.1.9).",
    () => direct({}, { with: [basicConstraints(), keyUsage(["digitalSignature", "keyCertSign"], { critical: false })] }),
    PEDANTIC,
  ),
  accepts("rfc5280::ee-aia", "Where the issuer is to be had may be told by any kind of name.", () =>
    direct({}, { with: [unknown(EXTENSION.authorityInformationAccess, accessByDnsName())] }),
  ),
  rejects("rfc5280::ee-critical-aia-invalid", "It must not be critical (section 4.2.2.1).", () =>
    direct({}, { with: [authorityInformationAccess({ caIssuers: ["http://ca.example/"] }, { critical: true })] }),
  ),
  rejects("rfc5280::duplicate-extensions", "No extension may stand twice (section 4.2).", () =>
    direct({}, { with: [subjectAltName({ dns: [HOST] }), subjectAltName({ dns: [HOST] })] }),
  ),
  accepts("rfc5280::no-keyusage", "A leaf need not say what its key is for.", () => direct({}, { without: [EXTENSION.keyUsage] })),
  accepts("rfc5280::no-basicconstraints", "Nor that it is no authority.", () => direct()),
  rejects(
    "rfc5280::mismatching-signature-algorithm",
    "The algorithm outside is not the one that is signed (section 4.1.1.2).",
    () => direct({ outerAlgorithm: ECDSA_WITH_SHA384 }),
    ANCHOR,
  ),
  rejects("rfc5280::mismatching-signature-algorithm (in the leaf)", "The same where no anchor excuses it.", () =>
    direct({}, { outerAlgorithm: ECDSA_WITH_SHA384 }),
  ),
  accepts("rfc5280::ca-as-leaf", "RFC 5280 does not keep an authority from being a server; webpki::ca-as-leaf does.", asLeaf, PEDANTIC),
  rejects("rfc5280::ca-as-leaf-wrong-san", "An authority as a server, under another name.", () => ({
    ...asLeaf(),
    host: "some-other-ca.example.com",
  })),
  accepts("rfc5280::root-and-intermediate-swapped", "Who is trusted need not have signed itself.", () => {
    const sent = root();
    const anchor = authority(sent);
    return { chain: [leaf(anchor), sent], roots: [anchor] };
  }),

  rejects("rfc5280::aki::critical-aki", "It must not be critical (section 4.2.1.1).", criticalAuthorityKey, ANCHOR),
  rejects("rfc5280::aki::leaf-missing-aki", "It must be there.", () => direct({}, { without: [AUTHORITY_KEY] }), PEDANTIC),
  rejects(
    "rfc5280::aki::intermediate-missing-aki",
    "The same in between.",
    () => through([{ pathLen: 0, without: [AUTHORITY_KEY] }]),
    PEDANTIC,
  ),
  accepts("rfc5280::aki::self-signed-root-missing-aki", "Who signed itself need not say by which key.", () => direct()),
  rejects(
    "rfc5280::aki::cross-signed-root-missing-aki",
    "Another root signed it, so it has to.",
    () => {
      const anchor = authority(root(), { pathLen: 0, without: [AUTHORITY_KEY] });
      return { chain: [leaf(anchor)], roots: [anchor] };
    },
    PEDANTIC_ANCHOR,
  ),

  rejects("rfc5280::ski::critical-ski", "It must not be critical (section 4.2.1.2).", criticalSubjectKey, ANCHOR),
  rejects("rfc5280::ski::root-missing-ski", "It must be in every authority.", () => direct({ without: [SUBJECT_KEY] }), PEDANTIC_ANCHOR),
  rejects("rfc5280::ski::intermediate-missing-ski", "The same in between.", () => through([{ without: [SUBJECT_KEY] }]), PEDANTIC),

  rejects("rfc5280::eku::ee-wrong-eku", "A key for clients alone.", () => direct({}, { with: [extendedKeyUsage(["clientAuth"])] })),
  accepts("rfc5280::eku::ee-without-eku", "What is not limited may be used.", () => direct({}, { without: [EXTENSION.extendedKeyUsage] })),
  rejects("rfc5280::eku::ee-eku-empty", "A list of purposes names one at least (section 4.2.1.12).", () =>
    direct({}, { with: [extendedKeyUsage([])] }),
  ),

  rejects(
    "rfc5280::pc::ica-noncritical-pc",
    "It has to be critical (section 4.2.1.11).",
    () => through([{ with: [policyConstraints({ requireExplicit: 3 }, { critical: false })] }]),
    PEDANTIC,
  ),

  rejects("rfc5280::san::malformed", "Names that are no ASN.1.", () =>
    direct({}, { with: [unknown(EXTENSION.subjectAltName, Buffer.from(HOST))] }),
  ),
  rejects(
    "rfc5280::san::noncritical-with-empty-subject",
    "Where there is no other name they have to be critical (section 4.2.1.6).",
    () => direct({}, { subject: [], with: [subjectAltName({ dns: [HOST] })] }),
    PEDANTIC,
  ),
  rejects(
    "rfc5280::san::underscore-dns",
    "No host has an underscore in its name.",
    () => ({ ...direct({}, { dns: ["foo_bar.example.com"] }), host: "foo_bar.example.com" }),
    PEDANTIC,
  ),

  rejects(
    "rfc5280::serial::too-long",
    "20 octets at most (section 4.1.2.2).",
    () => direct({}, { serial: new Uint8Array(22).fill(0x5a) }),
    PEDANTIC,
  ),
  rejects("rfc5280::serial::zero", "Positive.", () => direct({}, { serial: Uint8Array.of(0) }), PEDANTIC),
  rejects("rfc5280::serial::negative", "Positive.", () => direct({}, { serial: Uint8Array.of(0xa5, 0x5a) }), PEDANTIC),
];

/** RFC 5758 section 3.2. */
const ECDSA_WITH_SHA384 = sequence(objectIdentifier("1.2.840.10045.4.3.3"));

function accessByDnsName(): Uint8Array {
  return sequence(sequence(objectIdentifier("1.3.6.1.5.5.7.48.2"), implicit(2, Buffer.from(HOST))));
}

export function asLeaf() {
  const anchor = root();
  return { chain: [authority(anchor, { with: [subjectAltName({ dns: ["ca.example.com"] })] })], roots: [anchor], host: "ca.example.com" };
}

function criticalAuthorityKey() {
  const key = newKey();
  return direct({ key, with: [authorityKeyIdentifier({ key }, { critical: true })] });
}

function criticalSubjectKey() {
  const key = newKey();
  return direct({ key, with: [subjectKeyIdentifier(key, { critical: true })] });
}
