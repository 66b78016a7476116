import { createServer, type Server } from "node:https";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import { type HeardPost, receiver } from "../app/receivers.ts";
import { notifyFile, reportOf, rowsOf, type SmallEstate, smallEstate } from "./support/small-estate.ts";

const IDS = ["first", "second", "third", "fourth"];
const FLAGS = ["--depth", "quick"];
/** Findings below the gate, so that only what the run could see decides about the exit code. */
const CONDITIONS = { second: { headers: { server: "nginx/1.18.0" } }, fourth: { headers: { "x-powered-by": "PHP/7.4.33" } } };

describe("a network of ours that is down (history.md 7, row 50)", () => {
  it.each([[[]], [["--cron"]]])(
    "is told once, and changes nothing (%j)",
    async (mode) => {
      const { estate, audit, heard, state } = await place();
      const cli = (...words: readonly string[]) => estate.cli([...words, "--db", "history.db"]);
      await audit(mode);
      const before = state();
      await Promise.all(IDS.map((id) => estate.api(id).change({ listens: false })));

      const blind = await audit([...mode, "--json"]);
      const report = reportOf(blind);
      expect([blind.code, report.run.status, report.gate.passed]).toEqual([3, "partial", false]);
      expect(report.notices.filter((text) => text.startsWith("We are blind"))).toHaveLength(1);
      expect([report.changes, report.events]).toEqual([[], []]);
      expect(report.integrations.map(({ visibility }) => visibility)).toEqual(IDS.map(() => "unreachable"));
      expect(state()).toEqual(before);
      expect(kindsIn(heard)).toEqual([["blind"]]);

      // History says why it knows nothing of that night, and what was sent.
      const stored = await cli("report", "--run", "latest", "--json", "--fail-on", "regression");
      expect([stored.code, reportOf(stored).notices, reportOf(stored).gate]).toEqual([
        3,
        report.notices,
        { ...report.gate, failOn: "regression", reasons: report.gate.reasons.slice(-1) },
      ]);
      expect(reportOf(stored).run).toEqual({ ...report.run, finishedAt: reportOf(stored).run.finishedAt });
      expect((await cli("run", "show", "latest")).stdout).toMatch(/0 observed(.|\n)*almost nothing that could be seen(.|\n)*We are blind/);
      expect((await cli("report")).code).toBe(0);
      // Nobody saw it that night: no rate may count the time as seen.
      expect((await cli("history", "second")).stdout).toMatch(/not observed from .* to now/);

      // And what people read of it.
      const again = await audit(mode);
      expect([again.code, again.stdout.split("We are blind").length]).toEqual([3, 2]);
      // One blindness, one message.
      expect(kindsIn(heard)).toEqual([["blind"]]);

      await Promise.all(IDS.map((id) => estate.api(id).change({ listens: true })));
      const after = await audit([...mode, "--json"]);
      expect([after.code, reportOf(after).changes, reportOf(after).run.status]).toEqual([0, [], "complete"]);
      expect(state()).toEqual(before);

      await Promise.all(IDS.map((id) => estate.api(id).change({ listens: false })));
      await audit(mode);
      expect(kindsIn(heard)).toEqual([["blind"], ["blind"]]);
    },
    300_000,
  );

  it("is not what one provider that is down means", async () => {
    const { estate, audit, heard } = await place();
    await audit([]);
    await estate.api("second").change({ listens: false });
    const { code, stdout } = await audit(["--json", "--min-coverage", "0"]);
    expect([code, stdout.includes("We are blind")]).toEqual([0, false]);
    expect(kindsIn(heard)).toEqual([]);
  }, 300_000);
});

describe("a captive portal that answers for everybody (history.md 7, row 49)", () => {
  it.each([[[]], [["--cron"]]])(
    "flips no verdict, and is told (%j)",
    async (mode) => {
      const { estate, audit, heard, state } = await place();
      await audit(mode);
      const before = state();
      const portals = await takeOver(estate, IDS);

      const caught = await audit([...mode, "--json"]);
      const report = reportOf(caught);
      expect([caught.code, report.run.status]).toEqual([3, "partial"]);
      expect(report.notices.filter((text) => text.startsWith("Something on our own way answered for first, second, third"))).toHaveLength(
        1,
      );
      expect([report.changes, report.events]).toEqual([[], []]);
      expect(new Set(report.integrations.flatMap(({ unobserved }) => unobserved.map(({ reason }) => reason)))).toContain("captive_portal");
      expect(report.integrations.flatMap(({ findings }) => findings.filter(({ rule }) => rule.startsWith("certificate/")))).toEqual([]);
      expect(state()).toEqual(before);
      expect(kindsIn(heard)).toEqual([["blind"]]);

      await giveBack(estate, portals);
      const after = await audit([...mode, "--json"]);
      expect([after.code, reportOf(after).changes, reportOf(after).run.status]).toEqual([0, [], "complete"]);
      expect(state()).toEqual(before);
    },
    300_000,
  );

  it("in front of three of five counts as not seen there, and the other two are believed", async () => {
    const { estate, audit, state } = await place([...IDS, "fifth"]);
    await audit([]);
    // "fifth" has no TLS 1.3 any more after this, and that it had no post-quantum key exchange is then another rule's affair.
    const before = state().filter((finding) => !finding.includes('"severity":"info"'));
    const portals = await takeOver(estate, ["first", "second", "third"]);
    await estate.api("fifth").change({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
    const caught = await audit(["--json", "--fail-on", "regression"]);
    const report = reportOf(caught);
    // The news is the other provider's: a failed gate wins over what could not be seen.
    expect(caught.code).toBe(1);
    expect(new Set(report.changes.map(({ integration }) => integration))).toEqual(new Set(["fifth"]));
    expect(report.integrations.map(({ id, visibility }) => `${id} ${visibility}`)).toEqual([
      "first unreachable",
      "second unreachable",
      "third unreachable",
      "fourth observed",
      "fifth partial",
    ]);
    await giveBack(estate, portals);
    expect(state().filter((finding) => before.includes(finding))).toEqual(before);
  }, 300_000);
});

async function place(ids: readonly string[] = IDS) {
  const estate = await smallEstate(ids, { conditions: CONDITIONS });
  onTestFinished(() => estate.close());
  const { heard, origin } = await receiver();
  const env = {
    HOOK: origin,
    SIGNING: "signing-key-of-this-test-alone",
    APIRISK_NOTIFY: await estate.write("notify.json", notifyFile(["hook"], ["blind", "visibility-lost", "resolved", "new"])),
  };
  const audit = (flags: readonly string[]) => estate.audit([...FLAGS, ...flags], { env });
  const state = () => findingsIn(join(estate.home, "history.db"));
  return { estate, audit, heard, state };
}

/** All that history holds of findings, but for the run that looked last. */
function findingsIn(file: string): readonly string[] {
  const sql =
    "SELECT fingerprint, presence, severity, unobserved_since, blind_runs, stale_since, resolved_at FROM finding ORDER BY fingerprint";
  return rowsOf(file, sql).map((row) => JSON.stringify(row));
}

/** Kinds of the alerts in each message, in order. */
function kindsIn(heard: readonly HeardPost[]): readonly (readonly string[])[] {
  return heard.map(({ body }) => {
    const document = JSON.parse(body) as { readonly data: { readonly lines: readonly { readonly kind: string }[] } };
    return document.data.lines.map(({ kind }) => kind);
  });
}

/** One page for everything, under one certificate of an authority that nobody knows. */
async function takeOver(estate: SmallEstate, ids: readonly string[]): Promise<ReadonlyMap<string, Server>> {
  const { chainPem, keyPem } = createAuthority({ name: "hotel gateway" }).issue({
    dnsNames: ["gateway.hotel.example"],
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 90 * DAY),
  });
  const portals = ids.map(async (id) => {
    const { port } = estate.api(id);
    await estate.api(id).change({ listens: false });
    const portal = createServer({ cert: chainPem, key: keyPem }, (_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>Please accept our terms</html>");
    });
    onTestFinished(() => void portal.close());
    await new Promise<void>((resolve) => portal.listen(port, "127.0.0.1", resolve));
    return [id, portal] as const;
  });
  return new Map(await Promise.all(portals));
}

async function giveBack(estate: SmallEstate, portals: ReadonlyMap<string, Server>): Promise<void> {
  for (const [id, portal] of portals) {
    portal.closeAllConnections();
    await new Promise((resolve) => portal.close(resolve));
    await estate.api(id).change({ listens: true });
  }
}
