import { X509Certificate } from "node:crypto";
import type { HeldKey, KeyMatch, ShownCertificate } from "../model/client-certificate.ts";
import type { CredentialPort, CredentialProblem } from "../model/credential-port.ts";
import type { CredentialReference } from "../model/integration.ts";
import { certificateBytes } from "../model/pem.ts";
import { err, ok, type Result } from "../model/result.ts";
import { Secret } from "../model/secret.ts";
import { keyModeOf } from "./key-mode.ts";
import { hidePrivateKeys, privateKeyIn } from "./private-key.ts";
import { type Content, type CredentialOptions, isBound, readReference, refusalOf, type Unread } from "./reference.ts";
import type { Scrubber } from "./scrub.ts";

/**
 * Client certificates of this machine, for the origins that the user bound them to. Problems name neither a path nor anything that was read:
 * what an inventory calls a certificate may be a key.
 */
export function createCertificateReader(
  options: CredentialOptions,
  scrubber: Scrubber,
): Pick<CredentialPort, "clientCertificate" | "shownCertificate"> {
  const known = new Map<CredentialReference, Promise<Result<Content, Unread>>>();
  const contentOf = (reference: CredentialReference) => {
    const reading = known.get(reference) ?? readReference(reference, options);
    known.set(reference, reading);
    return reading;
  };
  const certificatesOf = async (
    cert: CredentialReference,
  ): Promise<Result<readonly [X509Certificate, ...X509Certificate[]], CredentialProblem>> => {
    const content = await contentOf(cert);
    if (!content.ok) return err(unreadable(content.error));
    hidePrivateKeys(content.value.bytes, scrubber);
    const [own, ...above] = certificatesIn(content.value.bytes);
    if (own !== undefined) return ok([own, ...above]);
    scrubber.addBytes(content.value.bytes);
    return err(NO_CERTIFICATE);
  };
  return {
    async clientCertificate({ cert, key }, origin) {
      if (!isBound(options.trust, cert, origin)) return err(NOT_BOUND);
      const certificates = await certificatesOf(cert);
      if (!certificates.ok) return certificates;
      const [own] = certificates.value;
      const held = isBound(options.trust, key, origin) ? await heldKey(await contentOf(key), own, scrubber) : UNBOUND_KEY;
      return ok({ certificates: certificates.value.map(({ raw }) => raw), key: held });
    },
    async shownCertificate({ cert, key }, origin, trustedSince) {
      const refusals = [cert, key].map((reference) => refusalOf(options.trust, reference, origin, trustedSince));
      const refusal = refusals.find((one) => one !== undefined);
      if (refusal !== undefined) return err(refusal.reason === "credential_not_bound" ? NOT_BOUND : refusal);
      const certificates = await certificatesOf(cert);
      return certificates.ok ? shown(certificates.value, await contentOf(key), scrubber) : certificates;
    },
  };
}

/** A key that is another one's proves nothing, and OpenSSL takes none that is locked. */
function shown(
  certificates: readonly [X509Certificate, ...X509Certificate[]],
  content: Result<Content, Unread>,
  scrubber: Scrubber,
): Result<ShownCertificate, CredentialProblem> {
  if (!content.ok) return err(unreadable(content.error));
  hidePrivateKeys(content.value.bytes, scrubber);
  const key = privateKeyIn(content.value.bytes);
  if (!key.ok || matchOf(certificates[0], key.value) === "no") return err(UNUSABLE_KEY);
  const pem = key.value.export({ type: "pkcs8", format: "pem" }).toString();
  hidePrivateKeys(Buffer.from(pem), scrubber);
  return ok({ chain: certificates.map((one) => one.toString()).join(""), key: new Secret(pem) });
}

/** Only what is a certificate from its first octet to its last leaves this room, and nothing that stands behind it. */
function certificatesIn(file: Uint8Array): readonly X509Certificate[] {
  const read = (certificateBytes(file) ?? []).slice(0, MOST_CERTIFICATES).map(certificateOf);
  const unreadable = read.indexOf(undefined);
  return read.slice(0, unreadable === -1 ? read.length : unreadable).filter((one) => one !== undefined);
}

function certificateOf(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

async function heldKey(content: Result<Content, Unread>, own: X509Certificate, scrubber: Scrubber): Promise<HeldKey> {
  if (!content.ok) return UNREAD_KEY;
  const { bytes, path } = content.value;
  hidePrivateKeys(bytes, scrubber);
  if (certificatesIn(bytes).length === 0) scrubber.addBytes(bytes);
  const mode = path === undefined ? "unknown" : await keyModeOf(path);
  const key = privateKeyIn(bytes);
  if (!key.ok) return { matches: "unknown", mode, reason: key.error };
  const matches = matchOf(own, key.value);
  return { matches, mode, ...(matches === "unknown" && { reason: "client_capability" }) };
}

/** A kind of key that our OpenSSL does not know is not a wrong one. */
function matchOf(own: X509Certificate, key: Parameters<X509Certificate["checkPrivateKey"]>[0]): KeyMatch {
  try {
    return own.publicKey.asymmetricKeyType !== undefined && own.checkPrivateKey(key) ? "yes" : "no";
  } catch {
    return "unknown";
  }
}

function unreadable({ detail, next }: Unread): CredentialProblem {
  return { reason: "credential_unavailable", detail: `the client certificate ${detail}`, next };
}

const NOT_BOUND: CredentialProblem = {
  reason: "credential_not_bound",
  detail: "the client certificate is not bound to this origin",
  next: "apirisk credential trust",
};
const NO_CERTIFICATE: CredentialProblem = {
  reason: "credential_unavailable",
  detail: "the client certificate is no certificate in PEM or DER",
  next: "Name a file with the certificate first and its issuers after it; a PKCS #12 file has to be converted.",
};
const UNUSABLE_KEY: CredentialProblem = {
  reason: "credential_unavailable",
  detail: "the key of the client certificate is locked, cannot be read, or belongs to another one",
  next: "Name the key of this certificate, in PEM or DER and without a passphrase.",
};
const UNBOUND_KEY: HeldKey = { matches: "unknown", mode: "unknown", reason: "credential_not_bound" };
const UNREAD_KEY: HeldKey = { matches: "unknown", mode: "unknown", reason: "credential_unavailable" };
/** Paths have three to five. */
const MOST_CERTIFICATES = 16;
