import { describe, expect, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import type { RunningApi } from "../../src/demo/servers.ts";
import type { TlsEvidence } from "../../src/evidence/kinds.ts";
import { codesIn } from "../../src/model/code-ranges.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { wellPublished } from "./support/published-knobs.ts";
import { accepting } from "./support/tls-flights.ts";
import { startFront } from "./support/tls-front.ts";

/** What the provider really is while we can hardly see it: bad in five ways, all of which were seen before. */
const BAD = {
  tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" },
  certificate: "expiring",
  headers: { server: "nginx/1.18.0", sunset: new Date(Date.now() + 20 * 24 * HOUR).toUTCString() },
  auth: { in: "open" },
} as const;

/** TLS_ECDHE_ECDSA_WITH_RC4_128_SHA. */
const RC4 = 0xc007;

const SHARES = [0.1, 0.3, 0.6];
const SEEDS = [1, 2, 3];
const WAYS = ["reset", "stall", "tooManyRequests"] as const;

/** A stalled connection has to be given up soon: the sweep makes hundreds of them. */
const TIMEOUTS = { connect: 400, tls: 400, hello: 400, headers: 400, body: 400 };

describe("degradation sweep: what we cannot see is never passed, refused, resolved or opened", () => {
  for (const way of WAYS) {
    it(`connections ${way}`, async () => {
      const lab = await startLab();
      const bad = await lab.start(BAD);
      const good = await lab.start();
      const entries = [cleanEntry(bad, { id: "bad" }), cleanEntry(good, { id: "good" })];
      const clear = await lab.audit(entries, { depth: "quick" });
      const truth = truthOf(clear);
      expect(failing(clear).length).toBeGreaterThanOrEqual(5);

      const unobserved: number[] = [];
      for (const share of SHARES) {
        let unseen = 0;
        for (const seed of SEEDS) {
          await degrade([bad, good], { reset: 0, stall: 0, tooManyRequests: 0, [way]: share, seed });
          lab.clock.advance(HOUR);
          const result = await lab.audit(entries, { depth: "quick", timeouts: TIMEOUTS, withEvidence: true });
          expectNoLie(result, truth);
          unseen += result.report.integrations.flatMap((integration) => integration.unobserved).length;
        }
        unobserved.push(unseen);
      }
      expect(unobserved[2]).toBeGreaterThan(unobserved[0] ?? 0);

      await degrade([bad, good], { reset: 0, stall: 0, tooManyRequests: 0, seed: 1 });
      lab.clock.advance(HOUR);
      expect(failing(await lab.audit(entries, { depth: "quick" }))).toEqual(failing(clear));
    }, 120_000);
  }

  it.each(WAYS)(
    "connections %s, while made-up credentials are tried",
    async (way) => {
      const lab = await startLab();
      const [bad, good] = [await lab.start(BAD), await lab.start()];
      const authProof = { level: "full", permission: { basis: "contract", by: "ciso", until: "2999-01-01" } };
      const entries = [cleanEntry(bad, { id: "bad", authProof }), cleanEntry(good, { id: "good", authProof })];
      const options = { depth: "quick", families: ["auth"], withEvidence: true } as const;
      const clear = await lab.audit(entries, options);
      for (const share of SHARES) {
        for (const seed of SEEDS) {
          await degrade([bad, good], { reset: 0, stall: 0, tooManyRequests: 0, [way]: share, seed });
          lab.clock.advance(DAY);
          expectNoLie(await lab.audit(entries, { ...options, timeouts: TIMEOUTS }), truthOf(clear));
        }
      }
    },
    120_000,
  );

  it("connections reset, while everything is to be listed", async () => {
    const lab = await startLab();
    const bad = await lab.start(BAD);
    const entries = [cleanEntry(bad, { id: "bad" })];
    const clear = await lab.audit(entries);
    await degrade([bad], { reset: 0.3, stall: 0, tooManyRequests: 0, seed: 1 });
    lab.clock.advance(HOUR);
    expectNoLie(await lab.audit(entries, { timeouts: TIMEOUTS, timeoutMs: 20_000, withEvidence: true }), truthOf(clear));
  }, 60_000);

  it.each(WAYS)("connections %s, while documents are asked for", async (way) => {
    const lab = await startLab();
    const api = await lab.start({ ...CLEAN, auth: { in: "open" } });
    const weak = { server: { grant_types_supported: ["authorization_code", "password"] }, keys: [{ kty: "oct", k: "c2hhcmVk" }] };
    await api.change({ resources: { ...CLEAN.resources, ...wellPublished(api.url, weak) } });
    const entries = [cleanEntry(api, { id: "bad", auth: { scheme: "bearer" }, authProof: { level: "none" } })];
    const options = { depth: "full", families: ["auth"], timeouts: TIMEOUTS, withEvidence: true } as const;
    const truth = truthOf(await lab.audit(entries, options));
    expect([...truth.failing]).toEqual([
      "bad auth/as-password-offered authorization-server",
      "bad auth/jwks-symmetric-key-published key-set",
    ]);
    let unknown = 0;
    for (const share of SHARES) {
      for (const seed of SEEDS) {
        await degrade([api], { reset: 0, stall: 0, tooManyRequests: 0, [way]: share, seed });
        lab.clock.advance(8 * 24 * HOUR);
        const result = await lab.audit(entries, options);
        expectNoLie(result, truth);
        unknown += unseen(result).filter((one) => /auth\/(as|jwks)-/.test(one)).length;
      }
    }
    expect(unknown).toBeGreaterThan(0);
  });

  it("connections reset, of a server with RC4 and of one without, remembered and not", async () => {
    const lab = await startLab();
    const [bad, good] = [await lab.start(), await lab.start()];
    const [front, plain] = [await startFront(bad), await startFront(good)];
    front.turn({ otherwise: accepting(RC4, lab.authority, new Date(lab.clock.now())) });
    const entries = [cleanEntry(front, { id: "rc4" }), cleanEntry(plain, { id: "good" })];
    const clear = await lab.audit(entries, { withEvidence: true });
    expect(allOpenFindings(clear).filter((finding) => finding.startsWith("tls/rc4"))).toHaveLength(1);
    for (const seed of SEEDS) {
      await degrade([bad, good], { reset: 0.3, stall: 0, tooManyRequests: 0, seed });
      lab.clock.advance(HOUR);
      const options = { timeouts: TIMEOUTS, timeoutMs: 20_000, withEvidence: true };
      const remembered = await lab.audit(entries, options);
      expectNoLie(remembered, truthOf(clear));
      const fresh = await lab.audit(entries, { ...options, withoutHistory: true });
      // Without a memory, what is true is said, or not known.
      expect(failing(clear)).toEqual(expect.arrayContaining([...failing(fresh)]));
      expect([...failing(fresh), ...unseen(fresh)]).toEqual(expect.arrayContaining([...failing(clear)]));
      for (const result of [remembered, fresh]) expectSameParameters(result, clear);
    }
  }, 120_000);
});

function truthOf(result: AuditResult): { readonly failing: ReadonlySet<string>; readonly accepted: ReadonlySet<string> } {
  return { failing: new Set(failing(result)), accepted: new Set() };
}

function failing({ report }: AuditResult): readonly string[] {
  return report.integrations
    .flatMap(({ id, findings }) => findings.filter(isOfServer).map(({ rule, subject }) => `${id} ${rule} ${subject}`))
    .sort();
}

/** The limiter that is turned on does not say when to come back, and that is true. */
function isOfServer({ rule }: { readonly rule?: string }): boolean {
  return rule !== "header/retry-after-odd";
}

function unseen({ report }: AuditResult): readonly string[] {
  return report.integrations.flatMap(({ id, unobserved }) => unobserved.map(({ rule, subject }) => `${id} ${rule} ${subject}`));
}

function expectNoLie(result: AuditResult, truth: ReturnType<typeof truthOf>): void {
  const { report } = result;
  // Nothing that is true was resolved, nothing that is not true was opened.
  expect(new Set(failing(result))).toEqual(truth.failing);
  const changes = report.changes.filter(({ kind }) => !["lost-sight", "regained-sight"].includes(kind));
  expect(changes.filter(isOfServer)).toEqual([]);
  // No version that the server speaks is called refused.
  for (const { evidence, id } of report.integrations) {
    const versions = ((evidence?.["tls"] ?? []) as { versions: { version: string; support: string }[] }[]).flatMap(
      (entry) => entry.versions,
    );
    const spoken = id === "bad" ? ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] : ["TLS 1.2", "TLS 1.3"];
    expect(versions.filter(({ version, support }) => support === "refused" && spoken.includes(version))).toEqual([]);
    expect(versions.filter(({ version, support }) => support === "accepted" && !spoken.includes(version))).toEqual([]);
  }
}

/** What was accepted is not refused, and what was refused is not accepted. */
function expectSameParameters(result: AuditResult, clear: AuditResult): void {
  const [seen, truth] = [parametersOf(result), parametersOf(clear)];
  expect([...seen.accepted].filter((code) => truth.refused.has(code))).toEqual([]);
  expect([...seen.refused].filter((code) => truth.accepted.has(code))).toEqual([]);
}

function parametersOf({ report }: AuditResult): { readonly accepted: ReadonlySet<string>; readonly refused: ReadonlySet<string> } {
  const rows = report.integrations.flatMap(({ id, evidence }) =>
    ((evidence?.["tls"] ?? []) as TlsEvidence[]).flatMap(({ versions, groups }) =>
      versions.map((found) => ({ ...found, groups, at: `${id} ${found.version}` })),
    ),
  );
  const named = (at: string, kind: string, codes: readonly number[]) => codes.map((code) => `${at} ${kind} ${code.toString(16)}`);
  return {
    accepted: new Set(
      rows.flatMap(({ at, version, cipherSuites, groups }) => [
        ...named(
          at,
          "suite",
          cipherSuites.map(({ code }) => Number(code)),
        ),
        ...named(
          at,
          "group",
          groups.flatMap(({ code, versions }) => (versions.includes(version) ? [Number(code)] : [])),
        ),
      ]),
    ),
    refused: new Set(
      rows.flatMap(({ at, refused = "", refusedGroups = "" }) => [
        ...named(at, "suite", codesIn(refused)),
        ...named(at, "group", codesIn(refusedGroups)),
      ]),
    ),
  };
}

async function degrade(
  apis: readonly RunningApi[],
  interference: { reset: number; stall: number; tooManyRequests: number; seed: number },
): Promise<void> {
  await Promise.all(apis.map((api) => api.change({ interference })));
}
