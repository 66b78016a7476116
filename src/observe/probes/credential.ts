import type { CredentialEvidence, HeldCredential, SharedCredential } from "../../evidence/kinds.ts";
import type { CredentialPort, CredentialProblem } from "../../model/credential-port.ts";
import type { CredentialReference } from "../../model/integration.ts";
import { type CredentialRole, type CredentialText, type DeclaredCredential, runsProgram } from "../../model/own-credential.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Secret } from "../../model/secret.ts";
import type { Target } from "../../model/target.ts";
import { observation } from "./outcome.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { withNewest } from "./seen-since.ts";

export interface CredentialQuestion {
  /** Where they go. */
  readonly target: Target;
  /** At least one. */
  readonly declared: readonly DeclaredCredential[];
  readonly sharedBy: (role: CredentialRole) => Promise<SharedCredential | undefined>;
  /** The last time that somebody looked. */
  readonly before?: CredentialEvidence;
}

/** Credentials of ours, looked at where they lie, each only where it is bound to where it goes: nobody is asked, and nothing is sent. */
export const credentialProbe: Probe<"credential", CredentialQuestion> = {
  id: "credential",
  kind: "credential",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: (question, context) => {
    const { origin } = question.target;
    return observation(credentialProbe, { origin }, context, async () => {
      const held = await Promise.all(question.declared.map((one) => heldCredential(one, question, context)));
      return ok({ origin, held });
    });
  },
};

async function heldCredential(
  { role, reference, origin }: DeclaredCredential,
  { before, sharedBy }: CredentialQuestion,
  { credentials, clock }: ProbeContext,
): Promise<HeldCredential> {
  const known = before?.held.find((one) => one.role === role);
  const base = { role, from: kindOf(reference) };
  const secret = await heldSecret(reference, origin, credentials);
  if (!secret.ok) return { ...base, reason: secret.error.reason, ...(known?.seen !== undefined && { seen: known.seen }) };
  const [key, lies, shared] = await Promise.all([credentials.fingerprintKey(), credentials.whereabouts(reference, origin), sharedBy(role)]);
  // With it come the detectors, which no other question needs.
  const { ownCredentialFacts } = await import("../classify/own-credential.ts");
  const facts = ownCredentialFacts(secret.value, key);
  const seen = seenSince(known?.seen, facts.fingerprint, clock.now());
  return {
    ...base,
    ...facts,
    ...(lies !== undefined && { lies }),
    ...(shared !== undefined && { shared }),
    ...(seen !== undefined && { seen }),
  };
}

/** A key that signs lies in several lines, or in the file of a service account. */
export async function heldSecret(
  reference: CredentialReference,
  origin: string,
  credentials: Pick<CredentialPort, "resolve" | "signingKey">,
): Promise<Result<Secret, CredentialProblem>> {
  const secret = await credentials.resolve(reference, origin);
  // A command is not run twice.
  if (secret.ok || secret.error.reason !== "credential_unavailable" || runsProgram(reference)) return secret;
  const key = await credentials.signingKey(reference, origin);
  return key.ok ? ok(key.value.pem) : secret;
}

/** What another key made cannot be compared: the history begins anew. */
function seenSince(before: HeldCredential["seen"], now: CredentialText["fingerprint"], at: number): HeldCredential["seen"] {
  if (now === undefined) return before;
  const { keyId, value } = now;
  const earlier = before?.keyId === keyId ? before.fingerprints : [];
  return { keyId, fingerprints: withNewest(earlier, { value, since: at }, (one) => one.value === value) };
}

function kindOf(reference: CredentialReference): HeldCredential["from"] {
  const [scheme = ""] = reference.split(":", 1);
  return scheme === "env" || scheme === "file" || scheme === "exec" ? scheme : "adapter";
}
