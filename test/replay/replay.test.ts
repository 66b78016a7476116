import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeObservation } from "../../src/evidence/codec.ts";
import { judge } from "../../src/judge/rules/engine.ts";
import type { StoredObservation } from "../../src/model/history-store.ts";
import type { Integration } from "../../src/model/integration.ts";
import { RULE_FAMILIES } from "../../src/model/rule.ts";

const FOLDER = new URL("./bundles/", import.meta.url);

interface StoredBundle {
  readonly asOf: number;
  readonly integration: Integration;
  readonly observations: readonly StoredObservation[];
}

/**
 * Evidence that was kept, judged by today's rules, against goldens. A golden that changes is a rule that means something else:
 * update with `npm run replay:update`, read the diff, and bump the rule's revision.
 */
describe("replay: kept evidence, judged by today's rules", () => {
  for (const file of readdirSync(FOLDER).sort()) {
    it(file, async () => {
      const bundle = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as StoredBundle;
      const observations = bundle.observations.map((stored) => decodeObservation(stored, { carried: false }));
      expect(observations).not.toContain(undefined);
      const known = observations.filter((observation) => observation !== undefined);
      const results = judge(
        { integration: bundle.integration, observations: known, asOf: bundle.asOf },
        { policy: { packs: [], rules: {} }, families: RULE_FAMILIES, known: [], hashOf: () => "" },
      );
      const told = results.map(({ evidence, ...result }) => ({
        ...result,
        evidence: evidence.map(({ kind, pointer, summary }) => ({ kind, pointer, summary })),
      }));
      await expect(`${JSON.stringify(told, null, 1)}\n`).toMatchFileSnapshot(`./goldens/${file}`);
    });
  }
});
