import type { Endpoint, Integration } from "../../model/integration.ts";
import type { RuleResult } from "../rules/rule.ts";
import { absentEndpoint, endpointOfSubject } from "./subjects.ts";

/** A question that is put to the endpoints alone that declare something. */
export interface DeclaredQuestion<O extends string> {
  readonly isAsked: (endpoint: Endpoint) => boolean;
  /** Outcome where nothing is declared. */
  readonly unsaid: O;
}

/** For `applies`. */
export function whereDeclared<O extends string>({ endpoints }: Integration, { isAsked, unsaid }: DeclaredQuestion<O>) {
  if (endpoints.length === 0) return "no-endpoint" as const;
  return endpoints.some(isAsked) ? undefined : unsaid;
}

/** For `evaluate`: the integration as if it had no other endpoints. */
export function askedAlone<T extends { readonly integration: Integration }>(
  input: T,
  { isAsked }: Pick<DeclaredQuestion<string>, "isAsked">,
): T {
  return { ...input, integration: { ...input.integration, endpoints: input.integration.endpoints.filter(isAsked) } };
}

/** For `absent`: of an endpoint that declares nothing any more, nothing is asked. */
export function absentDeclared<O extends string>(
  subject: string,
  integration: Integration,
  { isAsked, unsaid }: DeclaredQuestion<O>,
): RuleResult<O | "no-endpoint"> {
  const id = endpointOfSubject(subject, integration);
  const endpoint = integration.endpoints.find((candidate) => candidate.id === id);
  if (endpoint !== undefined && !isAsked(endpoint)) return { outcome: unsaid, subject };
  return absentEndpoint(subject, integration, "no-endpoint");
}
