import { parseChallenges } from "../evidence/challenge.ts";
import type { BodyFacts, ClassFact } from "../evidence/kinds.ts";
import type { Observation } from "../evidence/observation.ts";
import { redact } from "../evidence/redact.ts";
import { problemText } from "../judge/facts/chain-words.ts";
import { untrusted } from "../judge/rules/certificate/untrusted.ts";
import type { CustomClass } from "../model/custom-class.ts";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { Instant } from "../model/instant.ts";
import type { Integration } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { RuleFamily } from "../model/rule.ts";
import { classifyBody } from "../observe/classify/classify-body.ts";
import { type CustomDetection, customDetection } from "../observe/classify/custom/custom-detection.ts";
import { explainBody } from "../observe/classify/explain-body.ts";
import { inflatedFile } from "./inflated-file.ts";
import { authFindings } from "./inspect-auth-heads.ts";
import { chainObservation, type InspectedChain, inspectChain, someHostOf } from "./inspect-chain.ts";
import { cleanLine, MOST_OCTETS, refusalObservation, savedRefusal, shownChallenges } from "./inspect-challenge.ts";
import { type InspectedEndpoint, inspectHar } from "./inspect-har.ts";
import { inspectHeaders } from "./inspect-headers.ts";
import { inspectKeySet } from "./inspect-key-set.ts";
import { inspectMetadata } from "./inspect-metadata.ts";
import { inspectToken } from "./inspect-token.ts";
import type { InspectedEvidence, InspectedPlace } from "./inspected-evidence.ts";
import {
  ENDPOINT,
  findingsOf,
  INTEGRATION,
  type InspectedFinding,
  judgedFindings,
  OF_ANY_ERROR,
  OFFLINE,
  ORIGIN,
  UNASKABLE,
} from "./inspected-findings.ts";
import { inUtf8 } from "./saved-text.ts";

export const INSPECTABLE = ["body", "har", "headers", "chain", "challenge", "jwt", "jwks", "oauth-metadata"] as const;
export type InspectAs = (typeof INSPECTABLE)[number];

/** The document of `inspect --json` (product.md section 4). */
export interface InspectReport {
  readonly schemaVersion: string;
  readonly files: readonly { readonly file: string; readonly as: InspectAs; readonly entries: readonly InspectedEntry[] }[];
}

export interface InspectedEntry {
  readonly endpoint: string | null;
  readonly format: string | null;
  readonly records: number | null;
  readonly truncated: boolean;
  readonly fields: readonly InspectedField[];
  readonly facts: Readonly<Record<string, unknown>> & Partial<InspectedChain>;
  readonly findings: readonly InspectedFinding[];
}

export interface InspectedField {
  readonly path: string;
  readonly class: string;
  readonly confidence: number;
  readonly count: number;
  readonly masked: boolean;
  readonly sample: boolean;
  readonly declared: boolean;
}

/** A file that is there and is not what it was said to be. */
export interface NotInspectable {
  readonly file: string;
  readonly expected: string;
}

export interface InspectOptions {
  readonly as: InspectAs;
  /** Of a body: candidates below the threshold are listed too, and why each path was classified as it was; of these paths, of all where there is none. */
  readonly explain?: readonly string[];
  /** The time that is judged at. */
  readonly now: Instant;
  /** Of a chain: the name or address that clients connect to. Of a token or a document of a server: whom it is for, or from. */
  readonly host?: string;
  /** Of a body and a recording: what a consumer defined. */
  readonly customClasses?: readonly CustomClass[];
  /** Of a chain, in DER: trusted beside the bundled roots. */
  readonly anchors: readonly Uint8Array[];
}

/** Saved answers through the same facts and rules as an audit. Nothing is sent and nothing is kept. */
export async function inspectFiles(
  names: readonly string[],
  options: InspectOptions,
  files: FilePort,
): Promise<Result<InspectReport, FileProblem | NotInspectable>> {
  const inspected: InspectReport["files"][number][] = [];
  const custom = await customDetection(options.customClasses);
  const looked = custom === undefined ? options : { ...options, custom };
  for (const file of names) {
    const bytes = await files.readBytes(file, MOST_BYTES[options.as] ?? MAX_FILE_BYTES);
    if (!bytes.ok) return err(bytes.error);
    const { bytes: content, isCut } = await inflatedFile(
      bytes.value,
      MOST_INFLATED[options.as] ?? MOST_BYTES[options.as] ?? MAX_FILE_BYTES,
    );
    if (isCut && options.as !== "body") return err({ file, expected: WHOLE_GZIP });
    // A body is read by its own rules: its marks belong to what was sent.
    const entries = inspectAs(options.as === "body" ? content : inUtf8(content), { ...looked, isCut });
    if (entries === undefined) return err({ file, expected: EXPECTED[options.as] ?? options.as });
    inspected.push({ file, as: options.as, entries });
  }
  return ok({ schemaVersion: "1.0.0", files: inspected });
}

function inspectAs(bytes: Uint8Array, options: LookOptions): readonly InspectedEntry[] | undefined {
  const inspected = INSPECTORS[options.as](bytes, options);
  return inspected === undefined || Array.isArray(inspected) ? inspected : [inspected as InspectedEntry];
}

function inspectCertificates(bytes: Uint8Array, { host, now, anchors }: InspectOptions): InspectedEntry | undefined {
  const question = { asOf: now, anchors, ...(host !== undefined && { host }) };
  const facts = inspectChain(bytes, question);
  if (facts === undefined) return undefined;
  const meant = host ?? someHostOf(bytes);
  const origin = meant === undefined ? ORIGIN : `https://${meant}`;
  const observation = chainObservation(bytes, origin, question);
  const found =
    observation === undefined ? [] : findingsOf(observation, ["certificate"], now, { ...INTEGRATION, baseUrl: origin }, UNASKABLE);
  return {
    endpoint: null,
    format: "chain",
    records: facts.certificates.length,
    truncated: false,
    fields: [],
    facts: { ...facts },
    findings:
      observation === undefined
        ? [rejected(problemText({ kind: "malformed", certificate: 0 }))]
        : found.flatMap(withoutNames(meant, facts)),
  };
}

/** Where nobody says whom it is for, and it does not say so itself, names are not compared: what else is wrong stands in their place. */
function withoutNames(meant: string | undefined, { chain }: InspectedChain): (finding: InspectedFinding) => readonly InspectedFinding[] {
  return (finding) => {
    if (meant !== undefined || finding.outcome !== "name-mismatch") return [finding];
    const problem = chain.problems.find(({ kind }) => kind !== "expired" && kind !== "not-yet-valid");
    return problem === undefined ? [] : [rejected(problem.text)];
  };
}

function inspectBody(bytes: Uint8Array, { explain, now, custom, isCut }: LookOptions): InspectedEntry {
  const whole = { contentType: undefined, truncated: isCut, knownMaps: [], ...(custom !== undefined && { custom }) };
  const body = classifyBody(bytes, whole);
  // What is shown beside it is no more than a candidate, which nothing is judged by.
  const shown = explain === undefined ? body : classifyBody(bytes, { ...whole, threshold: 0 });
  return {
    endpoint: null,
    format: body.format ?? null,
    records: body.records ?? null,
    truncated: body.state === "truncated",
    fields: shownFields(shown.classes),
    facts: {
      state: body.state,
      ...(isTraffic(body) && { looksLike: "har" satisfies InspectAs }),
      ...(explain === undefined ? {} : { explained: explainBody(bytes, explain, custom) }),
    },
    findings: findingsOf(observedBody(body, now), ["data"], now, withClasses(INTEGRATION, custom)),
  };
}

/** HAR 1.2: `log.entries` with requests and responses. */
function isTraffic({ shape }: BodyFacts): boolean {
  const paths = new Set(shape.map(({ path }) => path));
  return ["$.log.entries[].request", "$.log.entries[].response"].every((path) => paths.has(path));
}

function inspectField(bytes: Uint8Array, { now }: InspectOptions): InspectedEntry {
  const refusal = savedRefusal(bytes);
  const facts = shownChallenges(parseChallenges(refusal.lines.map(cleanLine)));
  return {
    endpoint: null,
    format: "challenge",
    records: facts.challenges.length,
    truncated: bytes.length > MOST_OCTETS,
    fields: [],
    facts: { ...facts },
    findings: findingsOf(refusalObservation(refusal, { origin: ORIGIN, endpoint: ENDPOINT.id }, now), ["auth"], now),
  };
}

/** What proves who we are, and how that is checked, through the rules of that family. */
function judgedAsAuth(made: (bytes: Uint8Array, place: InspectedPlace) => InspectedEvidence | undefined) {
  return (bytes: Uint8Array, { host, now }: InspectOptions): InspectedEntry | undefined => {
    const origin = host === undefined ? ORIGIN : `https://${host}`;
    const inspected = made(bytes, { origin, now, ...(host !== undefined && { host }) });
    if (inspected === undefined) return undefined;
    const { observation, ...about } = inspected;
    const findings = findingsOf(observation, ["auth"], now, { ...INTEGRATION, baseUrl: origin });
    return { endpoint: null, truncated: false, fields: [], ...about, findings };
  };
}

function inspectAnswers(bytes: Uint8Array, { host, now }: InspectOptions): readonly InspectedEntry[] | undefined {
  const said = host === undefined ? ORIGIN : `https://${host}`;
  const inspected = inspectHeaders(bytes, ENDPOINT.id, { origin: said, now, ...(host !== undefined && { host }) });
  return inspected?.answers.map((answer) => {
    const { observation, beside, origin, facts } = answer;
    const integration = { ...INTEGRATION, baseUrl: origin };
    return {
      endpoint: null,
      format: "headers",
      records: null,
      truncated: inspected.isCut,
      fields: [],
      facts,
      findings: [
        ...authFindings([answer], integration, now, true),
        ...findingsOf(observation, ["header", "lifecycle"], now, integration, OFFLINE),
        ...findingsOf(beside, ["header"], now, { ...integration, adHoc: false }, OF_ANY_ERROR),
      ],
    };
  });
}

function inspectTraffic(bytes: Uint8Array, { now, custom }: LookOptions): readonly InspectedEntry[] | undefined {
  return inspectHar(bytes, now, custom)?.map((inspected) => {
    const { endpoint, origin, method, path, classes, answers } = inspected;
    const endpoints = [{ ...ENDPOINT, id: endpoint, method, path }];
    const integration = withClasses({ ...INTEGRATION, baseUrl: origin, endpoints }, custom);
    const bundle = { integration, observations: answers.map(({ observation }) => observation), asOf: now };
    const families = familiesOf(inspected);
    return {
      endpoint,
      format: inspected.format,
      records: inspected.records,
      truncated: inspected.isCut,
      fields: shownFields(classes),
      facts: inspected.facts,
      findings: [...authFindings(answers, integration, now, families.includes("header")), ...judgedFindings(bundle, families, OFFLINE)],
    };
  });
}

function withClasses(integration: Integration, custom: CustomDetection | undefined): Integration {
  return custom === undefined ? integration : { ...integration, customClasses: custom.customClasses };
}

/** Where no answer was data, its head is that of a page or a picture: no client of an API reads it. */
function familiesOf({ isData }: InspectedEndpoint): readonly RuleFamily[] {
  return isData ? ["data", "header", "lifecycle"] : ["data"];
}

function shownFields(classes: readonly ClassFact[]): readonly InspectedField[] {
  return classes.map(({ path, class: dataClass, confidence, count, masked, sample }) => ({
    path,
    class: dataClass,
    confidence,
    count,
    masked,
    sample,
    declared: false,
  }));
}

function observedBody(body: BodyFacts, now: Instant): Observation {
  const evidence = redact(
    "http-response",
    {
      endpoint: ENDPOINT.id,
      request: { method: ENDPOINT.method, origin: ORIGIN, path: ENDPOINT.path, digest: "" },
      credential: { state: "none" },
      status: 200,
      httpVersion: "1.1",
      headers: [],
      body,
    },
    (text) => text,
  );
  const key = { origin: ORIGIN, endpoint: ENDPOINT.id };
  return { probe: "http-response", kind: "http-response", key, observedAt: now, durationMs: 0, outcome: "observed", evidence };
}

/** `problem` in words. */
function rejected(problem: string): InspectedFinding {
  return {
    rule: untrusted.meta.id,
    subject: "leaf",
    outcome: "rejected",
    severity: "high",
    title: untrusted.meta.failureTitle,
    message: untrusted.outcomes["rejected"]?.message({ problem }) ?? "",
    confidence: 1,
  };
}

interface LookOptions extends InspectOptions {
  /** The file was packed, and holds more than was unpacked of it. */
  readonly isCut: boolean;
  readonly custom?: CustomDetection;
}

type Inspector = (bytes: Uint8Array, options: LookOptions) => InspectedEntry | readonly InspectedEntry[] | undefined;

const INSPECTORS: Readonly<Record<InspectAs, Inspector>> = {
  body: inspectBody,
  har: inspectTraffic,
  headers: inspectAnswers,
  chain: inspectCertificates,
  challenge: inspectField,
  jwt: judgedAsAuth(inspectToken),
  jwks: judgedAsAuth(inspectKeySet),
  "oauth-metadata": judgedAsAuth(inspectMetadata),
};

/** What a file is said to be. */
const EXPECTED: Readonly<Partial<Record<InspectAs, string>>> = {
  har: "an HTTP archive (HAR 1.2: a JSON object with log.entries)",
  headers: "field lines of one answer or more (curl -D FILE), found none",
  chain: "certificates in PEM, or one in DER, found neither",
  jwt: "a token, found nothing",
  jwks: "a JSON object with keys (RFC 7517)",
  "oauth-metadata": "a JSON object with an issuer or a resource (RFC 8414, RFC 9728, OpenID Connect Discovery)",
};

/** Of a packed file that need not be whole: more than a body is read to. */
const MOST_INFLATED: Readonly<Partial<Record<InspectAs, number>>> = { body: 32 * 1024 * 1024 };
const WHOLE_GZIP = "what is packed with gzip to be whole, and no longer than such a file may be";
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Of what is read whole or not at all: a longer one is refused as too long, and not called something else. A body is cut by the limits of its own reader. */
const MOST_BYTES: Readonly<Partial<Record<InspectAs, number>>> = {
  body: 256 * 1024 * 1024,
  har: 256 * 1024 * 1024,
  jwks: 512 * 1024,
  "oauth-metadata": 256 * 1024,
};
