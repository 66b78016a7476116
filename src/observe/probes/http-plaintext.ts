import type { RawEvidence } from "../../evidence/redact.ts";
import type { Failure } from "../../model/failure.ts";
import type { HttpAnswer, HttpRequest, NetResult } from "../../model/net-port.ts";
import { ok } from "../../model/result.ts";
import { type Target, targetOf } from "../../model/target.ts";
import { interferenceOf } from "./interference.ts";
import { observation, twiceAtMost } from "./outcome.ts";
import type { AddressQuestion, Probe } from "./probe.ts";

/**
 * What the `http://` twin of an origin says to somebody who forgot the "s": port 80 for 443, any other port itself.
 * One GET of "/" without a credential, closed after the headers.
 */
export const httpPlaintextProbe: Probe<"http-plaintext", AddressQuestion> = {
  id: "http-plaintext",
  kind: "http-plaintext",
  bound: { connections: 2, requests: 2 },
  observe: ({ target, address }, context) =>
    observation(httpPlaintextProbe, { origin: target.origin }, context, async (): Promise<NetResult<RawEvidence["http-plaintext"]>> => {
      const twin = plaintextTwin(target);
      const answer = await twiceAtMost(() => context.net.request(twin, address, REQUEST));
      if (answer.ok) return ok(evidenceOf(twin, answer.value));
      return speaksNoHttp(answer.error, target, twin) ? ok({ origin: twin.origin, state: "closed", headers: [] }) : answer;
    }),
};

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

const REQUEST: HttpRequest = { method: "GET", path: "/", headers: { accept: "application/json" }, headersOnly: true, maxBodyBytes: 0 };
