import type { RawEvidence } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import type { Integration } from "../../model/integration.ts";
import type { HttpAnswer, HttpRequest, NetResult } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { endpointRequest } from "./endpoint-request.ts";
import { interferenceOf } from "./interference.ts";
import { observation, twiceAtMost } from "./outcome.ts";
import type { AddressQuestion, Probe, ProbeContext } from "./probe.ts";

export interface PlaintextQuestion extends AddressQuestion {
  readonly integration?: Integration;
}

/**
 * What the `http://` twin of an origin says to somebody who forgot the "s": port 80 for 443, any other port itself.
 * One GET without a credential, closed after the headers: of a declared path where one says what the API answers there, else of "/". Where the port is the TLS port itself and closes on it without a word, twice,
 * a handshake afterwards tells a port that speaks nothing but TLS from one that is busy.
 */
export const httpPlaintextProbe: Probe<"http-plaintext", PlaintextQuestion> = {
  id: "http-plaintext",
  kind: "http-plaintext",
  bound: () => ({ connections: 3, requests: 2 }),
  observe: (question, context) =>
    observation(httpPlaintextProbe, { origin: question.target.origin }, context, async () => {
      const { target, address, integration } = question;
      const declared = integration === undefined ? undefined : declaredPath(integration);
      const asked = declared === undefined ? REQUEST : { ...REQUEST, path: declared.path };
      const twin = plaintextTwin(target);
      const answers: NetResult<HttpAnswer>[] = [];
      const answer = await twiceAtMost(async () => {
        const said = await context.net.request(twin, address, asked);
        answers.push(said);
        return said;
      });
      if (answer.ok) return ok({ ...evidenceOf(twin, answer.value), ...(declared !== undefined && { endpoint: declared.endpoint }) });
      const closed = speaksNoHttp(answer.error, target, twin) || (await closesOnHttp(answers, twin, question, context));
      return closed ? ok({ origin: twin.origin, state: "closed" as const, headers: [] }) : answer;
    }),
};

/** Of the first GET that has no query: what stands there is for nobody on the way, and a secret in a path even less. */
function declaredPath(integration: Integration): { readonly endpoint: string; readonly path: string } | undefined {
  if (integration.auth.in === "path" || integration.auth.scheme === undefined) return undefined;
  const paths = integration.endpoints.flatMap((endpoint) => {
    const request = endpointRequest(integration, endpoint);
    return request.ok && request.value.method === "GET" && !request.value.path.includes("?")
      ? [{ endpoint: endpoint.id, path: request.value.path }]
      : [];
  });
  return paths[0];
}

function evidenceOf({ origin }: Target, answer: HttpAnswer): RawEvidence["http-plaintext"] {
  const interference = interferenceOf(answer);
  const { status, headers } = answer;
  return { origin, state: "answered", status, ...(interference === undefined ? {} : { interference }), headers };
}

function plaintextTwin({ integration, environment, host, port }: Target): Target {
  const literal = host.includes(":") ? `[${host}]` : host;
  return targetOf(integration, environment, `http://${literal}:${port === 443 ? 80 : port}`);
}

/** Nobody listens; or what listens is the TLS port, and it answered plain HTTP with something that is not HTTP (an alert). */
function speaksNoHttp(failure: Failure, target: Target, twin: Target): boolean {
  return failure.reason === "connect_refused" || (failure.reason === "http_protocol_error" && twin.port === target.port);
}

async function closesOnHttp(
  answers: readonly NetResult<HttpAnswer>[],
  twin: Target,
  { target, address }: PlaintextQuestion,
  context: ProbeContext,
): Promise<boolean> {
  const always = answers.length === 2 && answers.every((answer) => !answer.ok && isWordless(answer.error));
  return always && twin.port === target.port && (await context.net.tlsSession(target, address)).ok;
}

/** A head that was cut off is HTTP all the same. */
function isWordless({ reason, answered }: Failure): boolean {
  return reason === "connection_closed" && answered !== true;
}

const REQUEST: HttpRequest = { method: "GET", path: "/", headers: { accept: "application/json" }, headersOnly: true, maxBodyBytes: 0 };
