import { readAlgorithm, readOctets, type Signed } from "./certificate.ts";
import { constructed, DerError, DerReader, primitive, read, readBoolean, readInteger, readSmallInteger, readTime, TAG } from "./der.ts";
import { readExtension } from "./extensions.ts";
import { readGeneralNames, uriOf } from "./general-name.ts";
import { type Name, readName } from "./name.ts";
import type { Period } from "./revocation.ts";

/** A certificate revocation list as it stands (RFC 5280 section 5.1). */
export interface Crl extends Signed, Period {
  readonly version: 1 | 2;
  readonly issuer: Name;
  /** Content of revokedCertificates, as it was sent: see `findEntry`. Empty where nothing is revoked. */
  readonly revoked: Uint8Array;
  /** In hexadecimal. */
  readonly number?: string;
  /** Only what changed since another one. */
  readonly isDelta: boolean;
  readonly scope: CrlScope;
  /** Object identifiers of critical extensions that nobody here knows. */
  readonly unknownCritical: readonly string[];
}

/** Which certificates it is about (RFC 5280 section 5.2.5); all of its issuer where nothing is said. */
export interface CrlScope {
  /** Only those that name one of these distribution points. */
  readonly urls?: readonly string[];
  readonly only?: "users" | "authorities" | "attributes";
  /** It leaves out some reasons, or speaks for other issuers, or names its place in another way. */
  readonly isPartial: boolean;
}

/** Undefined for what is no list. `der` is hostile; entries are not looked at. */
export function parseCrl(der: Uint8Array): Crl | undefined {
  return read(() => crl(der));
}

function crl(der: Uint8Array): Crl {
  const whole = new DerReader(der);
  const outer = whole.read(TAG.sequence, "CertificateList");
  whole.end("CertificateList");
  const { tag, raw, content } = outer.next("tbsCertList");
  if (tag !== TAG.sequence) throw new DerError("tbsCertList");
  const algorithm = readAlgorithm(outer, "signatureAlgorithm");
  const signature = readOctets(outer, "signatureValue");
  outer.end("CertificateList");
  return { signed: raw, algorithm, signature, ...bodyOf(content) };
}

function bodyOf(body: DerReader): Omit<Crl, "signed" | "algorithm" | "signature"> {
  const given = body.optional(TAG.integer, "version");
  if (given !== undefined && readSmallInteger(given, "version") !== 1) throw new DerError("version");
  const version = given === undefined ? 1 : 2;
  const innerAlgorithm = readAlgorithm(body, "signature");
  const issuer = readName(body, "issuer");
  const thisUpdate = readTime(body, "thisUpdate");
  const hasNext = body.tag === TAG.utcTime || body.tag === TAG.generalizedTime;
  const next = hasNext ? { nextUpdate: readTime(body, "nextUpdate") } : {};
  const revoked = body.optional(TAG.sequence, "revokedCertificates")?.rest() ?? new Uint8Array();
  const list = version === 2 ? body.optional(constructed(0), "crlExtensions") : undefined;
  body.end("tbsCertList");
  return { version, innerAlgorithm, issuer, thisUpdate, ...next, revoked, ...extensionsOf(list) };
}

type Extended = Pick<Crl, "number" | "isDelta" | "scope" | "unknownCritical">;

function extensionsOf(reader: DerReader | undefined): Extended {
  let found: Extended = { isDelta: false, scope: { isPartial: false }, unknownCritical: [] };
  if (reader === undefined) return found;
  const list = reader.read(TAG.sequence, "crlExtensions");
  reader.end("crlExtensions");
  const seen = new Set<string>();
  while (!list.isDone) {
    const { id, isCritical, value } = readExtension(list);
    if (seen.has(id) || seen.size === MOST_EXTENSIONS) throw new DerError("crlExtensions");
    seen.add(id);
    const decode = DECODERS[id];
    if (decode !== undefined) found = { ...found, ...decode(new DerReader(value)) };
    else if (isCritical && !HARMLESS.includes(id)) found = { ...found, unknownCritical: [...found.unknownCritical, id] };
  }
  return found;
}

const DECODERS: Readonly<Record<string, (reader: DerReader) => Partial<Extended>>> = {
  // cRLNumber
  "2.5.29.20": (reader) => ({
    number: Buffer.from(readInteger(reader.read(TAG.integer, "cRLNumber"), "cRLNumber"))
      .toString("hex")
      .slice(0, LONGEST_NUMBER),
  }),
  // deltaCRLIndicator
  "2.5.29.27": () => ({ isDelta: true }),
  // issuingDistributionPoint
  "2.5.29.28": (reader) => ({ scope: scopeOf(reader.read(TAG.sequence, "issuingDistributionPoint")) }),
};

function scopeOf(point: DerReader): CrlScope {
  const name = point.optional(constructed(0), "distributionPoint");
  const full = name?.optional(constructed(0), "fullName");
  const flag = (number: number) => {
    const content = point.optional(primitive(number), "flag");
    return content !== undefined && readBoolean(content, "flag");
  };
  const [users, authorities] = [flag(1), flag(2)];
  const someReasons = point.optional(primitive(3), "onlySomeReasons") !== undefined;
  const [indirect, attributes] = [flag(4), flag(5)];
  point.end("issuingDistributionPoint");
  const urls = full === undefined ? [] : readGeneralNames(full, "fullName").flatMap(uriOf);
  const only = users ? "users" : authorities ? "authorities" : attributes ? "attributes" : undefined;
  return {
    ...(name !== undefined && { urls }),
    ...(only !== undefined && { only }),
    isPartial: someReasons || indirect || [users, authorities, attributes].filter(Boolean).length > 1,
  };
}

/** authorityKeyIdentifier, issuerAltName, freshestCRL and authorityInformationAccess say nothing of whom the list is about. */
const HARMLESS = ["2.5.29.35", "2.5.29.18", "2.5.29.46", "1.3.6.1.5.5.7.1.1"];
const MOST_EXTENSIONS = 32;
/** Digits of 20 octets (RFC 5280 section 5.2.3). */
const LONGEST_NUMBER = 40;
