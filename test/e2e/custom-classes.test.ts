import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import type { Report } from "../../src/model/report.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";
import { reportProblems } from "../support/report-schema.ts";
import { reportOf, type SmallEstate, smallEstate } from "./support/small-estate.ts";

const VALUES = ["MB-48213975", "MB-48213983", "482197", "731954"];
const RECORDS = {
  data: [
    { id: "a1", memberNumber: VALUES[0], employee_number: VALUES[2] },
    { id: "a2", memberNumber: VALUES[1], employee_number: VALUES[3] },
  ],
};
const MEMBER = { id: "custom/member_number", pattern: "MB-[0-9]{8}", names: ["member number"], examples: ["MB-10203040"] };
const STAFF = { id: "custom/staff_number", group: "special", pattern: "[0-9]{6}", names: ["employee number"], needsName: true };
const OVERSHARING = "data/sensitive-field-undeclared";
const AT_MEMBER = "endpoint:members#$.data[].memberNumber#custom/member_number";
const AT_STAFF = "endpoint:members#$.data[].employee_number#custom/staff_number";

describe("classes of a consumer, through the program", () => {
  it("are found, declared, defined otherwise and given up; nobody but the file is blamed, and no value is left anywhere", async () => {
    const estate = await anEstate();
    const printed: string[] = [];
    const night = async (inventory: object, declared: object = {}) => {
      await estate.write("apirisk.yaml", stringify({ version: 1, ...inventory, integrations: [entryOf(estate, declared)] }));
      const result = await estate.audit(["--json", "--evidence"]);
      printed.push(result.stdout, result.stderr);
      const report = reportOf(result);
      expect(reportProblems(report)).toEqual([]);
      return report;
    };

    expect(oversharing(await night({}))).toEqual({});
    const found = await night({ customClasses: [MEMBER, STAFF] });
    expect(oversharing(found)).toEqual({ [AT_MEMBER]: "medium", [AT_STAFF]: "high" });
    expect(causes(found)).toEqual({ [AT_MEMBER]: "newly-detected config", [AT_STAFF]: "newly-detected config" });

    const declared = { dataClasses: [MEMBER.id] };
    const said = await night({ customClasses: [MEMBER, STAFF] }, declared);
    expect(oversharing(said)).toEqual({ [AT_STAFF]: "high" });
    expect(causes(said)).toEqual({ [AT_MEMBER]: "resolved config" });

    const lower = await night({ customClasses: [MEMBER, { ...STAFF, group: "infrastructure" }] }, declared);
    expect(oversharing(lower)).toEqual({ [AT_STAFF]: "low" });
    expect(causes(lower)).toEqual({ [AT_STAFF]: "improved config" });

    const otherwise = await night({ customClasses: [MEMBER, { ...STAFF, pattern: "9[0-9]{5}" }] }, declared);
    expect(oversharing(otherwise)).toEqual({});
    expect(causes(otherwise)).toEqual({});
    const back = await night({ customClasses: [MEMBER, STAFF] }, declared);
    expect(oversharing(back)).toEqual({ [AT_STAFF]: "high" });
    expect(causes(back)).toEqual({ [AT_STAFF]: "worse config" });
    expect(causes(await night({}))).toEqual({ [AT_STAFF]: "resolved config" });

    const replayed = await estate.cli(["run", "replay", "--json", "--db", "history.db"]);
    const proposed = await estate.audit(["--propose-expectations", "--no-history"]);
    printed.push(replayed.stdout, proposed.stdout);
    expect(JSON.parse(replayed.stdout)).toMatchObject({ counts: { different: 0, unobserved: 0 } });
    expect(canariesIn(printed.join("\n"), VALUES)).toEqual([]);
    expect(canariesIn(await filesOf(estate), VALUES)).toEqual([]);
    expect(canariesIn(await filesOf(estate), ["MB-10203040", MEMBER.pattern])).toEqual([]);
  }, 240_000);

  it("are the provider's doing where they come while the file stays as it is", async () => {
    const estate = await anEstate();
    await estate.write("apirisk.yaml", stringify({ version: 1, customClasses: [MEMBER], integrations: [entryOf(estate)] }));
    await estate.api("acme").change({ resources: { "/v1/members": { data: [{ id: "a1" }, { id: "a2" }] } } });
    expect(oversharing(reportOf(await estate.audit(["--json"])))).toEqual({});
    await estate.api("acme").change({ resources: { "/v1/members": RECORDS } });
    expect(causes(reportOf(await estate.audit(["--json"])))).toEqual({ [AT_MEMBER]: "new target" });
  }, 120_000);

  it("may stand in a file of their own, and are proposed as expectations", async () => {
    const estate = await anEstate();
    await estate.write("classes.yaml", stringify({ version: 1, customClasses: [MEMBER] }));
    await estate.write("apirisk.yaml", stringify({ version: 1, customClassesFile: "classes.yaml", integrations: [entryOf(estate)] }));
    const { stdout } = await estate.audit(["--propose-expectations", "--no-history"]);
    expect(stdout).toContain("classes: [ custom/member_number ]");
    expect(stdout).toMatch(/memberNumber # custom\/member_number: identifies/);
    await estate.write("classes.yaml", stringify({ version: 1, customClasses: [{ ...MEMBER, pattern: "(?=MB)MB" }] }));
    const refused = await estate.audit(["--no-history"]);
    expect({ code: refused.code, stderr: refused.stderr.replaceAll(/\s+/g, " ") }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /The file of classes is invalid\. .*classes\.yaml:4:14: customClasses\[0\]\.pattern: expected .*RE2.* found lookahead or lookbehind/,
      ),
    });
  }, 120_000);

  it("are looked for in saved bodies and recordings", async () => {
    const folder = await temporaryFolder();
    const text = JSON.stringify(RECORDS);
    const content = { mimeType: "application/json", text };
    const exchange = {
      request: { method: "GET", url: "https://api.acme.example/v1/members", headers: [] },
      response: { status: 200, headers: [], content },
    };
    await folder.write("body.json", text);
    await folder.write("traffic.har", JSON.stringify({ log: { version: "1.2", entries: [exchange] } }));
    await folder.write("classes.yaml", stringify({ version: 1, customClasses: [MEMBER, STAFF] }));
    const { runCli } = await import("../lab/support/run-cli.ts");
    for (const words of [["body.json"], ["traffic.har", "--as", "har"]]) {
      const { stdout } = await runCli(["inspect", ...words, "--classes", "classes.yaml", "--json"], { home: folder.path });
      const [entry] = (
        JSON.parse(stdout) as { files: { entries: { fields: object[]; findings: { subject: string; severity: string }[] }[] }[] }
      ).files.flatMap(({ entries }) => entries);
      expect(entry?.fields).toContainEqual(expect.objectContaining({ path: "$.data[].memberNumber", class: MEMBER.id, confidence: 0.95 }));
      expect(entry?.findings.map(({ severity }) => severity)).toEqual(expect.arrayContaining(["medium", "high"]));
      expect(canariesIn(stdout, VALUES)).toEqual([]);
    }
    const { stdout } = await runCli(["inspect", "body.json", "--classes", "classes.yaml", "--explain"], { home: folder.path });
    expect(stdout).toContain("custom/staff_number 0.95 reported; for it: name, pattern");
    expect((await runCli(["inspect", "body.json", "--classes", "none.yaml"], { home: folder.path })).code).not.toBe(0);
  }, 120_000);
});

async function anEstate(): Promise<SmallEstate> {
  const estate = await smallEstate(["acme"], { conditions: { acme: { resources: { "/v1/members": RECORDS } } } });
  onTestFinished(() => estate.close());
  return estate;
}

function entryOf(estate: SmallEstate, declared: object = {}): object {
  return {
    id: "acme",
    owner: "platform-team",
    network: "internal",
    baseUrl: estate.api("acme").url,
    auth: { scheme: "none" },
    endpoints: [{ id: "members", request: "GET /v1/members" }],
    ...declared,
  };
}

function oversharing({ integrations }: Report): Readonly<Record<string, string>> {
  const findings = integrations
    .flatMap((one) => one.findings)
    .filter(({ rule, state }) => rule === OVERSHARING && state.presence === "open");
  return Object.fromEntries(findings.map(({ subject, severity }) => [subject, severity]));
}

function causes({ changes }: Report): Readonly<Record<string, string>> {
  const own = changes.filter(({ rule }) => rule.startsWith("data/"));
  return Object.fromEntries(own.map(({ subject, kind, cause }) => [subject, `${kind} ${cause}`]));
}

/** Everything but the files that the test wrote. */
async function filesOf(estate: SmallEstate): Promise<Buffer> {
  const { readdir, readFile } = await import("node:fs/promises");
  const { join } = await import("node:path");
  const entries = await readdir(estate.home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !/\.yaml$/.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat(await Promise.all(files.map((file) => readFile(file))));
}
