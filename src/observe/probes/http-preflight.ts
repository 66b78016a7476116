import type { RawEvidence } from "../../evidence/redact.ts";
import type { Integration } from "../../model/integration.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { corsFacts } from "../classify/cors.ts";
import { belowBase } from "./below-base.ts";
import { endpointRequest } from "./endpoint-request.ts";
import { CANARY_ORIGIN } from "./http-not-found.ts";
import { interferenceOf } from "./interference.ts";
import { observation } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";

export interface PreflightQuestion extends AddressQuestion {
  readonly integration: Integration;
}

/** One OPTIONS without a credential, as a browser asks before a call from another origin (Fetch, CORS preflight), closed after the headers. */
export const httpPreflightProbe: Probe<"http-preflight", PreflightQuestion> = {
  id: "http-preflight",
  kind: "http-preflight",
  bound: () => ({ connections: 1, requests: 1 }),
  observe: ({ target, address, integration }, context) =>
    observation(httpPreflightProbe, belowBase(target.origin, new URL(integration.baseUrl).pathname), context, async () => {
      const answer = await context.net.request(target, address, {
        method: "OPTIONS",
        path: declaredPath(integration),
        headers: { origin: CANARY_ORIGIN, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
        headersOnly: true,
        maxBodyBytes: 0,
      });
      return answer.ok ? ok(evidenceOf(target.origin, answer.value)) : answer;
    }),
};

/** Of the first GET that can be asked, without its query; else the base path. A path that holds the credential is not told anybody. */
function declaredPath(integration: Integration): string {
  const base = new URL(integration.baseUrl).pathname;
  if (integration.auth.in === "path") return base;
  const paths = integration.endpoints.flatMap((endpoint) => {
    const request = endpointRequest(integration, endpoint);
    return request.ok && request.value.method === "GET" ? [request.value.path.split("?", 1)[0] ?? base] : [];
  });
  return paths[0] ?? base;
}

function evidenceOf(origin: string, answer: HttpAnswer): RawEvidence["http-preflight"] {
  const interference = interferenceOf(answer);
  const { status, headers } = answer;
  return {
    origin,
    status,
    ...(interference === undefined ? {} : { interference }),
    headers,
    cors: corsFacts(answer, CANARY_ORIGIN),
  };
}
