import type { Observation } from "../../evidence/observation.ts";
import { authAssessment } from "../../judge/facts/auth-assessment.ts";
import { schemeOf } from "../../judge/facts/auth-offers.ts";
import { answerReason } from "../../judge/facts/responses.ts";
import { excessScopes, grantedScopes } from "../../judge/facts/scopes.ts";
import type { HitCredential, HitIntegration, HitScopes, ProviderMatch } from "../../model/breach-response.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { Integration } from "../../model/integration.ts";
import { SEVERITIES } from "../../model/severity.ts";
import { type KnownIntegration, ofKind } from "./known-integrations.ts";
import { type Stake, worstOf } from "./rotation-order.ts";

/** `answers`: the newest of kinds `http-response`, `token-response` and `token`. */
export function hitIntegration(
  { integration, standing, remembered }: KnownIntegration,
  matched: readonly ProviderMatch[],
  answers: readonly Observation[],
  credentials: readonly HitCredential[],
): HitIntegration {
  const { id, name, provider, owner = null, environment, criticality, tags } = integration;
  const strength = authAssessment(integration)?.strength;
  const open = remembered?.open;
  return {
    id,
    name,
    matched,
    standing,
    provider: provider === undefined ? null : { name: provider.name, url: provider.url ?? null },
    urls: urlsOf(integration),
    owner,
    environment,
    criticality,
    tags,
    dataClasses: { declared: declaredClasses(integration), found: foundClasses(answers) },
    auth: { scheme: schemeOf(integration.auth) ?? null, weakest: strength?.low.band ?? null, strongest: strength?.high.band ?? null },
    credentials,
    scopes: scopesOf(integration, answers),
    findings: open ?? null,
    worstFinding: SEVERITIES.find((severity) => (open?.[severity] ?? 0) > 0) ?? null,
    lastAudit:
      remembered === undefined
        ? null
        : { at: remembered.lastAuditAt, visibility: remembered.visibility, seenAt: remembered.lastSeenAt ?? null },
  };
}

export function stakeOf(integration: Integration, answers: readonly Observation[]): Stake {
  const { granted, of } = scopesOf(integration, answers);
  return {
    classes: [...new Set([...declaredClasses(integration), ...(foundClasses(answers) ?? [])])],
    scopes: { granted: granted ?? [], of },
  };
}

/** Audits log in with their own credential where one is declared: what is granted is granted to that one. A token that is kept as it is is the clients'. */
function scopesOf({ auth }: Integration, answers: readonly Observation[]): HitScopes {
  const isOwn = auth.auditCredential !== undefined && auth.auditCredential !== auth.credential;
  const told = grantedScopes({ "token-response": ofKind(answers, "token-response"), "http-response": ofKind(answers, "http-response") });
  const claimed = told === undefined ? claimedScopes(ofKind(answers, "token")) : undefined;
  const granted = told?.scopes ?? claimed?.scopes;
  return {
    granted: granted ?? null,
    of: isOwn && claimed?.isKept !== true ? "audit" : "clients",
    seenAt: told?.observation.observedAt ?? claimed?.seenAt ?? null,
    worst: worstOf(granted ?? []) ?? null,
    needed: auth.neededScopes,
    excess: auth.neededScopes.length === 0 ? [] : excessScopes(granted ?? [], auth.neededScopes),
  };
}

/** What a token of ours claims, where no answer told. One without such a claim says nothing of what it may do. */
function claimedScopes(tokens: readonly Observation<"token">[]) {
  for (const token of tokens) {
    if (token.outcome !== "observed") continue;
    const { claims, fromLogin } = token.evidence;
    if (claims !== undefined && claims.scopes.length > 0) {
      return { scopes: claims.scopes, seenAt: token.observedAt, isKept: fromLogin !== true };
    }
  }
  return undefined;
}

function declaredClasses({ dataClasses, endpoints }: Integration): readonly DataClass[] {
  return [...new Set([...dataClasses, ...endpoints.flatMap(({ expect }) => expect.classes ?? [])])];
}

/** Null where no answer of the API's own was seen whose body could be read. */
function foundClasses(answers: readonly Observation[]): readonly DataClass[] | null {
  const bodies = ofKind(answers, "http-response").flatMap((one) =>
    one.outcome === "observed" && answerReason(one.evidence) === undefined && READ.has(one.evidence.body.state) ? [one.evidence.body] : [],
  );
  if (bodies.length === 0) return null;
  return [...new Set(bodies.flatMap(({ classes }) => classes.filter(({ sample }) => !sample).map((fact) => fact.class)))].sort();
}

function urlsOf({ baseUrl, additionalUrls, auth }: Integration): readonly string[] {
  return [...new Set([baseUrl, ...additionalUrls.map(({ url }) => url), ...(auth.token === undefined ? [] : [auth.token.url])])];
}

const READ: ReadonlySet<string> = new Set(["classified", "empty", "truncated", "too-deep"]);
