// npm run replay:capture: audits the demo estate and keeps its redacted evidence as bundles, one file per integration.
// Needed only when a probe learns something new; the goldens beside them change with `npm run replay:update`.
import { mkdirSync, writeFileSync } from "node:fs";
import { openMachine } from "../../dist/src/app/compose.js";
import { observeIntegration } from "../../dist/src/app/observe-integration.js";
import { planAudit } from "../../dist/src/app/plan.js";
import { createRunMemo } from "../../dist/src/app/run-memo.js";
import { sharedCredentials } from "../../dist/src/app/shared-credentials.js";
import { startEstate } from "../../dist/src/demo/estate.js";
import { encodeObservation } from "../../dist/src/evidence/codec.js";
import { parseInventory } from "../../dist/src/inventory/parse.js";
import { canonicalJson, sha256Hex } from "../../dist/src/model/digest.js";
import { RULE_FAMILIES } from "../../dist/src/model/rule.js";

const FOLDER = new URL("./bundles/", import.meta.url);
const NOTHING_KNOWN = { known: false, findings: [], observations: [], pace: [], sentLast31Days: { connections: 0, requests: 0 }, maps: [] };

const machine = openMachine({
  env: {},
  cwd: process.cwd(),
  home: "/nonexistent",
  folders: { config: {}, data: {} },
  version: "0.0.0",
  runtime: { node: process.versions.node, openssl: process.versions.openssl },
});
const estate = await startEstate(new Date());
mkdirSync(FOLDER, { recursive: true });
try {
  await capture("before");
  await estate.worsen();
  await capture("after");
} finally {
  await estate.close();
}

async function capture(moment) {
  const inventory = parseInventory(estate.inventory, "estate.yaml");
  if (!inventory.ok) throw new Error(JSON.stringify(inventory.error));
  const net = await machine.network([estate.caPem]);
  const credentials = machine.demoCredentials(estate.secrets, estate.bindings);
  const shared = sharedCredentials(inventory.value.integrations, [], credentials);
  for (const integration of inventory.value.integrations) {
    const now = Date.now();
    const plan = planAudit(integration, NOTHING_KNOWN, {
      depth: "standard",
      families: RULE_FAMILIES,
      deadlineMs: 30_000,
      now,
      revocation: false,
      registration: false,
    });
    const network = { allowPrivate: true, signal: new AbortController().signal };
    const { observations } = await observeIntegration(plan, NOTHING_KNOWN, network, {
      net,
      credentials,
      clock: machine.clock,
      memo: createRunMemo(),
      shared,
    });
    const { source: _place, ...declared } = integration;
    const bundle = { asOf: now, integration: declared, observations: observations.map(encodeObservation) };
    const text = JSON.stringify(elsewhere(bundle, integration), null, 1);
    writeFileSync(new URL(`${integration.id}.${moment}.json`, FOLDER), `${text}\n`);
  }
}

/** Ports differ each time: the estate is moved to names of its own, and the content hashes with it. */
function elsewhere(bundle, { id, baseUrl }) {
  const moved = JSON.parse(JSON.stringify(bundle).replaceAll(baseUrl, `https://${id}.example`));
  for (const { evidence } of moved.observations) {
    if (evidence === undefined) continue;
    evidence.json = canonicalJson(JSON.parse(evidence.json.replaceAll(new URL(baseUrl).host, `${id}.example`)));
    evidence.hash = sha256Hex(`${evidence.kind}@${evidence.version}\n${evidence.json}`);
  }
  return moved;
}
