import type { Severity } from "../../model/severity.ts";
import { paragraph } from "./prose.ts";
import { sanitise } from "./sanitise.ts";
import { type Style, severityMark } from "./style.ts";
import { renderTable } from "./table.ts";

/** Where a chain of certificates leads. */
export interface InspectedPath {
  readonly trusted: boolean;
  readonly path: readonly { readonly subject: string; readonly anchor: boolean }[];
  readonly problems: readonly { readonly kind: string; readonly text: string }[];
  readonly violations: readonly { readonly text: string }[];
}

interface InspectedChallenge {
  readonly scheme: string;
  readonly params: Readonly<Record<string, string>>;
  readonly token68: string | null;
  readonly malformed: boolean;
}

/** Of a token: names, and nothing that it says of them. */
interface InspectedToken {
  readonly header?: { readonly alg: string; readonly typ: string };
  readonly claims?: { readonly names: readonly string[]; readonly unlisted: number };
  readonly opaque?: { readonly provider?: string; readonly class?: string; readonly length: number };
}

interface InspectedKey {
  readonly kty: string;
  readonly alg?: string;
  readonly bits?: number;
  readonly curve?: string;
  readonly privateMembers: readonly string[];
}

interface InspectedMetadata {
  readonly lists: Readonly<Record<string, { readonly known: readonly string[]; readonly others: number }>>;
}

interface InspectedExplanation {
  readonly path: string;
  /** None where nothing stands there. */
  readonly types: readonly string[];
  readonly values: number;
  readonly candidates: readonly {
    readonly class: string;
    readonly reported: boolean;
    readonly confidence: number;
    readonly cues: readonly string[];
    readonly vetoes: readonly { readonly veto: string; readonly count: number }[];
    readonly beatenBy?: string;
  }[];
}

/** What `inspect` found in one file; structural, so that a report needs no use case. */
export interface InspectedFileLines {
  readonly file: string;
  readonly entries: readonly {
    readonly endpoint?: string | null;
    readonly format: string | null;
    readonly records: number | null;
    /** Of a file of certificates: where it leads, and which of them can be read. */
    readonly facts: {
      /** Of a body, and of the bodies of an endpoint: whether all of it was read. */
      readonly state?: string;
      readonly states?: readonly string[];
      /** Of a recorded answer that is not the one that clients are meant to get. */
      readonly interference?: string;
      readonly chain?: InspectedPath;
      readonly certificates?: readonly ({ readonly sha256: string } | { readonly sha256: null; readonly line: number })[];
      /** Of a WWW-Authenticate field. */
      readonly challenges?: readonly InspectedChallenge[];
      readonly jwt?: InspectedToken;
      readonly jwks?: { readonly keys: readonly InspectedKey[] };
      readonly metadata?: InspectedMetadata;
      /** Of a body, where it was asked: why each path was classified as it was. */
      readonly explained?: readonly InspectedExplanation[];
      /** What else the file could be inspected as. */
      readonly looksLike?: string;
      /** Of recorded traffic: how often the endpoint was asked, and what the requests prove themselves with. */
      readonly answers?: number;
      readonly requestSecrets?: readonly { readonly in: string; readonly name: string; readonly class: string }[];
    };
    readonly fields: readonly {
      readonly path: string;
      readonly class: string;
      readonly confidence: number;
      readonly count: number;
      readonly masked: boolean;
      readonly sample: boolean;
    }[];
    readonly findings: readonly { readonly rule: string; readonly severity?: Severity; readonly message?: string }[];
  }[];
}

/** Fields and findings of each file; never a value. Of a chain, the path that was found. */
export function renderInspection(files: readonly InspectedFileLines[], style: Style): string {
  return files.flatMap(({ file, entries }) => entries.map((entry) => renderEntry(file, entry, style))).join("\n\n");
}

type Entry = InspectedFileLines["entries"][number];

function renderEntry(file: string, { endpoint = null, format, records, facts, fields, findings }: Entry, style: Style): string {
  const { chain, certificates = [], challenges = [], explained = [], requestSecrets = [] } = facts;
  const about = [
    ...(facts.answers === undefined ? [] : [counted(facts.answers, "answer")]),
    format ?? (endpoint === null ? (UNREAD[facts.state ?? ""] ?? "not understood") : "no data"),
    ...(records === null ? [] : [counted(records, RECORDS[format ?? ""] ?? "record")]),
    ...missing(facts),
  ];
  const unseen = unseenOf(records, format, facts);
  const said = findings.map(({ rule, severity, message }) =>
    paragraph(`${rule}: ${message ?? ""}`, style, severity === undefined ? {} : { lead: `${severityMark(severity, style)} ` }),
  );
  return [
    `${sanitise(endpoint === null ? file : `${file}, ${endpoint}`, "terminal")}: ${about.join(", ")}`,
    ...certificates.flatMap((one, at) => (one.sha256 === null ? [`Certificate ${at + 1} (line ${one.line}) cannot be read.`] : [])),
    ...(chain === undefined ? [] : chainLines(chain, style)),
    ...challenges.map(challengeLine),
    ...(facts.jwt === undefined ? [] : tokenLines(facts.jwt)),
    ...(facts.jwks?.keys ?? []).map(keyLine),
    ...Object.entries(facts.metadata?.lists ?? {}).map(([name, words]) => listLine(name, words)),
    ...(fields.length > 0 ? [fieldTable(fields, style)] : []),
    ...explained.map((one) => explanationLines(one)),
    ...(facts.looksLike === undefined ? [] : [`It looks like recorded traffic: --as ${facts.looksLike} looks at its answers one by one.`]),
    ...(requestSecrets.length > 0 ? [paragraph(requestSecretsLine(requestSecrets), style, {})] : []),
    ...(said.length > 0 ? [...said, ...notSeen(unseen)] : [nothingFound(format, unseen)]),
  ].join("\n");
}

/** What kept a body, or one of an endpoint, from being read to its end. */
function missing({ state, states = [] }: Entry["facts"]): readonly string[] {
  return [...new Set([state ?? "", ...states].flatMap((one) => MISSING[one] ?? []))];
}

/** An answer of somebody in front of the API says nothing of the API, a list without a record nothing of records, and the part of a body that was read nothing of the others. */
function unseenOf(records: number | null, format: string | null, facts: Entry["facts"]): readonly string[] {
  const isEmpty = records === 0 && RECORDS[format ?? ""] === undefined;
  return [...(facts.interference === undefined ? [] : [facts.interference]), ...missing(facts), ...(isEmpty ? ["no record"] : [])];
}

function nothingFound(format: string | null, unseen: readonly string[]): string {
  if (format === null) return "Nothing was judged.";
  return unseen.length === 0 ? "No findings." : `No findings; what is missing here says nothing (${unseen.join(", ")}).`;
}

function notSeen(unseen: readonly string[]): readonly string[] {
  return unseen.length === 0 ? [] : [`What is missing here says nothing (${unseen.join(", ")}).`];
}

/** A path, and under it each class that was thought of. */
function explanationLines({ path, types, values, candidates }: InspectedExplanation): string {
  if (types.length === 0) return `${sanitise(path, "terminal")}\n  ${NOTHING_THERE}`;
  const lines = candidates.map(({ class: dataClass, reported, confidence, cues, vetoes, beatenBy }) => {
    const why = [
      ...(cues.length > 0 ? [`for it: ${cues.join(", ")}`] : []),
      ...(vetoes.length > 0 ? [`against it: ${vetoes.map(({ veto, count }) => `${veto} (${count})`).join(", ")}`] : []),
      ...(beatenBy === undefined ? [] : [`${beatenBy} fits better`]),
    ];
    return `  ${[`${dataClass} ${confidence.toFixed(2)} ${reported ? "reported" : "not reported"}`, ...why].join("; ")}`;
  });
  return [`${path} (${counted(values, "value")})`, ...(lines.length > 0 ? lines : ["  no candidate"])]
    .map((line) => sanitise(line, "terminal"))
    .join("\n");
}

function requestSecretsLine(secrets: NonNullable<Entry["facts"]["requestSecrets"]>): string {
  const shown = secrets.map(({ in: place, name, class: dataClass }) => `${dataClass} in ${place} ${sanitise(name, "terminal")}`);
  return `The recorded requests hold secrets (${shown.join(", ")}): keep the file like them, or remove them from it.`;
}

/** Values are printed by --json alone: of a nonce or a ticket there is nothing to look at. */
function challengeLine({ scheme, params, token68, malformed }: InspectedChallenge): string {
  const names = [...Object.keys(params), ...(token68 === null ? [] : ["a token68"])].map((name) => sanitise(name, "terminal"));
  const broken = malformed ? " (malformed)" : "";
  return `  ${sanitise(scheme, "terminal")}${names.length === 0 ? "" : `: ${names.join(", ")}`}${broken}`;
}

function tokenLines({ header, claims, opaque }: InspectedToken): readonly string[] {
  const lines = [
    ...(header === undefined ? [] : [`algorithm ${header.alg}${header.typ === "absent" ? "" : `, type ${header.typ}`}`]),
    ...(claims === undefined ? [] : [`claims: ${withMore(claims.names, claims.unlisted)}`]),
    ...(opaque === undefined
      ? []
      : [`${counted(opaque.length, "character")}${opaque.provider === undefined ? "" : `, as of ${opaque.provider} (${opaque.class})`}`]),
  ];
  return lines.map((line) => `  ${sanitise(line, "terminal")}`);
}

function keyLine({ kty, alg, bits, curve, privateMembers }: InspectedKey, at: number): string {
  const size = bits === undefined ? curve : `${bits} bits`;
  const secret = privateMembers.length === 0 ? undefined : `with ${privateMembers.join(", ")}`;
  return sanitise(`  Key ${at + 1}: ${[kty, alg, size, secret].filter((word) => word !== undefined).join(", ")}`, "terminal");
}

function listLine(name: string, { known, others }: InspectedMetadata["lists"][string]): string {
  return sanitise(`  ${name}: ${withMore(known, others)}`, "terminal");
}

function withMore(names: readonly string[], more: number): string {
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ") || "none";
}

/** From the leaf to whom it leads, and why that is not enough. */
function chainLines({ trusted, path, problems, violations }: InspectedPath, style: Style): readonly string[] {
  const steps = path.map(
    ({ subject, anchor }, at) => `${"  ".repeat(at)}${sanitise(subject, "terminal") || "(no subject)"}${anchor ? " [trusted root]" : ""}`,
  );
  const why = problems.map(({ text }) => text).join("; ");
  return [
    ...steps,
    paragraph(trusted ? "Trusted." : `${UNDECIDED.has(problems[0]?.kind ?? "") ? "Not known" : "Not trusted"}: ${why}.`, style, {}),
    ...(violations.length === 0
      ? []
      : [paragraph(`Off the standards: ${[...new Set(violations.map(({ text }) => text))].join(", ")}.`, style, {})]),
  ];
}

function fieldTable(fields: Entry["fields"], style: Style): string {
  return renderTable(
    [
      { title: "PATH", flexible: true },
      { title: "CLASS" },
      { title: "CONFIDENCE", align: "right", priority: 1 },
      { title: "COUNT", align: "right", priority: 2 },
      { title: "NOTE", priority: 3 },
    ],
    fields.map((field) => [
      field.path,
      field.class,
      field.confidence.toFixed(2),
      String(field.count),
      [field.masked ? "masked" : "", field.sample ? "sample" : ""].filter((word) => word !== "").join(" "),
    ]),
    style,
  );
}

/** A search that was given up, a signature that cannot be checked here. */
const UNDECIDED: ReadonlySet<string> = new Set(["too-complex", "unsupported-algorithm"]);
const NOTHING_THERE = "nothing stands there; elements of an array are written [], values of a map {}: $.data[].email, $.users{}.email";
const UNREAD: Readonly<Record<string, string>> = { unsupported: "not inspected", empty: "empty" };
const MISSING: Readonly<Record<string, string>> = { truncated: "truncated", undecodable: "malformed", "too-deep": "nested too deep" };
const RECORDS: Readonly<Record<string, string>> = { chain: "certificate", challenge: "challenge", jwks: "key" };

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
