import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../../src/model/digest.ts";
import type { Change } from "../../../src/model/finding.ts";
import { integrationIdentity } from "../../../src/model/fingerprint.ts";
import type { HistoryStore } from "../../../src/model/history-store.ts";
import { DAY, HOUR } from "../../../src/model/instant.ts";
import {
  ACME,
  aCommit,
  aFinding,
  aRun,
  evidenceOf,
  failing,
  NOON,
  observed,
  passing,
  theEnd,
  ulid,
  unanswered,
  unobserved,
} from "../samples.ts";

/** A place for one history. `open` may be called several times: each is another connection to the same history. */
export interface HistoryPlace {
  open(now?: () => number): Promise<HistoryStore>;
  remove(): Promise<void>;
}

/** What every HistoryStore keeps to, whatever it is made of. */
export function describeHistoryStore(name: string, makePlace: () => Promise<HistoryPlace>): void {
  describe(`${name} as a HistoryStore`, () => {
    let place: HistoryPlace;
    let store: HistoryStore;
    beforeEach(async () => {
      place = await makePlace();
      store = await place.open(() => NOON + 2 * DAY);
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const audited = async (n: number, over: Parameters<typeof aCommit>[1] = {}) => {
      await store.beginRun(aRun(n));
      await store.commitAudit(aCommit(n, over));
      await store.finishRun(ulid(n), theEnd(n));
    };

    it("knows nothing of an integration that was never audited", async () => {
      expect(await store.knowledge(ACME.uid, "local")).toEqual({
        known: false,
        findings: [],
        waivers: [],
        observations: [],
        pace: [],
        sentLast31Days: { connections: 0, requests: 0 },
        maps: [],
      });
    });

    it("gives back what an audit committed", async () => {
      await audited(1, {
        pace: [{ host: "api.acme.example:443", pace: { lanes: 1, limited: true, leaveAloneMs: 5000 }, at: NOON }],
        maps: [{ endpoint: "list", paths: ["$.byId"] }],
      });
      const knowledge = await store.knowledge(ACME.uid, "local");
      expect(knowledge).toEqual({
        known: true,
        baseline: { run: ulid(1), at: NOON + DAY, configurationHash: aCommit(1).configuration.hash, verdicts: [failing()] },
        findings: [aFinding(1)],
        waivers: [],
        observations: [observed("tls-session", { version: "TLS 1.3" }, { observedAt: NOON + DAY })],
        pace: [{ host: "api.acme.example:443", lanes: 1, limited: true, leaveAloneUntil: NOON + 5000 }],
        sentLast31Days: { connections: 9, requests: 2 },
        maps: [{ endpoint: "list", paths: ["$.byId"] }],
      });
    });

    it("keeps everything for another connection", async () => {
      await audited(1);
      const other = await place.open();
      expect((await other.knowledge(ACME.uid, "local")).baseline?.run).toBe(ulid(1));
      await other.close();
    });

    it("changes nothing when an audit is committed twice", async () => {
      await audited(1);
      const before = [await store.knowledge(ACME.uid, "local"), (await store.health()).counts];
      await store.commitAudit(aCommit(1, { verdicts: [passing()], findings: [aFinding(1, { presence: "resolved" })] }));
      expect([await store.knowledge(ACME.uid, "local"), (await store.health()).counts]).toEqual(before);
    });

    it("compares only runs of the same vantage, findings included", async () => {
      await audited(1);
      const elsewhere = await store.knowledge(ACME.uid, "proxy:proxy.example:3128");
      expect(elsewhere).toMatchObject({ known: true, findings: [], observations: [] });
      expect(elsewhere.baseline).toBeUndefined();
      await store.beginRun(aRun(2, { vantage: "proxy:proxy.example:3128" }));
      await store.commitAudit(aCommit(2, { verdicts: [passing()], findings: [] }));
      const here = await store.knowledge(ACME.uid, "local");
      expect(here.baseline).toMatchObject({ run: ulid(1), verdicts: [{ verdict: "fail" }] });
      expect(here.findings).toEqual([aFinding(1)]);
    });

    it("takes the last audit that saw something as baseline, and the last conclusive verdict of each question", async () => {
      const header = { rule: "header/version-disclosure", subject: "server" };
      await audited(1, { verdicts: [failing(), passing(header)] });
      await audited(2, { visibility: "partial", verdicts: [failing(), unobserved("rate_limited", header)] });
      await audited(3, { visibility: "unreachable", verdicts: [unobserved(), unobserved("connect_timeout", header)], findings: [] });
      const { baseline } = await store.knowledge(ACME.uid, "local");
      expect(baseline?.run).toBe(ulid(2));
      expect(baseline?.verdicts).toEqual([failing(), passing(header)]);
    });

    it("forgets for comparison a subject that its rule stopped listing, but not a rule that was not judged", async () => {
      const header = { rule: "header/version-disclosure", subject: "server" };
      await audited(1, { verdicts: [failing(), passing({ subject: "gone" }), passing(header)] });
      await audited(2, { verdicts: [failing()] });
      await audited(3, { visibility: "unreachable", verdicts: [unobserved(), passing({ subject: "gone" })] });
      expect((await store.knowledge(ACME.uid, "local")).baseline?.verdicts).toEqual([failing(), passing(header)]);
    });

    it("counts as baseline what a crashed run committed and nothing else", async () => {
      await audited(1);
      const other = { ...ACME, uid: integrationIdentity("other", []), id: "other" };
      await store.beginRun(aRun(2));
      await store.commitAudit(aCommit(2));
      expect(await store.sweepCrashed(NOON + 3 * DAY)).toEqual([ulid(2)]);
      expect(await store.sweepCrashed(NOON + 3 * DAY)).toEqual([]);
      expect((await store.run(ulid(2)))?.status).toBe("crashed");
      expect((await store.knowledge(ACME.uid, "local")).baseline?.run).toBe(ulid(2));
      expect((await store.knowledge(other.uid, "local")).known).toBe(false);
    });

    it("keeps the newest fact of each question, confirmed last when it was last seen", async () => {
      const one = { key: { origin: "https://api.acme.example", address: "192.0.2.1" } };
      const two = { key: { origin: "https://api.acme.example", address: "192.0.2.2" } };
      await audited(1, { observations: [observed("tls", { a: 1 }, one), observed("tls", { a: 2 }, two)] });
      await audited(2, {
        observations: [
          observed("tls", { a: 1 }, { ...one, observedAt: NOON + 1 }),
          unanswered("tls", "connect_timeout", { ...two, observedAt: NOON + 1 }),
          unanswered("http-plaintext", "connect_refused", { outcome: "refused", observedAt: NOON + 1 }),
        ],
      });
      await audited(3, { observations: [observed("tls", { a: 9 }, { ...one, observedAt: NOON + 2, carried: true })] });
      expect((await store.knowledge(ACME.uid, "local")).observations).toEqual([
        unanswered("http-plaintext", "connect_refused", { outcome: "refused", observedAt: NOON + 1 }),
        observed("tls", { a: 1 }, { ...one, observedAt: NOON + 1 }),
        observed("tls", { a: 2 }, two),
      ]);
    });

    it("stores content once, and gives it back by hash", async () => {
      const content = evidenceOf("tls-session", { version: "TLS 1.3" });
      await audited(1);
      await audited(2);
      expect((await store.health()).counts).toMatchObject({ evidence: 1, observation: 1, verdict: 1, audit: 2 });
      expect(await store.evidence([content.hash, content.hash, sha256Hex("absent")])).toEqual([content]);
      expect(await store.configuration(aCommit(1).configuration.hash)).toBe(aCommit(1).configuration.json);
      expect(await store.configuration(sha256Hex("absent"))).toBeUndefined();
    });

    it("says which verdicts were in force in a run, also where a question was left out in between", async () => {
      const header = { rule: "header/version-disclosure", subject: "server" };
      await audited(1, { verdicts: [failing(), passing(header)] });
      await audited(2, { verdicts: [failing()] });
      await audited(3, { verdicts: [passing({ evidence: "renewed" }), passing(header)], findings: [] });
      const verdicts = async (n: number) => (await store.auditsOf(ulid(n))).flatMap((audit) => audit.verdicts);
      expect(await verdicts(1)).toEqual([failing(), passing(header)]);
      expect(await verdicts(2)).toEqual([failing()]);
      expect(await verdicts(3)).toEqual([passing({ evidence: "renewed" }), passing(header)]);
      const [audit] = await store.auditsOf(ulid(1));
      expect(audit).toMatchObject({ run: ulid(1), at: NOON + DAY, uid: ACME.uid, integrationId: "acme", name: "Acme payments" });
      expect(audit).toMatchObject({ visibility: "observed", score: 15, coverage: 0.93, sent: { connections: 9, requests: 2 } });
    });

    it("keeps the evidence of a verdict with the run it was reached in", async () => {
      await audited(1, { verdicts: [failing("high", { evidence: "first" })] });
      await audited(2, { verdicts: [failing("high", { evidence: "second" })] });
      const hashes = async (n: number) =>
        (await store.auditsOf(ulid(n))).flatMap((audit) => audit.verdicts.flatMap((verdict) => verdict.evidence.map(({ hash }) => hash)));
      expect(await hashes(1)).toEqual([sha256Hex("first"), sha256Hex("first")]);
      expect(await hashes(2)).toEqual([sha256Hex("second"), sha256Hex("second")]);
    });

    it("lists runs with what they sent, newest first, and finds one by id, prefix or word", async () => {
      await audited(1);
      await store.beginRun(aRun(2));
      expect((await store.runs(10)).map((run) => [run.ulid, run.status])).toEqual([
        [ulid(2), "running"],
        [ulid(1), "complete"],
      ]);
      expect(await store.runs(1)).toHaveLength(1);
      expect(await store.run("previous")).toEqual({
        ...aRun(1),
        status: "complete",
        finishedAt: NOON + DAY + 60_000,
        coverage: 0.97,
        gate: "passed",
        observed: 1,
        sent: { connections: 11, requests: 3 },
        told: theEnd(1).told,
      });
      expect((await store.run("latest"))?.ulid).toBe(ulid(2));
      expect((await store.run(ulid(1).slice(0, 6)))?.ulid).toBe(ulid(1));
      expect((await store.run(ulid(1).toLowerCase()))?.ulid).toBe(ulid(1));
      expect(await store.run(ulid(1).slice(0, 5))).toBeUndefined();
      expect(await store.run("______")).toBeUndefined();
    });

    it("refuses a prefix that two runs share", async () => {
      await store.beginRun(aRun(1, { ulid: "01KARBAAAAAAAAAAAAAAAAAAA1" }));
      await store.beginRun(aRun(2, { ulid: "01KARBAAAAAAAAAAAAAAAAAAA2" }));
      expect(await store.run("01KARBA")).toBeUndefined();
      expect((await store.run("01KARBAAAAAAAAAAAAAAAAAAA2"))?.startedAt).toBe(NOON + 2 * DAY);
    });

    it("finds findings by integration, rule, presence and fingerprint", async () => {
      const gone = aFinding(1, { rule: "header/version-disclosure", subject: "server", presence: "resolved", resolvedAt: NOON });
      await audited(1, { findings: [aFinding(1), gone] });
      expect(await store.findings({})).toEqual([aFinding(1), gone]);
      expect(await store.findings({ presence: ["open", "clearing"] })).toEqual([aFinding(1)]);
      expect(await store.findings({ integration: "acme", rule: gone.rule })).toEqual([gone]);
      expect(await store.findings({ integration: ACME.uid })).toHaveLength(2);
      expect(await store.findings({ integration: "another" })).toEqual([]);
      expect(await store.finding(gone.fingerprint)).toEqual(gone);
      expect(await store.finding(gone.fingerprint.slice(0, 6))).toEqual(gone);
      expect(await store.finding(gone.fingerprint.slice(0, 5))).toBeUndefined();
      expect(await store.finding("%%%%%%")).toBeUndefined();
    });

    it("shows a finding that two vantages saw once, as it was applied last", async () => {
      await audited(1);
      await store.beginRun(aRun(2, { vantage: "proxy:proxy.example:3128" }));
      await store.commitAudit(aCommit(2, { findings: [aFinding(2, { severity: "low" })] }));
      expect(await store.findings({})).toEqual([aFinding(2, { severity: "low" })]);
      expect(await store.finding(aFinding(1).fingerprint)).toEqual(aFinding(2, { severity: "low" }));
    });

    it("never lets an audit overwrite what a person decided", async () => {
      await audited(1);
      const decision = { by: "ciso", reason: "contract ends in June", at: NOON + 5, until: NOON + 9 * DAY, severity: "high" } as const;
      await store.setTriage(aFinding(1).fingerprint, "accepted", { ...decision, reference: "MSA-12" });
      await audited(2, { findings: [aFinding(2, { triage: "none" })] });
      const decided = { triage: "accepted", decision: { ...decision, reference: "MSA-12" } };
      expect(await store.finding(aFinding(1).fingerprint)).toMatchObject(decided);
      expect((await store.knowledge(ACME.uid, "local")).findings[0]).toMatchObject(decided);
      await audited(3, { endedDecisions: [{ fingerprint: aFinding(1).fingerprint, decidedAt: decision.at - 1, why: "expired" }] });
      expect((await store.finding(aFinding(1).fingerprint))?.triage).toBe("accepted");
      await audited(4, { endedDecisions: [{ fingerprint: aFinding(1).fingerprint, decidedAt: decision.at, why: "expired" }] });
      expect(await store.finding(aFinding(1).fingerprint)).toEqual(aFinding(4));
    });

    it("keeps an acceptance of what is fixed as seen from here and open as seen from elsewhere", async () => {
      const { fingerprint } = aFinding(1);
      await audited(1);
      await audited(2, { vantage: "proxy:proxy.example:3128" });
      const decision = { by: "ciso", reason: "contract ends in June", at: NOON + 5, until: NOON + 9 * DAY, severity: "high" } as const;
      await store.setTriage(fingerprint, "accepted", decision);
      const fixed = (run: number) => ({
        findings: [aFinding(run, { presence: "resolved" })],
        endedDecisions: [{ fingerprint, decidedAt: decision.at, why: "fulfilled" as const }],
        events: [{ fingerprint, kind: "waiver-fulfilled" as const, cause: "target" as const }],
      });
      await audited(3, fixed(3));
      expect((await store.knowledge(ACME.uid, "proxy:proxy.example:3128")).findings[0]?.triage).toBe("accepted");
      expect((await store.findingEvents(fingerprint)).map(({ kind }) => kind)).not.toContain("waiver-fulfilled");
      await audited(4, { ...fixed(4), vantage: "proxy:proxy.example:3128" });
      expect((await store.knowledge(ACME.uid, "proxy:proxy.example:3128")).findings[0]?.triage).toBe("none");
      expect((await store.findingEvents(fingerprint)).map(({ kind }) => kind)).toContain("waiver-fulfilled");
    });

    it("refuses a decision about a finding that is not there, and an audit of a run that is not there", async () => {
      const note = { by: "ciso", reason: "", at: NOON, severity: "high" } as const;
      await expect(store.setTriage("0".repeat(32), "accepted", note)).rejects.toMatchObject({ name: "StoreFailure", kind: "bug" });
      await expect(store.commitAudit(aCommit(7))).rejects.toMatchObject({ name: "StoreFailure", kind: "bug" });
      expect((await store.health()).counts).toMatchObject({ integration: 0, audit: 0 });
    });

    it("writes one event per change of state, each with its cause, in order", async () => {
      const { fingerprint: print, rule, subject } = aFinding(1);
      await audited(1);
      await audited(2, {
        findings: [aFinding(2, { severity: "critical" })],
        changes: [
          {
            fingerprint: print,
            integration: "acme",
            rule,
            subject,
            kind: "worse",
            cause: "time",
            before: { severity: "high" },
            after: { severity: "critical" },
          },
        ],
      });
      await audited(3);
      await store.setTriage(print, "acknowledged", { by: "ada", reason: "asked them", at: NOON + 4 * DAY, severity: "critical" });
      expect(await store.findingEvents(print)).toEqual([
        {
          at: NOON + DAY,
          run: ulid(1),
          kind: "opened",
          cause: "target",
          detail: '{"after":{"outcome":"expired","presence":"open","severity":"high"}}',
        },
        {
          at: NOON + 2 * DAY,
          run: ulid(2),
          kind: "worse",
          cause: "time",
          detail: '{"after":{"severity":"critical"},"before":{"severity":"high"}}',
        },
        {
          at: NOON + 4 * DAY,
          kind: "triage",
          detail: '{"at":1795780800000,"by":"ada","reason":"asked them","severity":"critical","triage":"acknowledged"}',
        },
      ]);
      expect((await store.health()).integrity).toBe("ok");
    });

    it("leaves nothing of an audit that could not be committed whole", async () => {
      await audited(1);
      const before = [await store.knowledge(ACME.uid, "local"), (await store.health()).counts];
      await store.beginRun(aRun(2));
      const twice = [passing({ evidence: "x" }), passing({ evidence: "y" })];
      await expect(store.commitAudit(aCommit(2, { verdicts: twice }))).rejects.toMatchObject({ kind: "bug" });
      const [knowledge, counts] = before;
      expect(await store.knowledge(ACME.uid, "local")).toEqual(knowledge);
      expect((await store.health()).counts).toEqual({ ...(counts as object), run: 2 });
    });

    it("keeps history over a rename", async () => {
      await audited(1);
      await audited(2, { integration: { ...ACME, id: "acme-pay", name: "Acme pay" } });
      expect((await store.findings({}))[0]).toMatchObject({ integrationId: "acme-pay", integrationUid: ACME.uid });
      expect((await store.health()).counts.integration).toBe(1);
    });

    it("sums what was sent in the last 31 days and forgets what is older", async () => {
      await audited(1, { day: "2026-10-24" });
      await audited(2, { day: "2026-10-26" });
      await audited(3, { day: "2026-11-25" });
      expect((await store.knowledge(ACME.uid, "local")).sentLast31Days).toEqual({ connections: 18, requests: 4 });
    });

    it("spares a host that another integration was turned away from", async () => {
      const host = { host: "shared.example:443", pace: { lanes: 1, limited: true }, at: NOON };
      await audited(1, { pace: [host, { host: "fast.example:443", pace: { lanes: 6, limited: false }, at: NOON }] });
      const other = await store.knowledge(integrationIdentity("other", []), "local");
      expect(other.pace).toEqual([{ host: "shared.example:443", lanes: 1, limited: true }]);
    });

    it("lets no quiet audit lift a limit, nor shorten the time that a host is left alone", async () => {
      const host = "shared.example:443";
      const day = NOON + 2 * DAY;
      const quiet = { host, pace: { lanes: 6, limited: false }, at: day + 1 };
      await audited(1, { pace: [{ host, pace: { lanes: 1, limited: true, leaveAloneMs: 5 * HOUR }, at: day }] });
      await audited(2, { pace: [quiet] });
      await audited(3, { pace: [{ host, pace: { lanes: 1, limited: true, leaveAloneMs: 1 }, at: day + 2 }] });
      await audited(4, { pace: [{ host, pace: { lanes: 1, limited: true }, at: day + 3 }] });
      const spared = { host, lanes: 1, limited: true, leaveAloneUntil: day + 5 * HOUR };
      expect((await store.knowledge(ACME.uid, "local")).pace).toEqual([spared]);
    });

    it("forgets a limit seven days after it was last seen, however many quiet audits came between", async () => {
      const now = NOON + 2 * DAY;
      const host = (name: string, at: number) => ({ host: `${name}.example:443`, pace: { lanes: 1, limited: true }, at });
      const quiet = (name: string, at: number) => ({ host: `${name}.example:443`, pace: { lanes: 6, limited: false }, at });
      await audited(1, { pace: [host("edge", now - 7 * DAY), host("fresh", now - 7 * DAY + 1), host("lifted", now - 9 * DAY)] });
      await audited(2, { pace: [quiet("edge", now - DAY), quiet("fresh", now - DAY), quiet("lifted", now - DAY)] });
      expect((await store.knowledge(ACME.uid, "local")).pace).toEqual([
        { host: "fresh.example:443", lanes: 1, limited: true },
        { host: "lifted.example:443", lanes: 6, limited: false },
      ]);
    });

    it("keeps text from outside as it is, and away from its statements", async () => {
      const nasty = `'); DROP TABLE finding; --\u0000\u202e\ud83d\ude08 "x" \\`;
      await audited(1, {
        integration: { ...ACME, name: nasty },
        verdicts: [failing("high", { subject: nasty })],
        findings: [aFinding(1, { subject: nasty })],
      });
      expect((await store.findings({}))[0]?.subject).toBe(nasty);
      expect((await store.auditsOf(ulid(1)))[0]).toMatchObject({ name: nasty, verdicts: [{ subject: nasty }] });
      expect(await store.findings({ integration: nasty })).toEqual([]);
    });

    it("gives an audit with what was known by its run, as of its time", async () => {
      const list = { key: { origin: "https://api.acme.example", endpoint: "list" } };
      const at = (n: number) => ({ observedAt: NOON + n * DAY });
      await audited(1, {
        observations: [observed("tls-session", { v: 1 }, at(1)), observed("http-response", { a: 1 }, { ...list, ...at(1) })],
      });
      await audited(2, { observations: [observed("tls-session", { v: 1 }, at(2))] });
      await audited(3, {
        observations: [observed("tls-session", { v: 1 }, at(3)), unanswered("http-response", "http_timeout", { ...list, ...at(3) })],
      });
      await audited(4, {
        observations: [observed("tls-session", { v: 2 }, at(4))],
        verdicts: [passing({ evidence: "renewed" })],
        findings: [],
      });
      const known = async (n: number) => (await store.audit({ run: ulid(n), uid: ACME.uid, vantage: "local" }))?.observations;
      const session = (v: number, over: object) => ({ ...bare("tls-session", { v }), ...over });
      const response = { ...bare("http-response", { a: 1 }), ...list };
      const { carried: _never, ...timeout } = unanswered("http-response", "http_timeout", list);
      expect(await known(1)).toEqual([{ ...response, ...at(1), current: true }, session(1, { ...at(1), current: true })]);
      expect(await known(2)).toEqual([{ ...response, ...at(1), current: false }, session(1, { ...at(2), current: true })]);
      expect(await known(3)).toEqual([
        { ...response, ...at(1), current: false },
        { ...timeout, ...at(3), current: true },
        session(1, { ...at(3), current: true }),
      ]);
      expect(await known(4)).toEqual([
        { ...response, ...at(1), current: false },
        session(1, { ...at(3), current: false }),
        session(2, { ...at(4), current: true }),
      ]);
      expect(await store.audit({ run: ulid(3), uid: ACME.uid, vantage: "local" })).toMatchObject({
        run: ulid(3),
        integrationId: "acme",
        at: NOON + 3 * DAY,
        verdicts: [failing()],
      });
      expect(await store.audit({ run: ulid(3), uid: ACME.uid, vantage: "elsewhere" })).toBeUndefined();
      expect(await store.audit({ run: ulid(7), uid: ACME.uid, vantage: "local" })).toBeUndefined();
    });

    it("lists heads of runs by date and of audits by run, of all integrations or of one", async () => {
      const other = { ...ACME, uid: integrationIdentity("other", []), id: "other" };
      await audited(1);
      await store.beginRun(aRun(2));
      await store.commitAudit(aCommit(2));
      await store.commitAudit(aCommit(2, { integration: other, findings: [], vantage: "proxy:p:1" }));
      await audited(3, { visibility: "unreachable", verdicts: [unobserved()] });
      const { planned: _planned, trigger: _trigger, capabilityHash: _capability, ...head } = aRun(2);
      expect(await store.runsBetween(NOON + 2 * DAY, NOON + 3 * DAY)).toEqual([{ ...head, status: "running" }]);
      expect((await store.runsBetween(0, NOON + 9 * DAY)).map((run) => run.ulid)).toEqual([ulid(1), ulid(2), ulid(3)]);
      const acme = { run: ulid(2), uid: ACME.uid, integrationId: "acme", vantage: "local", at: NOON + 2 * DAY, visibility: "observed" };
      const configurationHash = aCommit(2).configuration.hash;
      const both = [
        { ...acme, configurationHash },
        { ...acme, uid: other.uid, integrationId: "other", vantage: "proxy:p:1", configurationHash },
      ];
      expect(await store.auditHeads(ulid(2))).toEqual(both);
      expect(await store.auditHeads(ulid(2), "acme")).toEqual(both.slice(0, 1));
      expect(await store.auditHeads(ulid(2), other.uid)).toEqual(both.slice(1));
      expect(await store.auditHeads(ulid(2), "another")).toEqual([]);
      expect(await store.newestAudits()).toEqual(both);
    });

    it("gives what is known last of every integration, removed ones too, with the newest observation of each question of some kinds", async () => {
      const gone = { ...ACME, uid: integrationIdentity("gone", []), id: "gone", name: "Gone" };
      const configuration = { hash: sha256Hex("newer"), json: '{"newer":true}' };
      const at = (n: number) => ({ observedAt: NOON + n * DAY });
      const list = { key: { origin: "https://api.acme.example", endpoint: "list" } };
      await store.beginRun(aRun(1));
      await store.commitAudit(aCommit(1, { observations: [observed("credential", { a: 1 }, at(1)), observed("domain", { d: 1 }, at(1))] }));
      await store.commitAudit(
        aCommit(1, { integration: gone, findings: [], events: [], observations: [unanswered("domain", "dns_failed", at(1))] }),
      );
      await audited(2, {
        configuration,
        observations: [observed("credential", { a: 2 }, at(2)), observed("credential", { b: 1 }, { ...list, ...at(2) })],
      });
      await audited(3, { visibility: "unreachable", observations: [unanswered("credential", "internal", at(3))] });
      await store.commitRetirement({ ...gone, vantage: "local", run: ulid(3), at: NOON + 3 * DAY, findings: [], events: [], alerts: [] });
      const known = await store.lastKnown(["credential", "domain"]);
      expect(known).toMatchObject([
        {
          ...ACME,
          vantage: "local",
          lastAuditAt: NOON + 3 * DAY,
          lastSeenAt: NOON + 2 * DAY,
          visibility: "unreachable",
          open: { high: 1 },
          configuration: aCommit(3).configuration.json,
        },
        { uid: gone.uid, id: "gone", removedAt: NOON + 3 * DAY, open: {} },
      ]);
      expect(known.map(({ observations }) => observations)).toEqual([
        [
          observed("credential", { a: 2 }, at(2)),
          observed("credential", { b: 1 }, { ...list, ...at(2) }),
          observed("domain", { d: 1 }, at(1)),
        ],
        [unanswered("domain", "dns_failed", at(1))],
      ]);
      expect("removedAt" in (known[0] ?? {})).toBe(false);
      const [only, ...others] = await store.lastKnown(["domain"], [ACME.uid, "nobody"]);
      expect([only?.id, only?.observations.length, others]).toEqual(["acme", 1, []]);
      expect(await store.lastKnown(["domain"], [])).toEqual([]);
    });

    it("finds the audits of two runs of which one says something that the other does not", async () => {
      const same = { ...ACME, uid: integrationIdentity("same", []), id: "same" };
      const once = { ...ACME, uid: integrationIdentity("once", []), id: "once" };
      await store.beginRun(aRun(1));
      await store.beginRun(aRun(2));
      await store.beginRun(aRun(3));
      for (const n of [1, 2, 3]) {
        const verdicts = n === 2 ? [passing({ evidence: "renewed" })] : [failing()];
        await store.commitAudit(aCommit(n, { verdicts, findings: [] }));
        await store.commitAudit(aCommit(n, { integration: same, findings: [], events: [] }));
        if (n === 2) await store.commitAudit(aCommit(n, { integration: once, findings: [], events: [] }));
      }
      const { before, after } = await store.auditsThatDiffer(ulid(1), ulid(2));
      expect(before).toEqual((await store.auditsOf(ulid(1))).filter(({ uid }) => uid === ACME.uid));
      expect(after).toEqual((await store.auditsOf(ulid(2))).filter(({ uid }) => uid === ACME.uid));
      expect((await store.auditsThatDiffer(ulid(2), ulid(2))).before).toEqual([]);
      await expect(store.auditsThatDiffer(ulid(2), ulid(7))).rejects.toMatchObject({ kind: "bug" });
    });

    it("gives what a report tells of a run, as it stands now or with what had happened by then", async () => {
      const { fingerprint: print, rule, subject } = aFinding(1);
      const lost: Change = {
        fingerprint: print,
        integration: "acme",
        rule,
        subject,
        kind: "lost-sight",
        cause: "target",
        before: { presence: "open" },
        after: { presence: "open" },
      };
      await audited(1, { verdicts: [failing(), passing({ rule: "tls/x", subject: "" })] });
      const decision = { by: "ada", reason: "asked", at: NOON + DAY + 1, severity: "high" } as const;
      await store.setTriage(print, "acknowledged", decision);
      await audited(2, { verdicts: [unobserved()], findings: [aFinding(2, { unobservedSince: NOON + 2 * DAY })], changes: [lost] });
      const [first] = await store.reportableAudits(ulid(1));
      const [second] = await store.reportableAudits(ulid(2));
      const finding = aFinding(2, { unobservedSince: NOON + 2 * DAY, triage: "acknowledged", decision });
      expect(first).toMatchObject({ run: ulid(1), first: true, newest: false, coverage: 0.93, verdicts: [failing()], failedBefore: [] });
      expect(first).toMatchObject({ configuration: aCommit(1).configuration.json, sent: { connections: 9, requests: 2 } });
      expect(first?.findings).toEqual([finding]);
      expect(first?.events.map(({ fingerprint, kind, run }) => [fingerprint, kind, run])).toEqual([[print, "opened", ulid(1)]]);
      expect(second).toMatchObject({ first: false, newest: true, verdicts: [unobserved()], findings: [finding] });
      expect(second?.failedBefore).toEqual([{ verdict: failing(), at: NOON + DAY }]);
      expect(second?.events.map(({ kind, run }) => [kind, run])).toEqual([["lost-sight", ulid(2)]]);

      await audited(3, { verdicts: [passing({ evidence: "renewed" })], findings: [aFinding(3, { presence: "resolved" })] });
      const [late] = await store.reportableAudits(ulid(2));
      expect(late?.newest).toBe(false);
      expect(late?.events.map(({ kind, run }) => [kind, run])).toEqual([
        ["opened", ulid(1)],
        ["triage", undefined],
        ["lost-sight", ulid(2)],
      ]);
      expect((await store.reportableAudits(ulid(3)))[0]?.findings).toMatchObject([{ presence: "resolved" }]);
    });

    it("understands a baseline wherever a run is named, and lets its name move", async () => {
      await audited(1);
      await audited(2);
      const q3 = { name: "q3", run: ulid(1), by: "ada", reason: "signed off", at: NOON };
      await store.setBaseline(q3);
      await store.setBaseline({ name: "audit-2026", run: ulid(2), by: "bob", at: NOON });
      expect((await store.baselines()).map(({ name }) => name)).toEqual(["audit-2026", "q3"]);
      expect((await store.run("q3"))?.ulid).toBe(ulid(1));
      await store.setBaseline({ name: "q3", run: ulid(2), by: "bob", at: NOON + 1 });
      expect((await store.baselines())[1]).toEqual({ name: "q3", run: ulid(2), by: "bob", at: NOON + 1 });
      expect((await store.run("q3"))?.ulid).toBe(ulid(2));
      expect(await store.run("q4")).toBeUndefined();
      await expect(store.setBaseline({ ...q3, run: ulid(7) })).rejects.toMatchObject({ kind: "bug" });
      expect((await store.health()).integrity).toBe("ok");
    });

    it("lets one run have the lock, and says who has it", async () => {
      const other = await place.open();
      const first = await store.acquireLock(0);
      expect(first.ok).toBe(true);
      expect(await other.acquireLock(0)).toEqual({ ok: false, error: { pid: process.pid, since: NOON + 2 * DAY } });
      expect((await store.acquireLock(0)).ok).toBe(false);
      const waiting = other.acquireLock(20_000);
      if (first.ok) await first.value.release();
      const second = await waiting;
      expect(second.ok).toBe(true);
      await other.close();
      expect((await store.acquireLock(0)).ok).toBe(true);
    });

    it("stops waiting for the lock when told to", async () => {
      const other = await place.open();
      await store.acquireLock(0);
      const interrupt = new AbortController();
      const waiting = other.acquireLock(2 ** 31 - 1, interrupt.signal);
      setImmediate(() => interrupt.abort());
      const held = { ok: false, error: { pid: process.pid, since: NOON + 2 * DAY } };
      expect(await waiting).toEqual(held);
      expect(await other.acquireLock(2 ** 31 - 1, AbortSignal.abort())).toEqual(held);
      await other.close();
    });

    it("is itself for its whole life, and nobody else", async () => {
      const identity = await store.identity();
      expect(identity).toMatch(/^[0-9a-f]{32}$/);
      const again = await place.open();
      expect(await again.identity()).toBe(identity);
      await again.close();
      const elsewhere = await makePlace();
      const other = await elsewhere.open();
      expect(await other.identity()).not.toBe(identity);
      await other.close();
      await elsewhere.remove();
    });

    it("says when a run last observed something, and of a scheduler's apart", async () => {
      expect(await store.pulse()).toMatchObject({ scheduled: false, sightings: [] });
      expect(Object.keys(await store.pulse()).sort()).toEqual(["bytes", "path", "scheduled", "sightings"]);
      await store.beginRun(aRun(1, { trigger: "cron" }));
      await store.commitAudit(aCommit(1));
      await store.finishRun(ulid(1), { ...theEnd(1), status: "partial" });
      await audited(2);
      await audited(3, { visibility: "unreachable" });
      await store.beginRun(aRun(4));
      await store.commitAudit(aCommit(4));
      await store.sweepCrashed(NOON + 5 * DAY);
      await store.beginRun(aRun(5));
      const { newest, seen, seenByScheduler, crashed, scheduled, bytes } = await store.pulse();
      const ids = [newest, seen, seenByScheduler, crashed].map((run) => run?.ulid);
      expect([ids, scheduled]).toEqual([[ulid(5), ulid(2), ulid(1), ulid(4)], true]);
      expect(seen).toEqual(await store.run(ulid(2)));
      expect(bytes).toBe((await store.health()).bytes);
    });

    it("says when each integration was last seen, from whichever vantage, and when its scheduler came", async () => {
      const other = { ...ACME, uid: integrationIdentity("other", []), id: "other" };
      for (const n of [1, 2, 3]) await store.beginRun(aRun(n, { trigger: n === 2 ? "manual" : "cron" }));
      await store.commitAudit(aCommit(1));
      await store.commitAudit(aCommit(2, { visibility: "partial", vantage: "proxy:proxy.example:3128" }));
      await store.commitAudit(aCommit(3, { visibility: "unreachable" }));
      await store.commitAudit(aCommit(3, { integration: other, visibility: "error", findings: [] }));
      const at = (n: number) => NOON + n * DAY;
      expect((await store.pulse()).sightings).toEqual([
        { uid: ACME.uid, integrationId: "acme", lastSeenAt: at(2), repeated: true, scheduledAt: [at(3), at(1)] },
        { uid: other.uid, integrationId: "other", repeated: false, scheduledAt: [at(3)] },
      ]);
    });

    it("answers what was asked before it closes, and nothing after", async () => {
      const asked = store.beginRun(aRun(1));
      await store.close();
      await expect(asked).resolves.toBeUndefined();
      await expect(store.runs(1)).rejects.toMatchObject({ name: "StoreFailure" });
      await expect(store.close()).resolves.toBeUndefined();
      store = await place.open();
      expect((await store.runs(1))[0]?.ulid).toBe(ulid(1));
    });
  });
}

/** An observed answer as history knows it: its content by hash. */
function bare(kind: string, content: unknown) {
  const { carried: _never, evidence, ...rest } = observed(kind, content);
  return { ...rest, evidence: evidence?.hash };
}
