// npm run bench:headers: what judging the heads of ten thousand stored answers costs, from the form that the store keeps, on one core, beside
// reading their JSON alone; the medians of several rounds go into docs/benchmarks.md.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { replaceSection } from "./section.mjs";

const { recordedAnswers } = await import("../../dist/src/app/recorded-answers.js");
const { decodeEvidence, encodeEvidence } = await import("../../dist/src/evidence/codec.js");
const { redact } = await import("../../dist/src/evidence/redact.js");
const { judge } = await import("../../dist/src/judge/rules/engine.js");
const { RULES } = await import("../../dist/src/judge/rules/registry.js");
const { integrationIdentity } = await import("../../dist/src/model/fingerprint.js");
const { headFacts } = await import("../../dist/src/observe/classify/head/head-facts.js");
const { holdsSensitive } = await import("../../dist/src/observe/classify/sensitive-claims.js");

const ANSWERS = 10_000;
const ROUNDS = 9;
const AT = Date.parse("2026-12-01T09:00:00Z");
const BANNERS = [
  "nginx/1.18.0 (Ubuntu)",
  "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16",
  "Microsoft-IIS/10.0",
  "openresty/1.25.3.1",
  "",
];
const { answers } = recordedAnswers(readFileSync(new URL("../fixtures/headers/well-run.txt", import.meta.url)));

const stored = Array.from({ length: ANSWERS }, (_, at) => {
  const recorded = answers[at % answers.length];
  const server = BANNERS[at % BANNERS.length];
  const sunset = new Date(AT + (at % 400) * 86_400_000).toUTCString();
  const headers = [
    ...recorded.headers.filter(([name]) => name !== "server" || server === ""),
    ...(server === "" ? [] : [["server", server]]),
    ...(at % 7 === 0 ? [["sunset", sunset]] : []),
    [`x-answer-${at % 97}`, String(at)],
  ];
  const origin = `https://api-${at}.acme.example`;
  const evidence = redact(
    "http-response",
    {
      endpoint: "orders",
      request: { method: "GET", origin, path: "/orders", digest: "0123456789abcdef" },
      credential: { state: "sent", in: "header" },
      status: 200,
      httpVersion: "1.1",
      headers,
      head: headFacts({ ...recorded, headers }, AT, { isSensitive: holdsSensitive }),
      body: { state: "classified", format: "json", records: 1, shape: [], classes: [], maps: [] },
    },
    (text) => text,
  );
  return { origin, evidence: encodeEvidence("http-response", evidence), integration: integrationOf(origin, at) };
});

function integrationOf(origin, at) {
  const id = `api-${at}`;
  return {
    id,
    uid: integrationIdentity(id, []),
    previousIds: [],
    name: id,
    adHoc: false,
    criticality: "medium",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: origin,
    additionalUrls: [],
    headers: {},
    auth: { scheme: "api-key", in: "header", name: "X-Api-Key", neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [{ id: "orders", method: "GET", path: "/orders", safe: false, everyMs: 86_400_000, cost: "free", expect: {} }],
    waivers: [],
  };
}

function parsedAlone() {
  let octets = 0;
  for (const { evidence } of stored) octets += JSON.parse(evidence.json).headers.length > 0 ? evidence.json.length : 0;
  return octets;
}

function allRules(families) {
  let results = 0;
  for (const { origin, evidence, integration } of stored) {
    const decoded = decodeEvidence(evidence);
    if (!decoded.ok) throw new Error(decoded.error);
    const observation = {
      probe: "http-response",
      kind: "http-response",
      key: { origin, endpoint: "orders" },
      observedAt: AT,
      durationMs: 0,
      outcome: "observed",
      evidence: decoded.value.evidence,
    };
    const options = { policy: { packs: [], rules: {} }, families, known: [], hashOf: () => "" };
    results += judge({ integration, observations: [observation], asOf: AT }, options).length;
  }
  return results;
}

const kinds = { parsed: parsedAlone, headers: () => allRules(["header"]), rules: () => allRules(["header", "lifecycle"]) };
const walls = { parsed: [], headers: [], rules: [] };
let results = 0;
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, work] of Object.entries(kinds)) {
    const begun = performance.now();
    const done = work();
    const wall = performance.now() - begun;
    if (name === "rules") results = done;
    // The first round warms up.
    if (round > 0) walls[name].push(wall);
  }
}
const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const countOf = (family) => RULES.filter(({ meta }) => meta.id.startsWith(`${family}/`)).length;
const row = (what, name) => {
  const all = sorted(walls[name]);
  return `| ${what} | ${(median(all) / 1000).toFixed(2)} s | ${(all[0] / 1000).toFixed(2)} to ${(all.at(-1) / 1000).toFixed(2)} s | ${(median(all) / median(walls.parsed)).toFixed(1)} |`;
};
const lines = [
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:headers\` (${cpus()[0]?.model ?? "unknown"}, Node ${process.version}): ${ANSWERS.toLocaleString("en-US")} stored answers of ${answers.length} kinds`,
  `of APIs, ${countOf("header")} rules about headers and ${countOf("lifecycle")} about lifecycle, ${results.toLocaleString("en-US")} results, on one core, ${ROUNDS} rounds in turn; aim: under 2 s.`,
  "",
  "| work | median | min to max | beside reading the JSON |",
  "|---|---|---|---|",
  row("`JSON.parse` of each, alone", "parsed"),
  row("checked, decoded and judged by the rules about headers", "headers"),
  row("the same with those about lifecycle", "rules"),
];
replaceSection("headers", lines.join("\n"));
process.stdout.write(`${lines.join("\n")}\n`);
