// Times of the questions that commands ask, beside the same rows by bare SQL on the same file and connection.
import { inflateRawSync } from "node:zlib";

import { FLEET_KINDS, NEWEST_JUDGED } from "../../dist/src/app/forecast.js";
import { DAY } from "../../dist/src/model/instant.js";

const ROUNDS = 7;

/** Medians in milliseconds: wall clock, and time of the processor, which tells more where others use the machine too. */
export function queryTimes(db, operations, { latest, middle, integration, now }) {
  const fingerprint = operations.findings({})[0].fingerprint;
  const hashes = (run) =>
    operations.auditsOf(run).flatMap(({ verdicts }) => verdicts.flatMap(({ evidence }) => evidence.map(({ hash }) => hash)));
  const ofLatest = [...new Set(hashes(latest))];
  const runId = (ulid) => db.prepare("SELECT id FROM run WHERE ulid = ?").pluck().get(ulid);
  const bare = statements(db);
  const track = db
    .prepare("SELECT track.id FROM track JOIN integration ON integration.id = integration_id WHERE uid = ?")
    .pluck()
    .get(integration);
  const compare = (before, after) => ({
    store: () => operations.auditsThatDiffer(before, after).before,
    bare: () => bare.differing.all(runId(before), runId(after)),
  });
  const questions = {
    "audit: knowledge of one integration": {
      store: () => operations.knowledge(integration, "local", now).observations,
      bare: () => [...bare.findingsOf.all(track), ...bare.saidBy.all(track, track), ...bare.answersOf.all(track)],
    },
    "history: the fleet": {
      store: () => operations.fleet(samples(now), FLEET_KINDS, NEWEST_JUDGED),
      bare: () => bare.milestones.all(),
    },
    "history ID: one integration": {
      store: () => operations.integrationHistory(integration).verdicts,
      bare: () => [...bare.saidEver.all(track), ...bare.milestonesOf.all(track)],
    },
    "status: pulse": { store: () => operations.pulse().sightings, bare: () => bare.lastSeen.all() },
    "rule backtest: newest audits": { store: () => operations.newestAudits(), bare: () => bare.lastSeen.all() },
    "rule backtest: one audit": {
      store: () => operations.audit({ run: latest, uid: integration, vantage: "local" }).verdicts,
      bare: () => [...bare.saidBy.all(track, track), ...bare.answersOf.all(track)],
    },
    "finding show: events of a finding": { store: () => operations.findingEvents(fingerprint), bare: () => bare.events.all(fingerprint) },
    "run list: runs(20)": { store: () => operations.runs(20), bare: () => bare.runs.all() },
    "run compare: yesterday and today": compare(dayBefore(operations, latest), latest),
    "run compare: half the time apart": compare(middle, latest),
    "finding list: findings({})": { store: () => operations.findings({}), bare: () => bare.findings.all() },
    "report: reportableAudits(latest)": { store: () => operations.reportableAudits(latest), bare: () => bare.said.all(runId(latest)) },
    "report RUN: reportableAudits(half the time ago)": {
      store: () => operations.reportableAudits(middle),
      bare: () => bare.said.all(runId(middle)),
    },
    "run show: auditsOf(latest)": { store: () => operations.auditsOf(latest), bare: () => bare.said.all(runId(latest)) },
    "run show: auditsOf(half the time ago)": { store: () => operations.auditsOf(middle), bare: () => bare.said.all(runId(middle)) },
    "report --evidence: evidence of one run": {
      store: () => operations.evidence(ofLatest),
      bare: () => ofLatest.map((hash) => bare.body.get(Buffer.from(hash, "hex"))).map((body) => inflateRawSync(body).toString()),
    },
  };
  return Object.entries(questions).map(([name, { store, bare: plain }]) => {
    const [through, alone] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      through.push(timed(store));
      alone.push(timed(plain));
    }
    const medians = (times) => ({ wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) });
    return { name, store: medians(through), bare: medians(alone), rows: store().length };
  });
}

function statements(db) {
  const sql = (text) => db.prepare(text);
  return {
    findingsOf: sql("SELECT * FROM finding WHERE track_id = ?"),
    saidBy: sql(
      `SELECT claim.*, wording.* FROM judgement JOIN sheet ON sheet.id = sheet_id JOIN json_each(claims) AS said
         JOIN claim ON claim.id = said.value JOIN wording ON wording.track_id = ? AND wording.claim_id = said.value
       WHERE judgement.track_id = ? AND last_run IS NULL`,
    ),
    answersOf: sql(
      `SELECT question.*, answer.*, body FROM answer JOIN question ON question.id = question_id
         LEFT JOIN evidence_body ON evidence_body.evidence_id = answer.evidence_id WHERE track_id = ?`,
    ),
    events: sql("SELECT * FROM event LEFT JOIN run ON run.id = run_id WHERE fingerprint = ?"),
    runs: sql("SELECT * FROM run JOIN ruleset ON ruleset.id = ruleset_id ORDER BY run.id DESC LIMIT 20"),
    findings: sql(
      "SELECT * FROM finding JOIN track ON track.id = track_id JOIN integration ON integration.id = integration_id ORDER BY slug",
    ),
    milestones: sql("SELECT * FROM milestone WHERE kind IN ('certificate', 'address')"),
    milestonesOf: sql("SELECT * FROM milestone WHERE track_id = ?"),
    saidEver: sql("SELECT judgement.*, claims FROM judgement JOIN sheet ON sheet.id = sheet_id WHERE track_id = ?"),
    lastSeen: sql("SELECT id, (SELECT max(run_id) FROM audit WHERE audit.track_id = track.id AND visibility <= 1) AS run FROM track"),
    body: sql("SELECT body FROM evidence_body JOIN evidence ON id = evidence_id WHERE hash = ?").pluck(),
    differing: sql(
      `SELECT a.track_id FROM audit AS a JOIN audit AS b ON b.track_id = a.track_id AND b.run_id = ? WHERE a.run_id = ? AND ${sheetAt("a")} <> ${sheetAt("b")}`,
    ),
    said: sql(
      `SELECT audit.*, claim.*, wording.* FROM audit
         JOIN judgement ON judgement.track_id = audit.track_id AND judgement.first_run =
           (SELECT max(first_run) FROM judgement AS j WHERE j.track_id = audit.track_id AND j.first_run <= audit.run_id)
         JOIN sheet ON sheet.id = sheet_id JOIN json_each(claims) AS said JOIN claim ON claim.id = said.value
         JOIN wording ON wording.track_id = audit.track_id AND wording.claim_id = said.value AND wording.first_run =
           (SELECT max(first_run) FROM wording AS w WHERE w.track_id = audit.track_id AND w.claim_id = said.value AND w.first_run <= audit.run_id)
       WHERE audit.run_id = ?`,
    ),
  };
}

/** As app/history.ts asks. */
function samples(now) {
  return [30, 25, 20, 15, 10, 5, 0].map((days) => now - days * DAY);
}

function sheetAt(audit) {
  return `(SELECT sheet_id FROM judgement WHERE track_id = ${audit}.track_id AND first_run <= ${audit}.run_id ORDER BY first_run DESC LIMIT 1)`;
}

function dayBefore(operations, ulid) {
  const runs = operations.runs(2).map((run) => run.ulid);
  return runs[runs.indexOf(ulid) + 1];
}

function timed(work) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - begun, cpu: (user + system) / 1000 };
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
