import { randomBytes } from "node:crypto";
import type { CredentialPort, CredentialProblem } from "../model/credential-port.ts";
import type { CredentialReference } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { Secret } from "../model/secret.ts";
import { createCertificateReader } from "./client-certificate.ts";
import { type CredentialOptions, decode, isBound, readReference, refusalOf, type Unread, unavailable } from "./reference.ts";
import { repeats, Scrubber } from "./scrub.ts";
import { createKeyReader } from "./signing-key.ts";
import { whereaboutsOf } from "./whereabouts.ts";

/**
 * Secrets of this machine, for the origins that the user bound them to. The inventory is hostile:
 * before the pair is found in the trust file, nothing is read and nothing is run.
 */
export function createCredentialPort(options: CredentialOptions): CredentialPort {
  const { scrubber = new Scrubber() } = options;
  const read = new Map<CredentialReference, Promise<Result<Secret, CredentialProblem>>>();
  return {
    resolve(reference, origin, trustedSince) {
      const refusal = refusalOf(options.trust, reference, origin, trustedSince);
      if (refusal !== undefined) return Promise.resolve(err(refusal));
      const known = read.get(reference);
      if (known !== undefined) return known;
      const reading = readSecret(reference, options).then((secret) => {
        if (secret.ok) scrubber.add(secret.value.reveal());
        return secret;
      });
      read.set(reference, reading);
      return reading;
    },
    whereabouts: async (reference, origin) => (isBound(options.trust, reference, origin) ? whereaboutsOf(reference, options) : undefined),
    fingerprintKey: async () => options.fingerprintKey?.(),
    ...createCertificateReader(options, scrubber),
    signingKey: createKeyReader(options, scrubber),
    learn: (secret) => scrubber.add(secret.reveal()),
    scrub: (text) => scrubber.scrub(text),
    repeats: (secret, text) => repeats(secret.reveal(), text),
    imitate(secret, publicPrefixes) {
      const imitation = secret.imitation(publicPrefixes, randomBytes);
      scrubber.add(imitation.reveal());
      return imitation;
    },
  };
}

async function readSecret(reference: CredentialReference, options: CredentialOptions): Promise<Result<Secret, CredentialProblem>> {
  const content = await readReference(reference, options);
  const text: Result<string, Unread> = content.ok ? textOf(reference, content.value.bytes) : content;
  return text.ok ? usable(reference, text.value) : err(unavailable(reference, text.error));
}

/** The line break at the end of a variable is part of it. */
function textOf(reference: CredentialReference, bytes: Uint8Array): Result<string, Unread> {
  return reference.startsWith("env:") ? ok(Buffer.from(bytes).toString("utf8")) : decode(bytes);
}

export function usable(reference: CredentialReference, text: string): Result<Secret, CredentialProblem> {
  if (text === "") return err(unavailable(reference, { detail: "is empty", next: "Put the secret there." }));
  if (/\p{Cc}/u.test(text)) {
    // a line break would end the header field that it is put into (RFC 9110 section 5.5)
    return err(
      unavailable(reference, { detail: "contains a line break or another control character", next: "Keep the secret alone, on one line." }),
    );
  }
  return ok(new Secret(text));
}
