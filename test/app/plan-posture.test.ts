import { describe, expect, it } from "vitest";
import { observePosture } from "../../src/app/observe-posture.ts";
import { planAudit } from "../../src/app/plan.ts";
import {
  belowThisBase,
  POSTURE_KINDS,
  POSTURE_REQUESTS,
  type PostureKind,
  plannedPosture,
  posturePlace,
  postureRequests,
} from "../../src/app/plan-posture.ts";
import { createRunMemo } from "../../src/app/run-memo.ts";
import { encodeObservation } from "../../src/evidence/codec.ts";
import type { Observation } from "../../src/evidence/observation.ts";
import type { Depth } from "../../src/model/depth.ts";
import type { IntegrationKnowledge } from "../../src/model/history-store.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import type { Integration } from "../../src/model/integration.ts";
import { belowBase } from "../../src/observe/probes/below-base.ts";
import { PROBES } from "../../src/observe/probes/registry.ts";
import { anIntegration, NOW, notFound, ORIGIN, preflight, response, securityTxt, unseen } from "../judge/builders.ts";
import { context as probing } from "../observe/probes/support.ts";
import { failed, fakeNet, httpAnswer } from "../support/fake-net.ts";

const context = (...given: Parameters<typeof probing>) => ({ ...probing(...given), memo: createRunMemo() });
const ANSWERS = [notFound(), preflight(), securityTxt()].map((answer) => placed(answer));

/** As the probe keeps it, below the base path of the integration. */
function placed<K extends Observation>(answer: K): K {
  return { ...answer, key: posturePlace(answer.kind as PostureKind, anIntegration()) };
}

function knowing(observations: readonly Observation[], observedAt = NOW - DAY): IntegrationKnowledge {
  return {
    known: true,
    findings: [],
    waivers: [],
    pace: [],
    sentLast31Days: { connections: 0, requests: 0 },
    observations: observations.map((observation) => encodeObservation({ ...observation, observedAt })),
  } as unknown as IntegrationKnowledge;
}

interface Asked {
  readonly declared?: Partial<Integration>;
  readonly knowledge?: IntegrationKnowledge;
  readonly kinds?: readonly string[];
  readonly depth?: Depth;
  readonly left?: number;
}

function planned({ declared = {}, knowledge = knowing([]), kinds = POSTURE_KINDS, depth = "standard", left = 100 }: Asked = {}) {
  return plannedPosture(anIntegration(declared), knowledge, { kinds, depth, left, now: NOW });
}
const statesOf = (asked: Asked = {}) => planned(asked).map(({ kind, state }) => `${kind} ${state}`);
const ALL_DUE = POSTURE_KINDS.map((kind) => `${kind} due`);

describe("how an API behaves where nobody calls it, in a plan", () => {
  it("is asked for of what somebody declared, in all three ways", () => {
    expect(statesOf()).toEqual(ALL_DUE);
    expect(postureRequests(planned())).toBe(4);
  });

  it.each<[string, Asked, readonly string[]]>([
    ["of an address that was only typed in", { declared: { adHoc: true } }, []],
    ["quickly", { depth: "quick" }, []],
    ["where no rule wants it", { kinds: ["tls", "http-response"] }, []],
    ["of plain http, whose files nobody signed", { declared: { baseUrl: "http://api.acme.example" } }, ALL_DUE.slice(0, 2)],
    ["for one kind alone", { kinds: ["http-preflight"] }, ["http-preflight due"]],
  ])("is not asked for %s", (_what, asked, states) => {
    expect(statesOf(asked)).toEqual(states);
  });

  it.each([
    [100, 4, []],
    [4, 4, []],
    [3, 2, ["security-txt"]],
    [1, 1, ["http-preflight", "security-txt"]],
    [0, 0, POSTURE_KINDS],
    [-5, 0, POSTURE_KINDS],
  ])("with %i requests left sends %i, and does without %j", (left, most, without) => {
    const plan = planned({ left });
    expect(postureRequests(plan)).toBe(most);
    expect(plan.filter(({ state }) => state === "budget_exhausted").map(({ kind }) => kind)).toEqual(without);
  });

  it("is carried for a week less a tenth, whatever the answer was", () => {
    const states = (age: number) => statesOf({ knowledge: knowing(ANSWERS, NOW - age) });
    expect(states(6 * DAY)).toEqual(POSTURE_KINDS.map((kind) => `${kind} not-due`));
    expect(states(6.3 * DAY)).toEqual(ALL_DUE);
    expect(states(8 * DAY)).toEqual(ALL_DUE);
    expect(states(-HOUR)).toEqual(ALL_DUE);
    const blocked = knowing([placed(notFound({ status: 429, interference: "rate_limited" }))]);
    expect(statesOf({ knowledge: blocked, kinds: ["http-not-found"] })).toEqual(["http-not-found not-due"]);
    expect(planned({ knowledge: knowing(ANSWERS) })[0]).toMatchObject({ carried: { kind: "http-not-found", carried: true } });
  });

  it.each([
    ["timed-out", "http_timeout", "not-due"],
    ["failed", "http_protocol_error", "not-due"],
    ["unreachable", "dns_failed", "due"],
    ["refused", "connect_refused", "due"],
    ["skipped", "budget_exhausted", "due"],
  ] as const)("that was %s (%s) is %s", (outcome, reason, state) => {
    const knowledge = knowing(POSTURE_KINDS.map((kind) => placed(unseen(kind, reason, {}, outcome))));
    expect(statesOf({ knowledge })).toEqual(POSTURE_KINDS.map((kind) => `${kind} ${state}`));
  });

  it("is asked for every time at full depth, and where the API moved", () => {
    expect(statesOf({ knowledge: knowing(ANSWERS), depth: "full" })).toEqual(ALL_DUE);
    expect(statesOf({ knowledge: knowing(ANSWERS), declared: { baseUrl: "https://eu.acme.example/v1" } })).toEqual(ALL_DUE);
  });

  it("is asked anew below another base path, but for the file of the whole host", () => {
    const of = (baseUrl: string, observations: readonly Observation[]) =>
      statesOf({ knowledge: knowing(observations), declared: { baseUrl } });
    const moved = ["http-not-found due", "http-preflight due", "security-txt not-due"];
    expect(of(`${ORIGIN}/v2`, ANSWERS)).toEqual(moved);
    const below = ANSWERS.map((answer) => (answer.kind === "security-txt" ? answer : { ...answer, key: belowBase(ORIGIN, "/v2") }));
    expect(of(`${ORIGIN}/v2/`, below)).toEqual(POSTURE_KINDS.map((kind) => `${kind} not-due`));
    expect(of(`${ORIGIN}/v3`, below)).toEqual(moved);
    expect(of(ORIGIN, below)).toEqual(moved);
  });

  it("of another base path says nothing of what this one would have answered", () => {
    const below = ANSWERS.map(
      (answer): Observation => ({ ...answer, key: posturePlace(answer.kind as PostureKind, { baseUrl: `${ORIGIN}/v2` }) }),
    );
    const kept = (baseUrl: string) => belowThisBase(below, { baseUrl }).map(({ kind }) => kind);
    expect(kept(`${ORIGIN}/v2`)).toEqual(POSTURE_KINDS);
    expect(kept(`${ORIGIN}/v3`)).toEqual(["security-txt"]);
    expect(belowThisBase([response()], { baseUrl: `${ORIGIN}/v3` })).toHaveLength(1);
  });

  it("costs nothing of the month that it does not need", () => {
    const carried = planned({ knowledge: knowing(ANSWERS), left: 0 });
    expect(carried.map(({ state }) => state)).toEqual(["not-due", "not-due", "not-due"]);
    expect(postureRequests(carried)).toBe(0);
  });

  it("may send what its probes say that they send", () => {
    for (const kind of POSTURE_KINDS) {
      const probe = PROBES.find(({ id }) => id === kind);
      expect(probe?.bound("standard")).toEqual({ connections: POSTURE_REQUESTS[kind], requests: POSTURE_REQUESTS[kind] });
    }
    const plan = planAudit(anIntegration({ endpoints: [] }), knowing([]), {
      depth: "standard",
      revocation: false,
      registration: false,
      families: ["header"],
      deadlineMs: 1000,
      now: NOW,
    });
    const bounds = plan.bound.probes.filter(({ probe }) => (POSTURE_KINDS as readonly string[]).includes(probe));
    expect(bounds.map(({ probe, times, requests }) => [probe, times, requests]).sort()).toEqual([
      ["http-not-found", 1, 1],
      ["http-preflight", 1, 1],
      ["security-txt", 1, 2],
    ]);
  });
});

describe("a plan of posture, carried out", () => {
  const planOf = (asked: Asked = {}) =>
    planAudit(anIntegration(asked.declared), asked.knowledge ?? knowing([]), {
      depth: asked.depth ?? "standard",
      revocation: false,
      registration: false,
      families: ["header"],
      deadlineMs: 1000,
      now: NOW,
    });
  const REACHED = { address: "192.0.2.1" };

  it("asks one after the other, at the address that answered", async () => {
    let running = 0;
    let most = 0;
    const net = fakeNet({ request: () => httpAnswer({ status: 404 }) });
    const slow = {
      ...net,
      request: async (...asked: Parameters<typeof net.request>) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return net.request(...asked);
      },
    };
    const observed = await observePosture(planOf(), REACHED, context(slow));
    expect(observed.map(({ kind, outcome }) => `${kind} ${outcome}`)).toEqual(POSTURE_KINDS.map((kind) => `${kind} observed`));
    expect(most).toBe(1);
    expect(net.asked.map(({ request, address }) => `${request?.method} ${address}`)).toEqual([
      "GET 192.0.2.1",
      "OPTIONS 192.0.2.1",
      "GET 192.0.2.1",
      // The domain above it, at an address of its own.
      "GET acme.example",
    ]);
  });

  it("is kept by the base path below which it was asked, also where nobody was reached", async () => {
    const declared = { baseUrl: `${ORIGIN}/v2` };
    const keys = POSTURE_KINDS.map((kind) => posturePlace(kind, declared));
    expect(new Set(keys.map(({ endpoint }) => endpoint)).size).toBe(2);
    const net = fakeNet({ request: () => httpAnswer({ status: 404 }) });
    expect((await observePosture(planOf({ declared }), REACHED, context(net))).map(({ key }) => key)).toEqual(keys);
    const { error: failure } = failed("connect_refused");
    const refused = await observePosture(planOf({ declared }), { outcome: "refused", failure }, context(net));
    expect(refused.map(({ key }) => key)).toEqual(keys);
  });

  it("asks nobody where the answers of last time stand in, the month is spent, or nobody was reached", async () => {
    const net = fakeNet({});
    const carried = await observePosture(planOf({ knowledge: knowing(ANSWERS) }), REACHED, context(net));
    expect(carried.map(({ carried: is }) => is)).toEqual([true, true, true]);
    const spent = await observePosture(planOf({ declared: { budget: { callsPerMonth: 0 } } }), REACHED, context(net));
    expect(spent).toMatchObject(POSTURE_KINDS.map((kind) => ({ kind, outcome: "skipped", failure: { reason: "budget_exhausted" } })));
    const { error: failure } = failed("connect_refused");
    const refused = await observePosture(planOf(), { outcome: "refused", failure }, context(net));
    expect(refused).toMatchObject(POSTURE_KINDS.map((kind) => ({ kind, key: posturePlace(kind, anIntegration()), outcome: "refused" })));
    expect(net.asked).toEqual([]);
  });

  it("goes on where one question is a bug of ours", async () => {
    const net = fakeNet({
      request: ({ method }) => {
        if (method === "OPTIONS") throw new Error("canary");
        return httpAnswer({ status: 404 });
      },
    });
    const observed = await observePosture(planOf(), REACHED, context(net));
    expect(observed.map(({ outcome }) => outcome)).toEqual(["observed", "failed", "observed"]);
    expect(observed[1]).toMatchObject({ failure: { reason: "internal" } });
    expect(JSON.stringify(observed)).not.toContain("canary");
  });
});

describe("a budget of a month", () => {
  it.each(Array.from({ length: 24 }, (_, callsPerMonth) => callsPerMonth))("of %s calls is not planned for twice", (callsPerMonth) => {
    const authProof = {
      level: "full",
      permission: { basis: "contract", by: "ciso", until: NOW + 365 * DAY },
    } as unknown as Integration["authProof"];
    const plan = planAudit(anIntegration({ budget: { callsPerMonth }, authProof }), knowing([]), {
      depth: "standard",
      revocation: false,
      registration: false,
      families: ["auth", "header"],
      deadlineMs: 60_000,
      now: NOW,
    });
    const beside = [
      "http-invalid-credential",
      "http-query-credential",
      "oauth-metadata",
      "jwks",
      "http-not-found",
      "http-preflight",
      "security-txt",
    ];
    const endpoints = ["http-response", "http-unauthenticated"];
    const sumOf = (probes: readonly string[]) =>
      plan.bound.probes.filter(({ probe }) => probes.includes(probe)).reduce((sum, { requests }) => sum + requests, 0);
    expect(sumOf([...endpoints, ...beside])).toBeLessThanOrEqual(callsPerMonth);
  });
});
