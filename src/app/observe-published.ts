import { METADATA_PLACES, type ServerMetadataEvidence } from "../evidence/kinds.ts";
import type { Observation, ObservationKey } from "../evidence/observation.ts";
import { weaknessesOf } from "../judge/facts/metadata-weakness.ts";
import type { Failure } from "../model/failure.ts";
import type { Presence } from "../model/finding.ts";
import type { IntegrationKnowledge } from "../model/history-store.ts";
import { err } from "../model/result.ts";
import type { ServerMetadataFacts } from "../model/server-metadata.ts";
import { targetOf } from "../model/target.ts";
import { jwksProbe } from "../observe/probes/jwks.ts";
import { askMetadata, oauthMetadataProbe, type PublishedMetadata, type PublishedQuestion } from "../observe/probes/oauth-metadata.ts";
import type { ProbeContext } from "../observe/probes/probe.ts";
import type { DocumentPlace } from "../observe/probes/published-document.ts";
import { lastAnswer } from "./last-answers.ts";
import type { AuditPlan } from "./plan.ts";
import { guarded, notAsked, type UnseenOutcome, unseen } from "./unseen.ts";

/** Where the API answers, or why nobody there can be asked. */
export type ReachedApi = { readonly address: string } | { readonly outcome: UnseenOutcome; readonly failure: Failure };

/** What the API and its authorization server publish: the documents first, then the keys that they lead to. */
export async function observePublished(
  { integration, targets, published }: Pick<AuditPlan, "integration" | "targets" | "published">,
  knowledge: IntegrationKnowledge,
  reached: ReachedApi,
  context: ProbeContext,
): Promise<readonly Observation[]> {
  const [target] = targets;
  if (target === undefined || published.state === "not-planned") return [];
  if (published.state === "not-due") return published.carried;
  if (published.state === "budget_exhausted") return nothingSeen(target.origin, "skipped", notAsked("budget_exhausted"), context);
  if (!("address" in reached)) return nothingSeen(target.origin, reached.outcome, reached.failure, context);
  const { token } = integration.auth;
  const tokens = token === undefined ? undefined : placeAt(token.url, integration);
  const question: PublishedQuestion = {
    api: { target, address: reached.address },
    path: new URL(integration.baseUrl).pathname,
    ...(tokens !== undefined && { tokens }),
    before: (key) => saidBefore(knowledge, key),
    wasThere: (key) => wasThere(knowledge, key),
  };
  const { observations, keys } = await guardedMetadata(question, context);
  const before = lastAnswer(knowledge, "jwks", (key) => key.origin === keys.origin)?.evidence;
  const asked = { ...keys, ...(before !== undefined && { before }) };
  const set = await guarded(jwksProbe, { origin: keys.origin }, context.clock, () => jwksProbe.observe(asked, context));
  return [...(observations as unknown as readonly Observation[]), set];
}

/** The last time; or findings about it are open, which a night that saw nothing does not forget. */
function wasThere(knowledge: IntegrationKnowledge, key: ObservationKey): boolean {
  const isThis = ({ origin, endpoint }: ObservationKey) => origin === key.origin && endpoint === key.endpoint;
  const last = lastAnswer(knowledge, "oauth-metadata", isThis)?.evidence as ServerMetadataEvidence | undefined;
  const subjects = key.endpoint === METADATA_PLACES["protected-resource"] ? ["protected-resource"] : ["authorization-server", "key-set"];
  const rests = knowledge.findings.some(
    ({ rule, subject, presence }) => rule.startsWith("auth/") && subjects.includes(subject) && LIVE.includes(presence),
  );
  return rests || (last !== undefined && last.absent !== true);
}

function placeAt(url: string, { id, environment }: AuditPlan["integration"]): DocumentPlace {
  const { pathname, search } = new URL(url);
  return { target: targetOf(id, environment, url), path: `${pathname}${search}` };
}

/**
 * What a document is held against: the last one; where that was weaker than what it was held against itself, still the same, so that what
 * became weak stays told until it is mended. One that is gone, or that speaks for somebody else, is nothing to be held against.
 */
function saidBefore(knowledge: IntegrationKnowledge, key: ObservationKey): ServerMetadataFacts | undefined {
  const last = lastAnswer(
    knowledge,
    "oauth-metadata",
    ({ origin, endpoint }) => origin === key.origin && endpoint === key.endpoint,
  )?.evidence;
  if (last === undefined) return undefined;
  const { before, absent, ...facts } = last as ServerMetadataEvidence;
  if (absent === true || facts.identifier === "other") return before;
  const known = before === undefined ? undefined : weaknessesOf(before);
  const isWeaker = known !== undefined && weaknessesOf(facts).some((weakness) => !known.includes(weakness));
  return isWeaker ? before : facts;
}

/** A bug of ours in it must not cost the run. */
async function guardedMetadata(question: PublishedQuestion, context: ProbeContext): Promise<PublishedMetadata> {
  try {
    return await askMetadata(question, context);
  } catch {
    const { origin } = question.api.target;
    const failure = notAsked("internal");
    const observations = metadataUnseen(origin, "failed", failure, context) as unknown as PublishedMetadata["observations"];
    return { observations, keys: { origin, place: err(failure) } };
  }
}

function nothingSeen(origin: string, outcome: UnseenOutcome, failure: Failure, context: ProbeContext): readonly Observation[] {
  return [...metadataUnseen(origin, outcome, failure, context), unseen(jwksProbe, { origin }, outcome, failure, context.clock)];
}

function metadataUnseen(origin: string, outcome: UnseenOutcome, failure: Failure, { clock }: ProbeContext): readonly Observation[] {
  return Object.values(METADATA_PLACES).map((endpoint) => unseen(oauthMetadataProbe, { origin, endpoint }, outcome, failure, clock));
}

const LIVE: readonly Presence[] = ["suspect", "open", "clearing"];
