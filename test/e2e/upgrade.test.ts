import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { inDatabase, reportOf, rowsOf, smallEstate } from "./support/small-estate.ts";

const FLAGS = ["--json", "--depth", "quick", "--min-coverage", "0"];
const RULE = "tls/deprecated-version-negotiated";

/** Rules that come with a new version (history.md 7, row 52). */
describe("an upgrade of the rules between two runs", () => {
  it.each([
    ["a rule that judges otherwise than it did", judgedOtherwise],
    ["a rule that was not there before", wasNotThere],
  ])(
    "%s: newly detected, by the rules; no regression, and exit 0 unless that was asked for",
    async (_what, before) => {
      const old = { tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } } as const;
      const estate = await smallEstate(["first", "second", "third"], { conditions: { second: old, third: old } });
      onTestFinished(() => estate.close());
      expect((await estate.audit([...FLAGS, "--fail-on", "none"])).code).toBe(0);
      const file = join(estate.home, "history.db");
      before(file);

      for (const [failOn, code] of [
        ["regression", 0],
        ["newly-detected", 1],
      ] as const) {
        const copy = join(estate.home, `${failOn}.db`);
        await copyFile(file, copy);
        const upgraded = await estate.audit([...FLAGS, "--fail-on", failOn, "--db", copy]);
        expect([failOn, upgraded.code]).toEqual([failOn, code]);
        expect(reportOf(upgraded).changes.map(({ integration, rule, kind, cause }) => [integration, rule, kind, cause].join(" "))).toEqual([
          `second ${RULE} newly-detected rules`,
          `third ${RULE} newly-detected rules`,
        ]);
        const again = await estate.audit([...FLAGS, "--fail-on", failOn, "--db", copy]);
        expect([again.code, reportOf(again).changes]).toEqual([0, []]);
        expect(rowsOf(copy, "SELECT 1 FROM event WHERE kind = 'newly-detected'")).toHaveLength(2);
      }
      const cron = await estate.audit(["--depth", "quick", "--min-coverage", "0", "--cron"]);
      expect([cron.code, cron.stdout.includes("newly detected")]).toEqual([0, true]);
    },
    300_000,
  );
});

/** History as a version left it whose revision of the rule let the same evidence pass. */
function judgedOtherwise(file: string): void {
  inDatabase(
    file,
    `INSERT INTO digest(hash) VALUES (x'00');
     UPDATE wording SET rules_id = (SELECT id FROM digest WHERE hash = x'00'), words = json_remove(words, '$.title', '$.message')
       WHERE claim_id IN (SELECT id FROM claim WHERE rule = '${RULE}' AND verdict = 'fail');
     UPDATE claim SET verdict = 'pass', outcome = 'current', severity = '', rule_revision = 0, words = json_remove(words, '$.title', '$.message')
       WHERE rule = '${RULE}' AND verdict = 'fail';
     UPDATE ruleset SET hash = '00', manifest = replace(manifest, '"${RULE}":1', '"${RULE}":0');
     DELETE FROM finding WHERE rule = '${RULE}';`,
  );
}

/** History as a version left it that did not know the rule. */
function wasNotThere(file: string): void {
  inDatabase(
    file,
    `UPDATE sheet SET claims = (SELECT json_group_array(value) FROM json_each(sheet.claims)
       WHERE value NOT IN (SELECT id FROM claim WHERE rule = '${RULE}'));
     DELETE FROM wording WHERE claim_id IN (SELECT id FROM claim WHERE rule = '${RULE}');
     UPDATE ruleset SET hash = '00', manifest = replace(replace(manifest, '"${RULE}":1,', ''), ',"${RULE}":1', '');
     DELETE FROM finding WHERE rule = '${RULE}';`,
  );
}
