import type { KeyObject } from "node:crypto";
import type { CredentialPort, CredentialProblem } from "../model/credential-port.ts";
import type { CredentialReference } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { Secret } from "../model/secret.ts";
import type { SigningKey } from "../model/signing-key.ts";
import { hidePrivateKeys, privateKeyIn } from "./private-key.ts";
import { type CredentialOptions, readReference, refusalOf, unavailable } from "./reference.ts";
import type { Scrubber } from "./scrub.ts";

/** Keys of this machine to sign with, for the origins that the user bound them to. */
export function createKeyReader(options: CredentialOptions, scrubber: Scrubber): CredentialPort["signingKey"] {
  const known = new Map<CredentialReference, Promise<Result<SigningKey, CredentialProblem>>>();
  return (reference, origin, trustedSince) => {
    const refusal = refusalOf(options.trust, reference, origin, trustedSince);
    if (refusal !== undefined) return Promise.resolve(err(refusal));
    const reading = known.get(reference) ?? readKey(reference, options, scrubber);
    known.set(reference, reading);
    return reading;
  };
}

async function readKey(
  reference: CredentialReference,
  options: CredentialOptions,
  scrubber: Scrubber,
): Promise<Result<SigningKey, CredentialProblem>> {
  const content = await readReference(reference, options);
  if (!content.ok) return err(unavailable(reference, content.error));
  const { account, bytes } = keyFileIn(content.value.bytes);
  scrubber.addBytes(content.value.bytes);
  hidePrivateKeys(bytes, scrubber);
  const key = privateKeyIn(bytes);
  if (!key.ok) return err(unavailable(reference, { detail: "is no private key that can be read, or a locked one", next: FORMS }));
  const [usual, ...others] = algorithmsOf(key.value);
  if (usual === undefined) return err(unavailable(reference, { detail: "is a key that no JWT is signed with", next: FORMS }));
  const pem = key.value.export({ type: "pkcs8", format: "pem" }).toString();
  hidePrivateKeys(Buffer.from(pem), scrubber);
  return ok({ pem: new Secret(pem), algorithms: [usual, ...others], ...(account !== undefined && { account }) });
}

interface KeyFile extends Pick<SigningKey, "account"> {
  readonly bytes: Uint8Array;
}

/** Of a service account's key file the key in it, with whose it is; else the key itself, which in a variable may stand on one line. */
function keyFileIn(content: Uint8Array): KeyFile {
  const text = Buffer.from(content).toString("utf8").trim();
  if (!text.startsWith("{")) {
    const isOneLine = text.startsWith("-----BEGIN ") && !text.includes("\n");
    return { bytes: isOneLine ? Buffer.from(text.replaceAll("\\n", "\n")) : content };
  }
  const file = parsed(text);
  const { private_key: key, client_email: id, private_key_id: keyId } = file;
  if (typeof key !== "string") return { bytes: new Uint8Array() };
  const bytes = Buffer.from(key);
  if (typeof id !== "string" || !NAME.test(id)) return { bytes };
  return { bytes, account: { id, ...(typeof keyId === "string" && NAME.test(keyId) && { keyId }) } };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** RFC 7518 sections 3.3 to 3.5 (RSA from 2048 bits on), RFC 8037 section 3.1. */
function algorithmsOf({ asymmetricKeyType, asymmetricKeyDetails: details }: KeyObject): readonly SigningKey["algorithms"][number][] {
  switch (asymmetricKeyType) {
    case "rsa":
      return (details?.modulusLength ?? 0) >= 2048 ? ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"] : [];
    case "ec":
      return CURVES[details?.namedCurve ?? ""] ?? [];
    case "ed25519":
      return ["EdDSA"];
    default:
      return [];
  }
}

const CURVES: Readonly<Record<string, readonly SigningKey["algorithms"][number][]>> = {
  prime256v1: ["ES256"],
  secp384r1: ["ES384"],
  secp521r1: ["ES512"],
};
const NAME = /^[\x21-\x7e]{1,200}$/;
const FORMS =
  "Name a key without a passphrase, in PEM or DER (RSA from 2048 bits on, P-256, P-384, P-521, Ed25519), or a service account's key file.";
