import { describe, expect, it } from "vitest";
import { observeIntegration } from "../../src/app/observe-integration.ts";
import { planAudit } from "../../src/app/plan.ts";
import { createRunMemo } from "../../src/app/run-memo.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import type { Integration } from "../../src/model/integration.ts";
import type { LockFilePort } from "../../src/model/lock-file-port.ts";
import type { NetPort } from "../../src/model/net-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { RULE_FAMILIES, type RuleFamily } from "../../src/model/rule.ts";
import { anIntegration, NOW } from "../judge/builders.ts";
import { credentials } from "../observe/probes/support.ts";
import { fakeNet } from "../support/fake-net.ts";

const NOTHING_KNOWN = {
  observations: [],
  findings: [],
  waivers: [],
  pace: [],
  maps: [],
  sentLast31Days: { connections: 0, requests: 0 },
} as unknown as IntegrationKnowledge;
const DECLARED: Partial<Integration> = { sdk: { npm: "acme-node", range: "^4", lock: "app/package-lock.json" } };

function planned(more: Partial<Integration>, families: readonly RuleFamily[] = RULE_FAMILIES) {
  const options = { depth: "quick", families, revocation: false, registration: false, deadlineMs: 1000, now: NOW } as const;
  return planAudit(anIntegration({ endpoints: [], ...more }), NOTHING_KNOWN, options);
}

describe("a client library in a plan", () => {
  it("is one look at files, and nothing that is sent", () => {
    const { bound } = planned(DECLARED);
    expect(bound.probes).toContainEqual({ probe: "sdk", times: 1, connections: 0, requests: 0 });
    expect(planned({}).bound.connections).toBe(bound.connections);
  });

  it.each<readonly [string, Partial<Integration>, readonly RuleFamily[]]>([
    ["none is declared", {}, RULE_FAMILIES],
    ["there is no range", { sdk: { npm: "acme-node" } }, RULE_FAMILIES],
    ["nobody reads lock files of the ecosystem", { sdk: { maven: "acme", range: "4" } }, RULE_FAMILIES],
    ["nobody asks about it", DECLARED, ["tls"]],
  ])("is not there where %s", (_title, declared, families) => {
    const plan = planned(declared, families);
    expect(plan.sdks).toEqual([]);
    expect(plan.bound.probes.map(({ probe }) => probe)).not.toContain("sdk");
  });

  it("is looked at although the provider cannot be reached", async () => {
    const net = {
      open: () => ({ ...fakeNet({}), resolve: async () => err({ reason: "dns_failed", phase: "resolve", retriable: false } as const) }),
    } as unknown as NetPort;
    const asked: string[] = [];
    const lockFiles: LockFilePort = {
      read: async (path) => {
        asked.push(path);
        return ok({ name: "package-lock.json", text: '{ "lockfileVersion": 3, "packages": {} }' });
      },
    };
    const { observations } = await observeIntegration(
      planned(DECLARED),
      NOTHING_KNOWN,
      { allowPrivate: false, signal: new AbortController().signal },
      {
        net,
        credentials: credentials(),
        lockFiles,
        clock: { now: () => NOW, monotonic: () => 0 },
        memo: createRunMemo(),
        shared: async () => undefined,
      },
    );
    expect(asked).toEqual(["app/package-lock.json"]);
    expect(observations.filter(({ kind }) => kind === "sdk")).toMatchObject([
      { outcome: "observed", key: { origin: "https://api.acme.example" } },
    ]);
  });
});
