import { cipherSuiteByCode, cipherSuiteCodeText } from "../../catalog/cipher-suites.ts";
import type { TlsVersionSupport } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { HelloAnswer, NetResult } from "../../model/net-port.ts";
import { err, ok } from "../../model/result.ts";
import type { TlsVersion } from "../../model/tls.ts";
import { isWorthRepeating, observation } from "./outcome.ts";
import type { AddressQuestion, Probe, ProbeContext } from "./probe.ts";

/**
 * Which protocol versions one address speaks: one raw hello each, which offers that version and no other.
 * Nine connections at most: five questions, three repeats, and one control for servers that close instead of answering.
 */
export const tlsVersionsProbe: Probe<"tls", AddressQuestion> = {
  id: "tls-versions",
  kind: "tls",
  bound: { connections: 9, requests: 0 },
  observe: (question, context) =>
    observation(tlsVersionsProbe, { origin: question.target.origin, address: question.address }, context, async () => {
      const exchanges = await exchangeAll(question, context);
      const silences = exchanges.flatMap(({ answers: [answer] }) => silenceOf(answer) ?? []);
      // Nobody said anything at all: that is a failure of the network, not five opinions about versions.
      const [silence] = silences;
      if (silence !== undefined && silences.length === exchanges.length) return err(silence);
      const closesCount = await closesMeanRefusal(exchanges, question, context);
      return ok({ address: question.address, versions: exchanges.map((exchange) => supportOf(exchange, closesCount)) });
    }),
};

/** One version, and what came back: the newest answer first. */
interface Exchange {
  readonly version: TlsVersion;
  readonly answers: readonly NetResult<HelloAnswer>[];
}

/** Why there is no word of the server; undefined where there is one. What listens for a server that is down accepts, and closes. */
function silenceOf(answer: NetResult<HelloAnswer> | undefined): Failure | undefined {
  if (answer === undefined) return undefined;
  if (!answer.ok) return answer.error;
  return answer.value.type === "close" ? { reason: "connection_closed", phase: "tls", retriable: true } : undefined;
}

async function exchangeAll(question: AddressQuestion, context: ProbeContext): Promise<readonly Exchange[]> {
  const first = await Promise.all(ASKED.map(async (version) => ({ version, answers: [await hello(version, question, context)] })));
  const limited = first.some(({ answers: [answer] }) => answer?.ok === false && answer.error.limiting === true);
  const repeated = limited ? [] : first.filter(isUnclear).map(({ version }) => version);
  return Promise.all(
    first.map(async ({ version, answers }) =>
      repeated.slice(0, MAX_REPEATS).includes(version)
        ? { version, answers: [await hello(version, question, context), ...answers] }
        : { version, answers },
    ),
  );
}

function hello(version: TlsVersion, { target, address }: AddressQuestion, context: ProbeContext): Promise<NetResult<HelloAnswer>> {
  return context.net.exchangeHello(target, address, { version });
}

/** Worth the one repeat: a failure that may pass, a close without a word, an alert that is not about the version. */
function isUnclear({ answers: [answer] }: Exchange): boolean {
  if (answer === undefined) return false;
  if (!answer.ok) return isWorthRepeating(answer.error);
  return answer.value.type === "close" || isBesideThePoint(answer.value);
}

/**
 * A server may refuse a version by closing, and so may a busy one. It was a refusal if the server closed both times,
 * everything else was answered, and a version that it speaks is still answered now.
 */
async function closesMeanRefusal(exchanges: readonly Exchange[], question: AddressQuestion, context: ProbeContext): Promise<boolean> {
  const closed = exchanges.filter(closedTwice);
  const others = exchanges.filter((exchange) => !closedTwice(exchange));
  const clear = others.every(({ answers }) => answers.every((answer) => answer.ok && answer.value.type !== "close"));
  const spoken = others.findLast(({ version, answers: [answer] }) => answer?.ok === true && speaks(answer.value, version));
  if (closed.length === 0 || !clear || spoken === undefined) return false;
  const control = await hello(spoken.version, question, context);
  return control.ok && speaks(control.value, spoken.version);
}

function closedTwice({ answers }: Exchange): boolean {
  return answers.length === 2 && answers.every((answer) => answer.ok && answer.value.type === "close");
}

function supportOf(exchange: Exchange, closesCount: boolean): TlsVersionSupport {
  const { version } = exchange;
  const [answer] = exchange.answers;
  const nothingMore = { cipherSuites: [], preference: "unknown", complete: false } as const;
  if (answer === undefined) return { version, support: "unknown", reason: "not_requested", ...nothingMore };
  if (!answer.ok) return { version, support: "unknown", reason: answer.error.reason, ...nothingMore };
  const said = answer.value;
  if (said.type === "server-hello") {
    const seen = said.version === version ? "server-hello" : `server-hello ${said.version}`;
    if (said.version !== version) return { version, support: "refused", seen, ...nothingMore };
    return { version, support: "accepted", seen, ...nothingMore, cipherSuites: [suite(said.cipherSuite)] };
  }
  if (said.type === "close") {
    const verdict = closesCount && closedTwice(exchange) ? { support: "refused" as const } : UNEXPLAINED_CLOSE;
    return { version, ...verdict, seen: "close", ...nothingMore };
  }
  const seen = `alert ${said.description}`;
  if (isBesideThePoint(said)) return { version, support: "unknown", reason: "tls_alert", seen, ...nothingMore };
  return { version, support: "refused", seen, ...nothingMore };
}

function speaks(answer: HelloAnswer, version: TlsVersion): boolean {
  return answer.type === "server-hello" && answer.version === version;
}

function isBesideThePoint(answer: HelloAnswer): boolean {
  return answer.type === "alert" && BESIDE_THE_POINT.includes(answer.description);
}

function suite(code: number): TlsVersionSupport["cipherSuites"][number] {
  const text = cipherSuiteCodeText(code);
  return { code: text, name: cipherSuiteByCode(code)?.name ?? text };
}

/** SSL 2.0 has another hello altogether and comes with the enumeration. */
const ASKED: readonly TlsVersion[] = ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"];
const MAX_REPEATS = 3;
/** internal_error, user_canceled, unrecognized_name (RFC 8446 section 6): of load or of names, not of versions. */
const BESIDE_THE_POINT: readonly number[] = [80, 90, 112];
const UNEXPLAINED_CLOSE = { support: "unknown", reason: "connection_closed" } as const;
