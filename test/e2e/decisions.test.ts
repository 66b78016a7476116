import { describe, expect, it, onTestFinished } from "vitest";
import { createAuthority } from "../../src/demo/certificates.ts";
import { startApi } from "../../src/demo/servers.ts";
import type { Report } from "../../src/model/report.ts";
import { type CliResult, runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

const BANNER = "header/version-disclosure";

describe("decisions about findings", () => {
  it("accepted, voided by time alone, disputed, acknowledged, reopened: each is kept, shown, and acted on", async () => {
    const { cli, audit, api } = await place();
    await api.change({ certificate: "expired" });
    const first = await audit();
    expect(first.code).toBe(1);
    const expired = findingOf(report(first), "certificate/expired");
    const decide = (...words: string[]) => cli("finding", ...words, "--db", "history.db");

    expect((await decide("accept", expired, "--by", "ciso", "--reason", "r")).stderr).toMatch(/[Mm]issing required flag.*until/s);
    const over = await decide("accept", expired, "--by", "ciso", "--reason", "r", "--until", "2020-01-01");
    expect([over.code, over.stderr]).toMatchObject([2, expect.stringContaining("Expected a day from")]);
    const secret = await decide("accept", expired, "--by", "ciso", "--reason", `key ${CANARY}`, "--until", nextYear());
    expect(secret.code).toBe(2);
    expect(secret.stderr + secret.stdout).not.toContain(CANARY);

    const accepted = await decide("accept", expired.slice(0, 8), "--by", "ciso", "--reason", "contract ends", "--until", nextYear());
    expect([accepted.code, accepted.stderr]).toEqual([0, ""]);
    expect(accepted.stdout).toContain(`accepted until ${nextYear()}`);
    const second = await audit();
    expect(second.code).toBe(0);
    expect(stateOf(report(second), "certificate/expired")).toMatchObject({ presence: "open", triage: "accepted", label: "accepted" });

    await decide("reopen", expired, "--by", "ciso", "--reason", "changed our mind");
    expect((await audit()).code).toBe(1);
    for (const [verb, triage, ...flags] of [
      ["acknowledge", "acknowledged"],
      ["dispute", "disputed", "--reason", "they say it is renewed", "--evidence", "ticket 4711"],
    ] as const) {
      expect((await decide(verb, expired, "--by", "payments", ...flags)).code).toBe(0);
      const again = await audit();
      expect([again.code, stateOf(report(again), "certificate/expired")?.triage]).toEqual([1, triage]);
    }
    const shown = await decide("show", expired);
    expect(shown.stdout).toContain("disputed by payments");
    expect(shown.stdout).toContain("ticket 4711");
    expect((await decide("false-positive", expired, "--by", "x", "--reason", "y")).code).toBe(0);
    expect((await audit()).code).toBe(0);
    const unknown = await decide("accept", "0123456789", "--by", "x", "--reason", "y", "--until", nextYear());
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining("No finding has a fingerprint that begins like this")]);
    const short = await decide("show", expired.slice(0, 2));
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining(expired)]);
  }, 120_000);

  it("--write puts a waiver into the file, keeps the file's comments, and the waiver is told when it is void, unused or withdrawn", async () => {
    const { cli, audit, api, folder } = await place();
    await api.change({ headers: { server: "nginx/1.18.0" } });
    const banner = findingOf(report(await audit()), BANNER);
    const written = await cli(
      "finding",
      "accept",
      banner,
      "--by",
      "ciso",
      "--reason",
      "they: never",
      "--until",
      nextYear(),
      "--write",
      "--db",
      "history.db",
    );
    expect([written.code, written.stderr]).toEqual([0, ""]);
    const text = String((await folder.contents()).get(`${folder.path}/apirisk.yaml`));
    expect(text).toContain("# the payments team asked for this one");
    expect(text).toMatch(/waivers:\n\s+- rule: header\/version-disclosure\n\s+subject: header:server\n/);
    const waived = report(await audit());
    const finding = waived.integrations[0]?.findings.find(({ rule }) => rule === BANNER);
    expect(finding).toMatchObject({ waiver: { by: "ciso", kind: "accepted" }, state: { triage: "none", label: "accepted" } });

    // Whoever decides in history is told that the file wins, and a second waiver takes the place of the first.
    const decide = (...words: string[]) => cli("finding", ...words, "--by", "cto", "--db", "history.db");
    expect((await decide("reopen", banner, "--reason", "r")).stdout).toMatch(
      /taken back(.|\n)*does not\s+count before that is taken out of\s+the file/,
    );
    const terms = ["--reason", "longer", "--until", nextYear()];
    expect((await decide("accept", banner, ...terms)).stdout).toMatch(/which\s+wins\s+over\s+this\s+decision/);
    expect((await cli("finding", "show", banner, "--db", "history.db")).stdout).toMatch(/accepted by ciso since (.|\n)*they: never/);
    const again = await decide("accept", banner, ...terms, "--write");
    expect(again.stdout).toMatch(/from\s+the\s+next\s+audit\s+on/);
    const replaced = String((await folder.contents()).get(`${folder.path}/apirisk.yaml`));
    expect(replaced).toBe(text.replace('"they: never"', "longer").replace("by: ciso", "by: cto"));
    await decide("reopen", banner, "--reason", "r");

    await folder.write("apirisk.yaml", text.replace("they: never", "they said: never again"));
    expect(report(await audit()).events).toEqual([]);
    await folder.write("apirisk.yaml", text.slice(0, text.indexOf("    waivers:")));
    expect(report(await audit()).events).toMatchObject([{ integration: "acme", kind: "waiver-withdrawn", rule: BANNER, cause: "config" }]);
  }, 120_000);

  it("an integration that leaves the inventory takes its findings with it, and finds them again as no news", async () => {
    const { cli, audit, api, folder, inventory } = await place();
    await api.change({ headers: { server: "nginx/1.18.0" } });
    await folder.write("apirisk.yaml", `${inventory}${inventory.split("integrations:\n")[1]?.replace("id: acme", "id: second")}`);
    const both = report(await audit());
    expect(both.integrations.map(({ id }) => id)).toEqual(["acme", "second"]);
    await folder.write("apirisk.yaml", inventory);
    const gone = report(await audit());
    expect(gone.events.filter(({ kind }) => kind === "retired").map(({ integration }) => integration)).toEqual(
      both.integrations[1]?.findings.map(() => "second"),
    );
    expect(report(await audit()).events).toEqual([]);
    // Whoever looks hears that it left: it is neither fixed nor watched.
    const earlier = both.run.id;
    const compared = await cli("run", "compare", earlier, "latest", "--db", "history.db");
    expect(compared.stdout).toMatch(/Nothing changed in 1 integration(.|\n)*Not compared: second \(only the earlier run audited it\)/);
    expect(gone.notices).toContainEqual(expect.stringMatching(/^second left the inventory with findings .*neither fixed nor watched/));
    const told = await cli("report", gone.run.id, "--json", "--db", "history.db");
    expect(report(told).notices).toEqual(expect.arrayContaining([...gone.notices]));
    await folder.write("apirisk.yaml", `${inventory}${inventory.split("integrations:\n")[1]?.replace("id: acme", "id: second")}`);
    const back = report(await audit());
    expect(new Set(back.changes.map(({ kind, cause }) => `${kind} ${cause}`))).toEqual(new Set(["newly-detected config"]));
  }, 120_000);
});

const CANARY = "sk_live_4eC39HqLyjWDarjtT1zdp7dcAbCdEf";

async function place() {
  const folder = await temporaryFolder();
  const authority = createAuthority();
  const api = await startApi({ authority, now: new Date() }, {});
  onTestFinished(() => api.close());
  await folder.write("ca.pem", authority.certificatePem);
  const inventory = `version: 1
integrations:
  - id: acme # the payments team asked for this one
    owner: payments
    network: internal
    baseUrl: ${api.url}
    endpoints:
      - { id: orders, request: GET /v1/orders }
`;
  await folder.write("apirisk.yaml", inventory);
  const cli = (...words: string[]) => runCli(words, { home: folder.path });
  const audit = () => cli("audit", "--ca", "ca.pem", "--db", "history.db", "--json", "--min-coverage", "0");
  return { folder, api, cli, audit, inventory };
}

function report({ stdout }: CliResult): Report {
  return JSON.parse(stdout) as Report;
}

function findingOf({ integrations }: Report, rule: string): string {
  return integrations.flatMap(({ findings }) => findings).find((finding) => finding.rule === rule)?.fingerprint ?? "none";
}

function stateOf({ integrations }: Report, rule: string) {
  return integrations.flatMap(({ findings }) => findings).find((finding) => finding.rule === rule)?.state;
}

function nextYear(): string {
  return `${new Date().getUTCFullYear() + 1}-06-30`;
}
