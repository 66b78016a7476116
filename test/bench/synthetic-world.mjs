// A made-up estate that changes as real ones do, told as the commits that audits of it would make. Every draw comes from a seed,
// so that two builds of the same size are the same history.
// Rates: docs/benchmarks.md says them beside the figures.
import { milestonesOf } from "../../dist/src/app/milestones.js";
import { canonicalJson, sha256Hex } from "../../dist/src/model/digest.js";
import { fingerprint, integrationIdentity } from "../../dist/src/model/fingerprint.js";
import { DAY, HOUR, isoDay, isoInstant } from "../../dist/src/model/instant.js";
import { evidenceContent } from "./synthetic-evidence.mjs";
import { randomFrom } from "./synthetic-random.mjs";

export const FIRST_DAY = Date.UTC(2021, 10, 23, 2, 30);
const UNREACHABLE = 0.01;
/** Chance that a change of evidence turns one verdict that rests on it; more of them mend than break, or all would be broken in the end. */
const TURNS = 0.1;
const MENDS = 0.75;
const FAILS_AT_FIRST = 0.03;
/** Chance per day that the evidence of a question changes. */
export const QUESTIONS = [
  { kind: "tls-session", changes: 0.011 },
  { kind: "tls", changes: 0.001 },
  { kind: "http-response", endpoint: "orders", changes: 0.03 },
  { kind: "http-response", endpoint: "customers", changes: 0.012 },
  { kind: "http-plaintext", changes: 0 },
  { kind: "http-unauthenticated", endpoint: "orders", changes: 0.006 },
];
const FAMILIES = {
  "tls-session": "certificate",
  tls: "tls",
  "http-response": "data",
  "http-plaintext": "header",
  "http-unauthenticated": "auth",
};
const TOOL_UPGRADE_DAYS = 60;

/** The estate; `auditsOf(day)` gives the commits of one day's run, in the order of the integrations. */
export function syntheticWorld(integrations, seed = 1) {
  const estate = Array.from({ length: integrations }, (_, index) => newIntegration(index, randomFrom(seed * 1_000_003 + index)));
  return {
    integrations: estate.map(({ identity }) => identity),
    runOf: (day) => runOf(day, integrations),
    endOf: (day) => ({
      finishedAt: startOf(day) + 600_000,
      monotonicMs: 600_000,
      status: "complete",
      coverage: 0.97,
      gate: "passed",
      sent: { connections: 6 * estate.length, requests: 2 * estate.length },
      told: { notices: [], blind: false, bound: { connections: 24 * estate.length, requests: 4 * estate.length } },
    }),
    *auditsOf(day) {
      for (const integration of estate) yield auditOf(integration, day);
    },
  };
}

export function ulidOf(day) {
  return `${String(day).padStart(6, "0")}01KARB3PWQ8Z3N7XJ9Q2`;
}

export function startOf(day) {
  return FIRST_DAY + day * DAY;
}

function runOf(day, planned) {
  const release = Math.floor(day / TOOL_UPGRADE_DAYS);
  return {
    ulid: ulidOf(day),
    startedAt: startOf(day),
    vantage: "local",
    toolVersion: `0.${release}.0`,
    ruleset: { hash: sha256Hex(`ruleset ${release}`), manifest: canonicalJson(Object.fromEntries(RULE_NAMES.map((name) => [name, 1]))) },
    capabilityHash: toolHash(day),
    planned,
    trigger: "cron",
  };
}

function newIntegration(index, random) {
  const id = `integration-${String(index).padStart(4, "0")}`;
  const identity = {
    uid: integrationIdentity(id, []),
    id,
    name: `Provider ${index} API`,
    owner: `team-${index % 20}`,
    criticality: "high",
  };
  const origin = `https://api.provider-${index}.example`;
  const address = `203.0.${index % 250}.${(index * 7) % 250}`;
  const configuration = canonicalJson({
    integration: { id, baseUrl: origin, endpoints: ["orders", "customers"], tags: ["bench"] },
    policy: {},
  });
  const integration = {
    identity,
    random,
    host: `api.provider-${index}.example:443`,
    configuration: { hash: sha256Hex(configuration), json: configuration },
    configHashes: Array.from({ length: 4 }, (_, n) => sha256Hex(`${id} ${n}`)),
    findings: new Map(),
    blindSince: undefined,
  };
  integration.observations = QUESTIONS.map(({ kind, endpoint }) => ({
    probe: kind,
    kind,
    key: { origin, address, ...(endpoint === undefined ? {} : { endpoint }) },
    cited: `${origin}|${address}|${endpoint ?? ""}`,
  }));
  for (const observation of integration.observations) look(observation, random, FIRST_DAY);
  const verdicts = 20 + Math.floor(random() * 41);
  integration.questions = Array.from({ length: verdicts }, (_, n) => newQuestion(n, integration, random));
  return integration;
}

function newQuestion(n, integration, random) {
  const observation = integration.observations[n % QUESTIONS.length];
  const rule = RULE_NAMES[n];
  return {
    rule,
    subject: subjectOf(observation, n),
    observation,
    fails: random() < FAILS_AT_FIRST,
    config: integration.configHashes[n % 4],
    rules: RULE_HASHES[n],
  };
}

function subjectOf({ kind, key }, n) {
  if (kind === "tls-session") return "leaf";
  if (kind === "tls") return `tls1.${n % 3}`;
  return key.endpoint === undefined ? "" : n % 12 < 6 ? `endpoint:${key.endpoint}` : `$.data[].field_${n}`;
}

function auditOf(integration, day) {
  const { random, identity, configuration, host } = integration;
  const at = startOf(day) + Math.floor(random() * 600_000);
  const isBlind = day > 0 && random() < UNREACHABLE;
  const turned = isBlind ? new Set() : liveOneDay(integration, day);
  const verdicts = integration.questions.map((question) => (isBlind ? blindVerdict(question, day) : verdictOf(question, day, at)));
  const { findings, changes, events = [] } = isBlind ? loseSight(integration, day, at) : see(integration, verdicts, day, at, turned);
  return {
    run: ulidOf(day),
    at,
    integration: identity,
    visibility: isBlind ? "unreachable" : "observed",
    score: isBlind ? null : 100 - 15 * Math.min(6, findings.filter(({ presence }) => presence === "open").length),
    coverage: isBlind ? 0 : 0.97,
    latencyMs: 60 + Math.floor(random() * 200),
    sent: isBlind ? { connections: 2, requests: 0 } : { connections: 9, requests: 3 },
    day: isoDay(at),
    configuration,
    observations: integration.observations.map((observation) => observed(observation, isBlind, at + Math.floor(random() * 3000))),
    verdicts,
    findings,
    dropped: [],
    endedDecisions: [],
    waivers: [],
    changes,
    events,
    milestones: isBlind ? [] : integration.observations.flatMap(({ milestones }) => milestones),
    pace: [{ host, pace: { lanes: 6, limited: false }, at }],
    maps: [{ endpoint: "orders", paths: ["$.data[].metadata"] }],
  };
}

/** Evidence that changes today, and the questions whose verdict turns with it. */
function liveOneDay(integration, day) {
  const { random } = integration;
  const turned = new Set();
  if (day === 0) return turned;
  for (const [index, observation] of integration.observations.entries()) {
    if (random() >= QUESTIONS[index].changes) continue;
    look(observation, random, startOf(day));
    if (random() >= TURNS) continue;
    const resting = questionsOn(integration, observation);
    const question = resting[Math.floor(random() * resting.length)];
    if (question === undefined) continue;
    question.fails = !question.fails;
    turned.add(question);
  }
  return turned;
}

function questionsOn({ questions, random }, observation) {
  const resting = questions.filter((question) => question.observation === observation);
  const failing = resting.filter(({ fails }) => fails);
  return failing.length > 0 && random() < MENDS ? failing : resting;
}

/** Something else is seen from now on. */
function look(observation, random, at) {
  const { probe, kind, key } = observation;
  const evidence = evidenceContent(kind, random, { place: observation.cited, at });
  const json = canonicalJson(evidence);
  observation.evidence = { hash: sha256Hex(`${kind}@1\n${json}`), kind, version: 1, json };
  observation.milestones = milestonesOf([{ probe, kind, key, outcome: "observed", observedAt: at, durationMs: 0, evidence }], []);
}

function observed({ probe, kind, key, evidence }, isBlind, observedAt) {
  if (isBlind) return { probe, kind, key, outcome: "unreachable", observedAt, failure: UNREACHABLE_FAILURE, carried: false };
  return { probe, kind, key, outcome: "observed", observedAt, evidence, carried: false };
}

/** The words of certificates count down every day; those of the others stay. */
function verdictOf(question, day, at) {
  const { rule, subject, observation, fails } = question;
  const countsDown = observation.kind === "tls-session" && RULE_NAMES.indexOf(rule) < 18;
  const until = FIRST_DAY + (Math.floor((at - FIRST_DAY) / (90 * DAY)) + 1) * 90 * DAY;
  const days = Math.floor((until - at) / DAY);
  return {
    rule,
    ruleRevision: 1,
    subject,
    verdict: fails ? "fail" : "pass",
    outcome: fails ? "not-as-it-should-be" : "as-it-should-be",
    ...(fails
      ? { severity: "medium", title: `A sentence that says what ${rule} found`, message: countsDown ? `It ends in ${days} days.` : MESSAGE }
      : {}),
    confidence: 0.95,
    data: countsDown ? { until: isoInstant(until), days } : {},
    evidence: [cited(question, countsDown ? `notAfter ${isoInstant(until)}` : "as it was seen")],
    causes: causesOf(question, [question.observation.evidence.hash], day),
  };
}

function blindVerdict(question, day) {
  return {
    rule: question.rule,
    ruleRevision: 1,
    subject: question.subject,
    verdict: "unobserved",
    outcome: "unobserved",
    reason: "connect_timeout",
    confidence: 1,
    data: {},
    evidence: [],
    causes: causesOf(question, [], day),
  };
}

function cited({ observation }, summary) {
  return { kind: observation.kind, key: observation.cited, pointer: "/chain/0", summary, hash: observation.evidence.hash };
}

/** As app/judge-integration.ts makes them. */
function causesOf({ rules, config }, hashes, day) {
  return { evidence: evidenceCause(hashes.join("\n")), rules, config, tool: toolHash(day) };
}

const memo = new Map();
function evidenceCause(text) {
  if (memo.size > 20_000) memo.clear();
  const known = memo.get(text) ?? sha256Hex(text);
  memo.set(text, known);
  return known;
}

function toolHash(day) {
  return evidenceCause(`tool ${Math.floor(day / TOOL_UPGRADE_DAYS)}`);
}

function see(integration, verdicts, day, at, turned) {
  const [changes, events] = [[], []];
  const wasTold = isLongBlind(integration, integration.lastBlindAt);
  integration.blindSince = undefined;
  integration.blindRuns = 0;
  for (const [index, question] of integration.questions.entries()) {
    const { findings, identity } = integration;
    const former = findings.get(question);
    if (question.fails) {
      const finding = failing(identity, question, verdicts[index], former, day, at);
      findings.set(question, finding);
      if (former?.presence === "clearing") events.push(eventOf(finding, "relapsed", "pass", "fail"));
      else if (turned.has(question)) changes.push(changeOf(finding, former === undefined ? "new" : "reopened", "pass", "fail"));
      else if (former === undefined) events.push(openedEvent(finding));
      else if (wasTold && former.presence === "open") changes.push(changeOf(finding, "regained-sight", "unobserved", "fail"));
    } else if (former?.presence === "open") {
      const { unobservedSince: _seen, ...rest } = former;
      const finding = { ...rest, presence: "clearing", streak: 1, streakAt: at, blindRuns: 0, lastRunApplied: ulidOf(day) };
      findings.set(question, finding);
      events.push(eventOf(finding, "clearing", "fail", "pass"));
    } else if (former?.presence === "clearing") {
      const { streakAt: _over, ...rest } = former;
      const finding = { ...rest, presence: "resolved", streak: 0, resolvedAt: at, lastRunApplied: ulidOf(day) };
      findings.set(question, finding);
      changes.push(changeOf(finding, "resolved", "fail", "pass"));
    }
  }
  return { findings: touchedToday(integration, day), changes, events };
}

function loseSight(integration, day, at) {
  const wasTold = isLongBlind(integration, integration.lastBlindAt);
  integration.blindSince ??= at;
  integration.blindRuns = (integration.blindRuns ?? 0) + 1;
  integration.lastBlindAt = at;
  const isNews = !wasTold && isLongBlind(integration, at);
  const changes = [];
  for (const [question, finding] of integration.findings) {
    if (finding.presence !== "open") continue;
    const lost = { ...finding, unobservedSince: integration.blindSince, blindRuns: finding.blindRuns + 1, lastRunApplied: ulidOf(day) };
    integration.findings.set(question, lost);
    if (isNews) changes.push(changeOf(lost, "lost-sight", "fail", "unobserved"));
  }
  return { findings: touchedToday(integration, day), changes };
}

/** As remember/changes/steadiness.ts has it: three nights, and a week. */
function isLongBlind({ blindSince, blindRuns }, at) {
  return blindSince !== undefined && blindRuns >= 3 && at - blindSince >= 7 * DAY - HOUR;
}

function touchedToday({ findings }, day) {
  return [...findings.values()].filter(({ lastRunApplied }) => lastRunApplied === ulidOf(day));
}

function failing(identity, { rule, subject }, verdict, former, day, at) {
  const isOpen = former?.presence === "open" || former?.presence === "clearing";
  return {
    fingerprint: former?.fingerprint ?? fingerprint(identity.uid, rule, subject),
    integrationUid: identity.uid,
    integrationId: identity.id,
    rule,
    ruleRevision: 1,
    subject,
    presence: "open",
    triage: "none",
    severity: verdict.severity,
    outcome: verdict.outcome,
    title: verdict.title,
    message: verdict.message,
    confidence: verdict.confidence,
    cause: "target",
    streak: 0,
    flaps: [],
    blindRuns: 0,
    reopened: isOpen || former === undefined ? (former?.reopened ?? 0) : former.reopened + 1,
    firstSeenAt: former?.firstSeenAt ?? at,
    openedAt: isOpen ? former.openedAt : at,
    lastSeenAt: at,
    dueAt: isOpen ? former.dueAt : at + 90 * DAY,
    lastRunApplied: ulidOf(day),
  };
}

function openedEvent({ fingerprint: print, presence, severity, outcome }) {
  return { fingerprint: print, kind: "opened", cause: "target", detail: { after: { presence, severity, outcome } } };
}

function eventOf({ fingerprint: print, severity, outcome, presence }, kind, before, after) {
  const side = (verdict) => ({ verdict, outcome, severity, presence });
  return { fingerprint: print, kind, cause: "target", detail: { before: side(before), after: side(after) } };
}

function changeOf({ fingerprint: print, integrationId, rule, subject, severity, outcome, presence }, kind, before, after) {
  const side = (verdict) => ({ verdict, outcome, severity, presence });
  return { fingerprint: print, integration: integrationId, rule, subject, kind, cause: "target", before: side(before), after: side(after) };
}

const RULE_NAMES = Array.from({ length: 60 }, (_, n) => `${FAMILIES[QUESTIONS[n % QUESTIONS.length].kind]}/question-number-${n}`);
const RULE_HASHES = RULE_NAMES.map((name) => sha256Hex(name));
const MESSAGE = "What was seen is not what a consumer should depend on; the sentence is about as long as those of the rules.";
const UNREACHABLE_FAILURE = canonicalJson({ phase: "connect", reason: "connect_timeout", retriable: true });
