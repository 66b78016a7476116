import type { Failure } from "../../src/model/failure.ts";
import type {
  DnsAnswer,
  DnsType,
  HttpAnswer,
  HttpRequest,
  NetResult,
  NetSession,
  OfferWant,
  Resolution,
  SentCounters,
  TlsSessionFacts,
} from "../../src/model/net-port.ts";
import { err, ok } from "../../src/model/result.ts";
import type { Target } from "../../src/model/target.ts";
import type { TlsAnswer, TlsOffer } from "../../src/model/tls-offer.ts";

/** A network that says what a test tells it to, and remembers what it was asked. For answers that no loopback server gives on demand. */
export interface FakeNet extends NetSession {
  readonly asked: {
    readonly target: Target;
    readonly address: string;
    readonly request?: HttpRequest;
    readonly offer?: TlsOffer;
    readonly want?: OfferWant;
  }[];
  /** Milliseconds that were waited; nobody really waits. */
  readonly pauses: number[];
}

export interface Script {
  readonly dns?: (name: string, type: DnsType) => NetResult<DnsAnswer>;
  readonly tlsSession?: (attempt: number) => NetResult<TlsSessionFacts>;
  /** `attempt` counts the offers, from 1. */
  readonly exchangeOffer?: (offer: TlsOffer, attempt: number, want: OfferWant) => NetResult<TlsAnswer>;
  readonly exchangeSsl2?: (attempt: number) => NetResult<TlsAnswer>;
  readonly request?: (request: HttpRequest, attempt: number, target: Target) => NetResult<HttpAnswer>;
}

export function fakeNet(script: Script): FakeNet {
  const asked: FakeNet["asked"] = [];
  const pauses: number[] = [];
  const sent = { connections: 0, requests: 0 };
  const attempts = new Map<string, number>();
  const count = (question: string, counts: SentCounters) => {
    sent.connections += counts.connections;
    sent.requests += counts.requests;
    const attempt = (attempts.get(question) ?? 0) + 1;
    attempts.set(question, attempt);
    return attempt;
  };
  return {
    asked,
    pauses,
    resolve: async (target): Promise<NetResult<Resolution>> => ok({ addresses: [target.host], vantage: "local" }),
    dns: async <T extends DnsType>(_target: Target, name: string, type: T) =>
      (script.dns?.(name, type) ?? NOT_SCRIPTED) as NetResult<DnsAnswer<T>>,
    tlsSession: async (target, address) => {
      asked.push({ target, address });
      return script.tlsSession?.(count("session", { connections: 1, requests: 0 })) ?? NOT_SCRIPTED;
    },
    exchangeOffer: async (target, address, offer, want) => {
      asked.push({ target, address, offer, want });
      return script.exchangeOffer?.(offer, count("offer", { connections: 1, requests: 0 }), want) ?? NOT_SCRIPTED;
    },
    exchangeSsl2: async (target, address) => {
      asked.push({ target, address });
      return script.exchangeSsl2?.(count("ssl2", { connections: 1, requests: 0 })) ?? NOT_SCRIPTED;
    },
    pause: async (ms) => {
      pauses.push(ms);
    },
    request: async (target, address, request) => {
      asked.push({ target, address, request });
      return script.request?.(request, count("request", { connections: 1, requests: 1 }), target) ?? NOT_SCRIPTED;
    },
    sent: () => ({ ...sent }),
    pace: () => [],
    close: () => undefined,
  };
}

export function httpAnswer(answer: Partial<HttpAnswer> & { readonly text?: string } = {}): NetResult<HttpAnswer> {
  const { text, ...rest } = answer;
  const body = new TextEncoder().encode(text ?? '{"data":[]}');
  return ok({ httpVersion: "1.1", status: 200, headers: [["content-type", "application/json"]], body, trusted: true, ...rest });
}

export function failed(reason: Failure["reason"], more: Partial<Failure> = {}): { readonly ok: false; readonly error: Failure } {
  return err({ reason, phase: "connect", retriable: false, ...more });
}

const NOT_SCRIPTED = err<Failure>({ reason: "internal", phase: "plan", retriable: false, code: "not scripted" });
