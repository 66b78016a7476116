import { describe, expect, it } from "vitest";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY, isoDay } from "../../src/model/instant.ts";
import { allOpenFindings, CLEAN_RESOURCE, cleanEntry, startLab } from "./support/lab.ts";

const SELF = { id: "self", request: "GET /v1/self" };
const about = (findings: readonly string[]) => findings.filter((finding) => finding.startsWith("credential/"));

async function audited(self: unknown, auth: object = { describedBy: "self" }) {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, resources: { "/v1/orders": CLEAN_RESOURCE, "/v1/self": self } });
  const entry = cleanEntry(api);
  const endpoints = [...(entry["endpoints"] as readonly object[]), SELF];
  const audit = (more: object) =>
    lab.audit([{ ...entry, endpoints, auth: { ...(entry["auth"] as object), neededScopes: ["orders.read"], ...more } }]);
  return { lab, audit, findings: about(allOpenFindings(await audit(auth))) };
}

const day = (days: number) => isoDay(Date.now() + days * DAY);

describe("an endpoint that describes the credential that asks", () => {
  it("says what it may do, since when, and until when", async () => {
    const { findings } = await audited({ scopes: ["orders.read", "admin"], created_at: day(-400), expires_at: day(3) });
    expect(findings).toEqual([
      "credential/audits-with-write-access credential",
      "credential/expiring credential",
      "credential/over-scoped scopes",
      "credential/stale credential",
    ]);
  });

  it("says nothing above what was asked for where all is well", async () => {
    expect((await audited({ scopes: ["orders.read"], created_at: day(-5), expires_at: day(80) })).findings).toEqual([]);
  });

  it("is listened to where it is declared, and not before", async () => {
    const { lab, audit, findings } = await audited({ scopes: ["admin"] }, {});
    expect(findings).toEqual([]);
    lab.clock.advance(DAY);
    expect(about(allOpenFindings(await audit({ describedBy: "self" })))).toContain("credential/over-scoped scopes");
  });
});

it("a credential that was changed is an entry of the history, once", async () => {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "open" } });
  const entry = cleanEntry(api, { authProof: { level: "none" }, auth: { scheme: "bearer", credential: "env:KEY" } });
  const entries = async () => JSON.stringify(await lab.history.integrationHistory("clean")).split('"credential-rotated"').length - 1;
  for (const [key, expected] of [
    ["first-4tXw8QmZr2LcVb7NsKjD", 0],
    ["first-4tXw8QmZr2LcVb7NsKjD", 0],
    ["second-9rTb3KpWq6YdHn1MvGzS", 1],
    ["second-9rTb3KpWq6YdHn1MvGzS", 1],
  ] as const) {
    await lab.audit([entry], { env: { KEY: key } });
    lab.clock.advance(DAY);
    expect(await entries()).toBe(expected);
  }
});
