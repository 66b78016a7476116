import {
  bitsOf,
  constructed,
  DerError,
  DerReader,
  primitive,
  read,
  readBitString,
  readBoolean,
  readObjectIdentifier,
  readSmallInteger,
  TAG,
} from "./der.ts";
import { type GeneralName, readGeneralName, readGeneralNames, uriOf } from "./general-name.ts";

/** The extensions that we have a use for (RFC 5280 section 4.2, RFC 6962 section 3.3, RFC 7633). A field is absent where the certificate has none. */
export interface Extensions {
  readonly basicConstraints?: { readonly isAuthority: boolean; readonly pathLength?: number };
  readonly keyUsage?: ReadonlySet<number>;
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[];
  readonly subjectAltName?: readonly GeneralName[];
  readonly nameConstraints?: NameConstraints;
  readonly subjectKeyId?: string;
  /** keyIdentifier in hexadecimal; "" where it holds an issuer and a serial number alone. */
  readonly authorityKeyId?: string;
  /** It names an issuer or a serial number as well. */
  readonly authorityKeyHasMore?: true;
  /** Object identifiers. */
  readonly policies?: readonly string[];
  readonly policyConstraints?: { readonly requireExplicitPolicy?: number };
  readonly ocspUrls?: readonly string[];
  readonly issuerUrls?: readonly string[];
  readonly crlUrls?: readonly string[];
  /** TLS extensions that the server promises to send: 5 is status_request (RFC 7633). */
  readonly tlsFeatures?: readonly number[];
  /** SignedCertificateTimestampList, as TLS has it. */
  readonly timestamps?: Uint8Array;
  /** Poison of a precertificate (RFC 6962 section 3.1). */
  readonly isPrecertificate?: true;
}

export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

export interface ReadExtensions extends Extensions {
  /** By object identifier, which of them are critical; all that are there. */
  readonly critical: ReadonlyMap<string, boolean>;
  /** Those of them whose content is not what it should be. */
  readonly unreadable: readonly string[];
  readonly duplicates: readonly string[];
}

/** Content of the [3] of a certificate. One that cannot be read is listed as that; a frame that cannot throws a `DerError`. */
export function readExtensions(reader: DerReader): ReadExtensions {
  const list = reader.read(TAG.sequence, "extensions");
  reader.end("extensions");
  const critical = new Map<string, boolean>();
  const unreadable: string[] = [];
  const duplicates: string[] = [];
  let found: Extensions = {};
  while (!list.isDone) {
    const { id, isCritical, value } = readExtension(list);
    if (critical.has(id)) duplicates.push(id);
    critical.set(id, isCritical);
    const part = decoded(id, value);
    if (part === undefined) unreadable.push(id);
    else found = { ...found, ...part };
  }
  if (critical.size === 0) throw new DerError("extensions");
  return { ...found, critical, unreadable, duplicates };
}

/** One of a list, whatever it is about: of certificates, CRLs and OCSP responses alike. */
export interface RawExtension {
  /** Dotted decimal. */
  readonly id: string;
  readonly isCritical: boolean;
  /** Content of the OCTET STRING. */
  readonly value: Uint8Array;
}

/** The next of a list (RFC 5280 section 4.1). Throws a `DerError`. */
export function readExtension(list: DerReader): RawExtension {
  const extension = list.read(TAG.sequence, "extension");
  const id = readObjectIdentifier(extension.read(TAG.objectIdentifier, "extnID"), "extnID");
  const flag = extension.optional(TAG.boolean, "critical");
  const isCritical = flag !== undefined && readBoolean(flag, "critical");
  const value = extension.read(TAG.octetString, "extnValue").rest();
  extension.end("extension");
  return { id, isCritical, value };
}

export const NO_EXTENSIONS: ReadExtensions = { critical: new Map(), unreadable: [], duplicates: [] };

export const EXTENSION_ID = {
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  policies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyId: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  authorityInformationAccess: "1.3.6.1.5.5.7.1.1",
  tlsFeatures: "1.3.6.1.5.5.7.1.24",
  timestamps: "1.3.6.1.4.1.11129.2.4.2",
  poison: "1.3.6.1.4.1.11129.2.4.3",
} as const;

/** RFC 5280 section 4.2.1.3: the bit of each. */
export const KEY_USAGE = { digitalSignature: 0, keyEncipherment: 2, keyAgreement: 4, keyCertSign: 5, crlSign: 6 } as const;

export const EXTENDED_KEY_USAGE = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  ocspSigning: "1.3.6.1.5.5.7.3.9",
} as const;

function decoded(id: string, value: Uint8Array): Extensions | undefined {
  const decode = DECODERS[id];
  if (decode === undefined) return {};
  return read(() => {
    const reader = new DerReader(value);
    const found = decode(reader);
    reader.end(id);
    return found;
  });
}

const DECODERS: Readonly<Record<string, (reader: DerReader) => Extensions>> = {
  [EXTENSION_ID.basicConstraints]: (reader) => {
    const content = reader.read(TAG.sequence, "basicConstraints");
    const flag = content.optional(TAG.boolean, "cA");
    const length = content.optional(TAG.integer, "pathLenConstraint");
    content.end("basicConstraints");
    const isAuthority = flag !== undefined && readBoolean(flag, "cA");
    return {
      basicConstraints: { isAuthority, ...(length !== undefined && { pathLength: readSmallInteger(length, "pathLenConstraint") }) },
    };
  },
  [EXTENSION_ID.keyUsage]: (reader) => ({
    keyUsage: bitsOf(readBitString(reader.read(TAG.bitString, "keyUsage"), "keyUsage"), "keyUsage"),
  }),
  [EXTENSION_ID.extendedKeyUsage]: (reader) => ({
    extendedKeyUsage: listOf(reader, "extKeyUsage", (list) =>
      readObjectIdentifier(list.read(TAG.objectIdentifier, "keyPurpose"), "keyPurpose"),
    ),
  }),
  [EXTENSION_ID.subjectAltName]: (reader) => ({
    subjectAltName: readGeneralNames(reader.read(TAG.sequence, "subjectAltName"), "subjectAltName"),
  }),
  [EXTENSION_ID.nameConstraints]: (reader) => {
    const content = reader.read(TAG.sequence, "nameConstraints");
    const permitted = subtrees(content.optional(constructed(0), "permittedSubtrees"));
    const excluded = subtrees(content.optional(constructed(1), "excludedSubtrees"));
    content.end("nameConstraints");
    // RFC 5280 section 4.2.1.10: not an empty sequence.
    if (permitted.length + excluded.length === 0) throw new DerError("nameConstraints");
    return { nameConstraints: { permitted, excluded } };
  },
  [EXTENSION_ID.subjectKeyId]: (reader) => ({ subjectKeyId: hex(reader.read(TAG.octetString, "subjectKeyIdentifier").rest()) }),
  [EXTENSION_ID.authorityKeyId]: (reader) => {
    const content = reader.read(TAG.sequence, "authorityKeyIdentifier");
    const id = content.optional(primitive(0), "keyIdentifier");
    const issuer = content.optional(constructed(1), "authorityCertIssuer");
    const serial = content.optional(primitive(2), "authorityCertSerialNumber");
    content.end("authorityKeyIdentifier");
    const more = issuer !== undefined || serial !== undefined;
    return { authorityKeyId: id === undefined ? "" : hex(id.rest()), ...(more && { authorityKeyHasMore: true }) };
  },
  [EXTENSION_ID.policies]: (reader) => ({
    policies: listOf(reader, "certificatePolicies", (list) => {
      const policy = list.read(TAG.sequence, "policyInformation");
      return readObjectIdentifier(policy.read(TAG.objectIdentifier, "policyIdentifier"), "policyIdentifier");
    }),
  }),
  [EXTENSION_ID.policyConstraints]: (reader) => {
    const content = reader.read(TAG.sequence, "policyConstraints");
    const required = content.optional(primitive(0), "requireExplicitPolicy");
    content.optional(primitive(1), "inhibitPolicyMapping");
    content.end("policyConstraints");
    return {
      policyConstraints: required === undefined ? {} : { requireExplicitPolicy: readSmallInteger(required, "requireExplicitPolicy") },
    };
  },
  [EXTENSION_ID.crlDistributionPoints]: (reader) => ({
    crlUrls: listOf(reader, "cRLDistributionPoints", (list) => distributionUrls(list.read(TAG.sequence, "distributionPoint"))).flat(),
  }),
  [EXTENSION_ID.authorityInformationAccess]: (reader) => {
    const access = listOf(reader, "authorityInfoAccess", (list) => {
      const description = list.read(TAG.sequence, "accessDescription");
      const method = readObjectIdentifier(description.read(TAG.objectIdentifier, "accessMethod"), "accessMethod");
      return { method, urls: uriOf(readGeneralName(description, "accessLocation")) };
    });
    const urlsOf = (id: string) => access.flatMap(({ method, urls }) => (method === id ? urls : []));
    return { ocspUrls: urlsOf(ACCESS.ocsp), issuerUrls: urlsOf(ACCESS.caIssuers) };
  },
  [EXTENSION_ID.tlsFeatures]: (reader) => ({
    tlsFeatures: listOf(reader, "features", (list) => readSmallInteger(list.read(TAG.integer, "feature"), "feature")),
  }),
  [EXTENSION_ID.timestamps]: (reader) => ({ timestamps: reader.read(TAG.octetString, "timestamps").rest() }),
  [EXTENSION_ID.poison]: (reader) => {
    reader.read(TAG.null, "poison");
    return { isPrecertificate: true };
  },
};

/** One or more elements of a SEQUENCE OF. */
function listOf<T>(reader: DerReader, field: string, read: (list: DerReader) => T): readonly T[] {
  const list = reader.read(TAG.sequence, field);
  const found: T[] = [];
  while (!list.isDone) found.push(read(list));
  if (found.length === 0) throw new DerError(field);
  return found;
}

/** RFC 5280 section 4.2.1.10: minimum is 0 and not encoded, maximum is absent. */
function subtrees(reader: DerReader | undefined): readonly GeneralName[] {
  if (reader === undefined) return [];
  const bases: GeneralName[] = [];
  while (!reader.isDone) {
    const subtree = reader.read(TAG.sequence, "generalSubtree");
    bases.push(readGeneralName(subtree, "base"));
    subtree.end("generalSubtree");
  }
  if (bases.length === 0) throw new DerError("generalSubtrees");
  return bases;
}

function distributionUrls(point: DerReader): readonly string[] {
  const name = point.optional(constructed(0), "distributionPointName");
  const full = name?.optional(constructed(0), "fullName");
  return full === undefined ? [] : readGeneralNames(full, "fullName").flatMap(uriOf);
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("hex");
}

const ACCESS = { ocsp: "1.3.6.1.5.5.7.48.1", caIssuers: "1.3.6.1.5.5.7.48.2" } as const;
