import { describe, expect, it } from "vitest";
import { observeIntegration } from "../../src/app/observe-integration.ts";
import { planAudit } from "../../src/app/plan.ts";
import { createRunMemo } from "../../src/app/run-memo.ts";
import type { CredentialPort } from "../../src/model/credential-port.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import type { Integration } from "../../src/model/integration.ts";
import type { NetPort } from "../../src/model/net-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { RULE_FAMILIES, type RuleFamily } from "../../src/model/rule.ts";
import { anIntegration, NOW } from "../judge/builders.ts";
import { clientLeaf, DECLARED } from "../judge/client-certificate-cases.ts";
import { credentials } from "../observe/probes/support.ts";
import { fakeNet } from "../support/fake-net.ts";

const NOTHING_KNOWN: IntegrationKnowledge = {
  observations: [],
  findings: [],
  waivers: [],
  pace: [],
  maps: [],
  sentLast31Days: { connections: 0, requests: 0 },
} as unknown as IntegrationKnowledge;
const BLOCKED = {
  ...NOTHING_KNOWN,
  pace: [{ host: "api.acme.example:443", limited: true, leaveAloneUntil: NOW + 1 }],
} as unknown as typeof NOTHING_KNOWN;

function planned(more: Partial<Integration>, families: readonly RuleFamily[] = RULE_FAMILIES, knowledge = NOTHING_KNOWN) {
  return planAudit(anIntegration({ endpoints: [], ...more }), knowledge, {
    depth: "quick",
    families,
    revocation: false,
    registration: false,
    deadlineMs: 1000,
    now: NOW,
  });
}

const keeper: CredentialPort = {
  ...credentials(),
  clientCertificate: async () => ok({ certificates: [clientLeaf().der], key: { matches: "yes", mode: "private" } }),
};

/** A network that nothing can be asked of. */
const unreachable: NetPort = {
  open: () => ({ ...fakeNet({}), resolve: async () => err({ reason: "dns_failed", phase: "resolve", retriable: false } as const) }),
} as unknown as NetPort;

async function observed(plan: ReturnType<typeof planned>, knowledge = NOTHING_KNOWN) {
  const network = { allowPrivate: false, signal: new AbortController().signal };
  const ports = {
    net: unreachable,
    credentials: keeper,
    clock: { now: () => NOW, monotonic: () => 0 },
    memo: createRunMemo(),
    shared: async () => undefined,
  };
  const { observations } = await observeIntegration(plan, knowledge, network, ports);
  return observations.map(({ kind, outcome }) => `${kind} ${outcome}`);
}

describe("a client certificate in a plan", () => {
  it("is one look at a file, and nothing that is sent", () => {
    const { bound } = planned(DECLARED);
    expect(bound.probes).toContainEqual({ probe: "client-certificate", times: 1, connections: 0, requests: 0 });
    expect(planned({}).bound.connections).toBe(bound.connections);
  });

  it("is not there where none is declared, where nobody speaks TLS, or where nobody asks about credentials", () => {
    for (const plan of [planned({}), planned({ ...DECLARED, baseUrl: "http://api.acme.example" }), planned(DECLARED, ["tls"])]) {
      expect(plan.clientCertificate).toBeUndefined();
      expect(plan.bound.probes.map(({ probe }) => probe)).not.toContain("client-certificate");
    }
  });

  it("alone asks nobody", async () => {
    const plan = planned(DECLARED, ["credential"]);
    expect(plan.bound).toMatchObject({ connections: 0, requests: 0 });
    expect(await observed(plan)).toEqual(["client-certificate observed"]);
  });

  it("is looked at whether the provider can be reached, or wants to be left alone, or not", async () => {
    expect(await observed(planned(DECLARED, ["tls", "credential"]))).toContain("client-certificate observed");
    const alone = planned(DECLARED, RULE_FAMILIES, BLOCKED);
    expect(alone.skipped).toBe("blocked");
    expect(alone.bound).toMatchObject({ connections: 0, requests: 0 });
    expect(await observed(alone, BLOCKED)).toContain("client-certificate observed");
  });
});
