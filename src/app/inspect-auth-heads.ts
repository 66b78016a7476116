import { AUTH_RULES } from "../judge/rules/auth.ts";
import type { Instant } from "../model/instant.ts";
import type { AuthScheme, Integration, Policy } from "../model/integration.ts";
import type { InspectedAnswer } from "./inspect-headers.ts";
import { type InspectedFinding, judgedFindings } from "./inspected-findings.ts";
import type { SentCredential } from "./recorded-credential.ts";

/**
 * What rules of `auth` find in recorded heads. Those about the call with our credential hear of the answers alone of which the recording shows that one
 * was sent, apart for each place of it; of the others nobody knows, and nothing is said.
 */
export function authFindings(
  answers: readonly InspectedAnswer[],
  integration: Integration,
  now: Instant,
  isData: boolean,
): readonly InspectedFinding[] {
  const observed = (some: readonly InspectedAnswer[]) => some.map(({ observation }) => observation);
  const asked = judgedFindings({ integration, observations: observed(answers), asOf: now }, ["auth"], OF_CHALLENGES);
  const called = [...byCredential(answers).values()].flatMap(({ credential, sent }) => {
    // A browser takes its cookies to pages as well.
    if (!isData && credential.in === "cookie") return [];
    const auth = { ...integration.auth, scheme: SCHEMES[credential.in], ...credential };
    return judgedFindings({ integration: { ...integration, auth }, observations: observed(sent), asOf: now }, ["auth"], OF_CALLS);
  });
  return [...asked, ...uniqueFindings(called)];
}

interface Called {
  readonly credential: SentCredential;
  readonly sent: InspectedAnswer[];
}

function byCredential(answers: readonly InspectedAnswer[]): ReadonlyMap<string, Called> {
  const places = new Map<string, Called>();
  for (const answer of answers) {
    const { credential } = answer;
    if (credential === undefined) continue;
    const key = `${credential.in} ${credential.name ?? ""}`;
    const place = places.get(key) ?? { credential, sent: [] };
    place.sent.push(answer);
    places.set(key, place);
  }
  return places;
}

function uniqueFindings(findings: readonly InspectedFinding[]): readonly InspectedFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.rule} ${finding.subject} ${finding.message}`, finding])).values()];
}

function only(ids: readonly string[]): Policy["rules"] {
  return Object.fromEntries(AUTH_RULES.filter(({ meta }) => !ids.includes(meta.id)).map(({ meta }) => [meta.id, { off: true }]));
}

/** No rule asks more of it than where it travels; that it is one at all is what they need to know. */
const SCHEMES: Readonly<Record<SentCredential["in"], AuthScheme>> = { header: "api-key", cookie: "session-cookie", query: "api-key" };

/** Read nothing but WWW-Authenticate, whoever asked. `scheme-mismatch` and `challenge-downgrade` compare it with an inventory. */
const OF_CHALLENGES = only(["auth/challenge-malformed", "auth/challenge-missing", "auth/digest-weak", "auth/ntlm-offered"]);
/**
 * Set-Cookie, fields of caches, Location. Left out: `credential-rejected` (a recording is often of a failure), `credential-echoed` (needs the value),
 * `key-in-query` (about the request: `requestSecrets` tells it), and all that compare calls with and without a credential.
 */
const OF_CALLS = only(["auth/ambient-session", "auth/authenticated-response-cached", "auth/redirect-off-origin"]);
