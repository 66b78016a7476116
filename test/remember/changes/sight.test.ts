import { describe, expect, it } from "vitest";
import { encodeObservation } from "../../../src/evidence/codec.ts";
import type { ClassFact } from "../../../src/evidence/kinds.ts";
import type { Observation } from "../../../src/evidence/observation.ts";
import { judge } from "../../../src/judge/rules/engine.ts";
import { sha256Hex } from "../../../src/model/digest.ts";
import { isRegression, type VerdictRecord } from "../../../src/model/finding.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { Integration } from "../../../src/model/integration.ts";
import { type JudgedResult, RULE_FAMILIES } from "../../../src/model/rule.ts";
import type { Rejudge } from "../../../src/remember/changes/old-evidence.ts";
import { isLive } from "../../../src/remember/changes/presence.ts";
import { anEndpoint, anIntegration, hellos, NOW, response, SECOND_ORIGIN, TWO_URLS, unseen } from "../../judge/builders.ts";
import { NOTHING_KNOWN, passing } from "../samples.ts";
import { afterwards, apply } from "./memory.ts";

/** Answers as the rules themselves judge them: the subjects and verdicts are those that history really gets. */
const LEAK = "endpoint:list#$.data[].key#api_key";
const SECRETS = "data/secret-in-response";

describe("an old leak, seen for the first time", () => {
  it.each<[string, Observation]>([
    ["an error", response({ status: 500, interference: "server_error" })],
    ["a limiter", response({ status: 429, interference: "rate_limited", body: { state: "not-read" } })],
    ["a credential that was turned down", response({ status: 401, interference: "credential_rejected" })],
    [
      "such an answer with data of its own",
      response({ status: 401, interference: "credential_rejected", body: { classes: [secret("$.pin")] } }),
    ],
    ["a credential that stayed here", response({ credential: { state: "withheld", reason: "credential_not_bound" } })],
    ["an empty list", response({ body: { records: 0 } })],
    ["an empty body", response({ status: 204, body: { state: "empty" } })],
    ["a cut body", response({ body: { state: "truncated" } })],
    ["a cut body with another leak in it", response({ body: { state: "truncated", classes: [secret("$.pin")] } })],
    ["a page", response({ body: { state: "unsupported" } })],
    ["no connection", unseen("http-response", "connection_reset", { endpoint: "list" })],
  ])("is newly detected after %s", (_what, first) => {
    expect(story([[first], [leaking("$.pin", "$.data[].key")]])).toContainEqual([LEAK, "newly-detected", "target"]);
    expect(story([[first], [first], [leaking("$.data[].key")]], "without")).toContainEqual([LEAK, "newly-detected", "target"]);
  });

  it("is newly detected at an endpoint while another one was seen", () => {
    const endpoints = [anEndpoint(), anEndpoint({ id: "other" })];
    const other = response({ endpoint: "other" }, { endpoint: "other" });
    const broken = response({ status: 500, interference: "server_error" });
    expect(
      story(
        [
          [broken, other],
          [leaking("$.data[].key"), other],
        ],
        "with",
        { endpoints },
      ),
    ).toEqual([[LEAK, "newly-detected", "target"]]);
  });
});

describe("a young leak", () => {
  const clean = response();
  const broken = response({ status: 500, interference: "server_error" });
  it.each<[string, readonly Observation[]]>([
    ["a clean answer", [clean]],
    ["an answer that leaked something else", [leaking("$.pin")]],
    ["a clean answer and a broken night", [clean, broken]],
    ["a clean answer and an empty night", [clean, response({ body: { records: 0 } })]],
    ["another leak and a broken night", [leaking("$.pin"), broken]],
    ["a clean answer and a cut one with another leak", [clean, response({ body: { state: "truncated", classes: [secret("$.pin")] } })]],
  ])("is new after %s, whether old evidence is judged again or not", (_what, nights) => {
    const answers = [...nights.map((night) => [night]), [leaking("$.data[].key")]];
    expect(story(answers)).toContainEqual([LEAK, "new", "target"]);
    expect(story(answers, "without")).toContainEqual([LEAK, "new", "target"]);
  });

  it("is reopened when it comes back after nights without it", () => {
    expect(story([[leaking("$.data[].key")], [clean], [clean], [leaking("$.data[].key")]])).toEqual([[LEAK, "reopened", "target"]]);
  });
});

describe("banners", () => {
  const rule = "header/version-disclosure";
  const at = (server: string, where = {}) => response({ headers: server === "" ? {} : { server } }, where);
  const broken = (where = {}) => response({ status: 500, interference: "server_error", headers: { server: "edge" } }, where);

  it.each<[string, Observation, string]>([
    ["a silent answer", at(""), "new"],
    ["an answer with a name only", at("nginx"), "new"],
    ["an error", broken(), "newly-detected"],
  ])("after %s", (_what, first, kind) => {
    expect(story([[first], [at("nginx/1.25.3")]], "with", {}, rule)).toEqual([["header:server", kind, "target"]]);
    expect(story([[first], [at("nginx/1.25.3")]], "without", {}, rule)).toEqual([["header:server", kind, "target"]]);
  });

  it("of another origin have another place", () => {
    const there = { origin: SECOND_ORIGIN };
    const subject = "header:server@eu.acme.example:8443";
    const kindAfter = (first: Observation) =>
      story(
        [
          [at(""), first],
          [at(""), at("nginx/1.25.3", there)],
        ],
        "without",
        TWO_URLS,
        rule,
      );
    expect(kindAfter(at("", there))).toEqual([[subject, "new", "target"]]);
    expect(kindAfter(broken(there))).toEqual([[subject, "newly-detected", "target"]]);
  });

  it("of another path of an ad hoc target were not looked for", () => {
    const adHoc = (path: string) => ({ adHoc: true, endpoints: [anEndpoint({ id: path, path })] });
    const answer = (path: string, server: string) => at(server, { endpoint: path });
    const kindAfter = (path: string) =>
      story([[answer(path, "")], [answer("/b", "nginx/1.25.3")]], "without", [adHoc(path), adHoc("/b")], rule).map(([, kind]) => kind);
    expect(kindAfter("/a")).toEqual(["newly-detected"]);
    expect(kindAfter("/b")).toEqual(["new"]);
  });
});

describe("questions with a name of their own", () => {
  const rule = "tls/deprecated-version-offered";
  it("are no news where they were not asked, whatever else was asked of the same server", () => {
    expect(story([[hellos()], [hellos({ "SSL 2.0": { support: "accepted" } })]], "with", {}, rule)).toEqual([
      ["ssl2.0", "newly-detected", "target"],
    ]);
    expect(story([[hellos()], [hellos({ "TLS 1.0": { support: "accepted" } })]], "with", {}, rule)).toEqual([["tls1.0", "new", "target"]]);
  });

  it("are no news where they could not be seen", () => {
    const sunset = (raw: Parameters<typeof response>[0]) => story([[response(raw)], [announcing()]], "with", {}, "lifecycle/sunset-near");
    expect(sunset({})).toEqual([["endpoint:list", "new", "target"]]);
    expect(sunset({ status: 500, interference: "server_error" })).toEqual([["endpoint:list", "newly-detected", "target"]]);
  });

  it("are old news where the old evidence shows them", () => {
    const shown: Rejudge = () => ({ verdict: "fail", severity: "low" });
    const first = recordsOf(anIntegration(), [response()], []).filter((record) => record.rule === SECRETS);
    const second = recordsOf(anIntegration(), [leaking("$.data[].key")], []).filter((record) => record.rule === SECRETS);
    const { changes } = apply(2, second, afterwards(1, first, NOTHING_KNOWN), { rejudge: shown });
    expect(changes).toMatchObject([{ subject: LEAK, kind: "newly-detected" }]);
  });
});

function secret(path: string): ClassFact {
  return { path, class: path.endsWith("pin") ? "pin" : "api_key", confidence: 0.9, count: 1, masked: false, sample: false };
}

function leaking(...paths: readonly string[]): Observation {
  return response({ body: { classes: paths.map(secret) } });
}

function announcing(): Observation {
  return response({ headers: { sunset: new Date(NOW + 40 * DAY).toUTCString() } });
}

type Rejudging = "with" | "without";

/** Audits night after night, each of which sees the certificate at least; what the last one says about a rule: subject, kind, cause. */
function story(
  nights: readonly (readonly Observation[])[],
  rejudging: Rejudging = "with",
  declared: Partial<Integration> | readonly Partial<Integration>[] = {},
  rule = SECRETS,
): readonly (readonly string[])[] {
  let known = NOTHING_KNOWN;
  let newest: readonly Observation[] = [];
  let told: readonly (readonly string[])[] = [];
  for (const [index, observations] of nights.entries()) {
    const integration = anIntegration(Array.isArray(declared) ? declared[index] : declared);
    const open = known.findings.filter(isLive).map(({ subject }) => subject);
    const records = [...recordsOf(integration, observations, open, rule), passing()];
    const asked = records.map(({ subject }) => subject);
    const old = newest;
    const rejudge: Rejudge = (_rule, subject) => judged(integration, old, asked, rule).find((result) => result.subject === subject);
    const injected = rejudging === "with" ? { rejudge, rejudgeNow: rejudge } : {};
    const { changes } = apply(index + 1, records, known, injected);
    for (const change of changes) expect(isRegression(change)).toBe(change.kind === "new" || change.kind === "reopened");
    told = changes.filter(({ kind }) => kind !== "resolved" && !kind.endsWith("sight")).map((one) => [one.subject, one.kind, one.cause]);
    const facts = observations.filter(({ outcome }) => outcome === "observed");
    newest = [
      ...old.filter((one) => !facts.some((fact) => fact.key.endpoint === one.key.endpoint && fact.key.origin === one.key.origin)),
      ...facts,
    ];
    known = { ...afterwards(index + 1, records, known, injected), observations: newest.map(encodeObservation) };
  }
  return told;
}

function recordsOf(
  integration: Integration,
  observations: readonly Observation[],
  known: readonly string[],
  rule = SECRETS,
): VerdictRecord[] {
  return judged(integration, observations, known, rule).map((result) => {
    const evidence = result.evidence.map((reference) => ({ ...reference, hash: reference.hash ?? "" }));
    const hashes = evidence.map(({ hash }) => hash).sort();
    return { ...result, evidence, causes: { evidence: sha256Hex(hashes.join()), rules: "r", config: "c", tool: "t" } };
  });
}

function judged(integration: Integration, observations: readonly Observation[], known: readonly string[], rule: string): JudgedResult[] {
  const hashOf = (observation: Observation) => {
    const { evidence, failure = "" } = encodeObservation(observation);
    return evidence?.hash ?? sha256Hex(failure);
  };
  const options = { policy: { packs: [], rules: {} }, families: RULE_FAMILIES, known: known.map((subject) => ({ rule, subject })), hashOf };
  return judge({ integration, observations, asOf: NOW }, options).filter((result) => result.rule === rule);
}
