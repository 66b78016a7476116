import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { OutcomeDefinition, RuleResult } from "../rules/rule.ts";
import { type Answer, answerEach } from "./aggregate.ts";
import { foreignReason } from "./responses.ts";
import { absentEndpoint, endpointSubject } from "./subjects.ts";

interface AnswersInput {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}

/** Outcomes of every question about the answers that our credential gets. */
export const ABOUT_ANSWERS = {
  "no-credential": { verdict: "not-applicable", message: () => "No credential is declared that a request carries." },
  "not-declared": { verdict: "not-applicable", message: () => "The endpoint is not declared any more." },
} as const satisfies Readonly<Record<string, OutcomeDefinition>>;

/** For `applies`. Who shows a certificate or comes from an address sends no credential that could be lost by an answer. */
export function withoutSentCredential({ integration: { auth } }: Pick<AnswersInput, "integration">): "no-credential" | undefined {
  if (auth.scheme === undefined || ["none", "ip-allow-list", "mtls"].includes(auth.scheme)) return "no-credential";
  return undefined;
}

/** One subject for each endpoint. What a limiter or a firewall says, and what was asked without the credential, is not the API's word to us. */
export function aboutAnswers<O extends string>(
  { integration, observations }: AnswersInput,
  answer: (evidence: HttpResponseEvidence, endpoint: Endpoint) => Answer<O>,
  unheard: (evidence: HttpResponseEvidence) => UnobservedReason | undefined = unheardReason,
): readonly RuleResult<O>[] {
  return integration.endpoints.flatMap((endpoint) =>
    answerEach<"http-response", O>(
      endpointSubject(endpoint.id),
      observations["http-response"].filter(({ key }) => key.endpoint === endpoint.id),
      (evidence) => {
        const reason = unheard(evidence);
        return reason === undefined
          ? answer(evidence, endpoint)
          : { outcome: "unobserved", reason, pointer: "/status", summary: `status ${evidence.status}` };
      },
    ),
  );
}

/** Why this is not the API's word to us: somebody else spoke, or our credential stayed here. */
export function unheardReason(evidence: HttpResponseEvidence): UnobservedReason | undefined {
  const { credential } = evidence;
  return foreignReason(evidence) ?? (credential.state === "sent" ? undefined : (credential.reason ?? "credential_withheld"));
}

/** For `absent`. */
export function goneAnswer(subject: string, { integration }: Pick<AnswersInput, "integration">): RuleResult<"not-declared"> {
  return absentEndpoint(subject, integration, "not-declared");
}
