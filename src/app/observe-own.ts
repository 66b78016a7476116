import type { Observation } from "../evidence/observation.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import type { UnobservedReason } from "../model/reason.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Secret } from "../model/secret.ts";
import { targetOf } from "../model/target.ts";
import { clientCertificateProbe } from "../observe/probes/client-certificate.ts";
import { credentialProbe } from "../observe/probes/credential.ts";
import { ownTokenProbe } from "../observe/probes/own-token.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import { sdkProbe } from "../observe/probes/sdk.ts";
import { logsIn } from "../observe/probes/token-request.ts";
import { lastAnswer } from "./last-answers.ts";
import { type AuditPlan, knownCredentials } from "./plan.ts";
import type { SharedCredentials } from "./shared-credentials.ts";
import { guarded } from "./unseen.ts";

export interface OwnSources {
  readonly shared: SharedCredentials;
  /** What this audit logged in with, where it did. */
  readonly loggedIn: Result<Secret, UnobservedReason> | undefined;
}

/** What is ours and lies here says the same whether the provider answers or not, and whoever has his domain now. */
export async function observeOwn(
  plan: AuditPlan,
  knowledge: IntegrationKnowledge,
  sources: OwnSources,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const credentials = await observeCredentials(plan, knowledge, sources, context);
  return [
    ...(await observeCertificate(plan, context)),
    ...credentials,
    ...(await observeToken(plan, knowledge, sources, credentials, context)),
    ...(await observeSdks(plan, context)),
  ];
}

async function observeCertificate({ clientCertificate }: AuditPlan, context: ProbeContext): Promise<readonly Observation[]> {
  if (clientCertificate === undefined) return [];
  const { origin } = clientCertificate.target;
  return [
    await guarded(clientCertificateProbe, { origin }, context.clock, () => clientCertificateProbe.observe(clientCertificate, context)),
  ];
}

async function observeCredentials(
  { integration, credentials: declared }: AuditPlan,
  knowledge: IntegrationKnowledge,
  { shared }: OwnSources,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const [first] = declared;
  if (first === undefined) return [];
  const target = targetOf(integration.id, integration.environment, first.origin);
  const before = knownCredentials(knowledge, first.origin);
  const question = {
    target,
    declared,
    sharedBy: (role: (typeof first)["role"]) => shared(integration.uid, role),
    ...(before !== undefined && { before }),
  };
  return [await guarded(credentialProbe, { origin: first.origin }, context.clock, () => credentialProbe.observe(question, context))];
}

/** Where clients log in first, it is what they were given today, or the last time that they did; else what they show as it is. */
async function observeToken(
  plan: AuditPlan,
  knowledge: IntegrationKnowledge,
  { loggedIn }: OwnSources,
  credentials: readonly Observation[],
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const [target] = plan.targets;
  if (!plan.token || target === undefined) return [];
  const fromLogin = logsIn(plan.integration);
  if (fromLogin && loggedIn === undefined) {
    const last = lastAnswer(knowledge, "token", ({ origin }) => origin === target.origin);
    // One that was kept before clients logged in is another token.
    return last?.evidence.fromLogin === true ? [last as unknown as Observation] : [];
  }
  const firstSeenAt = fromLogin ? undefined : firstSeen(credentials);
  const token = loggedIn ?? (await keptToken(plan, context));
  const question = {
    target,
    audiences: plan.integration.auth.audiences ?? [],
    fromLogin,
    token,
    ...(firstSeenAt !== undefined && { firstSeenAt }),
  };
  return [await guarded(ownTokenProbe, { origin: target.origin }, context.clock, () => ownTokenProbe.observe(question, context))];
}

async function observeSdks({ integration, targets: [target], sdks }: AuditPlan, context: ProbeContext): Promise<readonly Observation[]> {
  if (target === undefined || sdks.length === 0) return [];
  const { origin } = target;
  const lock = integration.sdk?.["lock"];
  const question = { target, sdks, ...(lock !== undefined && { lock }) };
  return [await guarded(sdkProbe, { origin }, context.clock, () => sdkProbe.observe(question, context))];
}

/** The clients' own, where it is bound: an audit's twin may be another kind of token. */
async function keptToken(
  { integration, targets: [target] }: AuditPlan,
  { credentials }: ProbeContext,
): Promise<Result<Secret, UnobservedReason>> {
  const { credential, auditCredential } = integration.auth;
  const reference = credential ?? auditCredential;
  if (reference === undefined || target === undefined) return err("credential_unavailable");
  const secret = await credentials.resolve(reference, target.origin);
  return secret.ok ? ok(secret.value) : err(secret.error.reason);
}

function firstSeen([observation]: readonly Observation[]): number | undefined {
  if (observation?.kind !== "credential" || observation.outcome !== "observed") return undefined;
  const [{ fingerprint, seen } = {}] = observation.evidence.held;
  return seen?.fingerprints.find(({ value }) => value === fingerprint?.value)?.since;
}
