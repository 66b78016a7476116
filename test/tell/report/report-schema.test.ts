import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { CUSTOM_CLASS_NAME, DATA_CLASSES } from "../../../src/model/data-class.ts";
import { CAUSES, CHANGE_KINDS, FINDING_LABELS, PRESENCES, TRIAGES } from "../../../src/model/finding.ts";
import { CRITICALITIES } from "../../../src/model/integration.ts";
import { UNOBSERVED_REASONS } from "../../../src/model/reason.ts";
import { BANDS, FAIL_ON, REPORT_SCHEMA_VERSION, type Report, VISIBILITIES } from "../../../src/model/report.ts";
import { REMEDIATION_VERBS, RULE_FAMILIES, VERDICTS } from "../../../src/model/rule.ts";
import { SEVERITIES } from "../../../src/model/severity.ts";
import { renderJson } from "../../../src/tell/report/json.ts";
import { busyReport, sampleReport } from "../sample-report.ts";

const schema = createRequire(import.meta.url)("#data/schemas/report.schema.json");
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
const problems = (report: unknown) => {
  validate(JSON.parse(renderJson(report)));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

describe("report.schema.json", () => {
  it.each([
    ["an empty run", sampleReport()],
    ["a busy run", busyReport()],
    [
      "a run with policies",
      sampleReport({
        integrations: [
          {
            ...firstOf(sampleReport()),
            policies: [
              { pack: "rfc-9325", complies: null, violated: 0, unknown: 3, nextDate: null, nextRequirement: null },
              {
                pack: "bsi-tr-02102-2-2026-01",
                complies: true,
                violated: 0,
                unknown: 0,
                nextDate: "2032-01-01",
                nextRequirement: "tls12-ends",
              },
            ],
          },
        ],
      }),
    ],
    [
      "a run with evidence",
      sampleReport({ integrations: [{ ...firstOf(sampleReport()), evidence: { tls: [{ address: "192.0.2.1", versions: [] }] } }] }),
    ],
  ])("accepts %s", (_, report) => {
    expect(problems(report)).toEqual([]);
  });

  it.each<[string, (report: Mutable) => void]>([
    ["a field that nobody knows", (report) => Object.assign(report, { extra: 1 })],
    ["a missing field", (report) => Reflect.deleteProperty(report, "notices")],
    ["another major version", (report) => Object.assign(report, { schemaVersion: "2.0.0" })],
    ["coverage above 1", (report) => Object.assign(report.run, { coverage: 1.1 })],
    ["an instant that is not UTC", (report) => Object.assign(report.run, { startedAt: "2026-11-23T19:00:00+01:00" })],
    ["a run id that is no ULID", (report) => Object.assign(report.run, { id: "1" })],
    ["a visibility that nobody knows", (report) => Object.assign(firstOf(report), { visibility: "fine" })],
    [
      "a reason that nobody knows",
      (report) => Object.assign(firstOf(report), { unobserved: [{ rule: "tls/x", subject: "", reason: "weather" }] }),
    ],
    ["a rule of no family", (report) => Object.assign(firstOf(report), { errors: [{ rule: "x/y", subject: "" }] })],
  ])("refuses %s", (_, spoil) => {
    const report = structuredClone(sampleReport()) as Mutable;
    spoil(report);
    expect(problems(report)).not.toEqual([]);
  });

  it("lists the words of the model, all of them and no other", () => {
    const { $defs, properties } = schema;
    expect($defs.reason.enum).toEqual([...UNOBSERVED_REASONS]);
    expect($defs.severity.enum).toEqual([...SEVERITIES]);
    expect($defs.band.enum).toEqual([...BANDS]);
    expect($defs.gate.properties.failOn.enum).toEqual([...FAIL_ON]);
    expect($defs.integration.properties.visibility.enum).toEqual([...VISIBILITIES]);
    expect($defs.integration.properties.criticality.enum).toEqual([...CRITICALITIES]);
    const [own, custom] = $defs.integration.properties.dataClasses.items.anyOf;
    expect(own.enum).toEqual([...DATA_CLASSES]);
    expect(custom.pattern).toBe(CUSTOM_CLASS_NAME.source.replace("\\/", "/"));
    expect($defs.finding.properties.state.properties.presence.enum).toEqual([...PRESENCES]);
    expect($defs.finding.properties.state.properties.triage.enum).toEqual([...TRIAGES]);
    expect($defs.finding.properties.state.properties.label.enum).toEqual([...FINDING_LABELS]);
    expect($defs.finding.properties.remediation.properties.verb.enum).toEqual([...REMEDIATION_VERBS]);
    expect($defs.change.properties.kind.enum).toEqual([...CHANGE_KINDS]);
    expect($defs.change.properties.cause.enum).toEqual([...CAUSES]);
    expect($defs.side.properties.verdict.enum).toEqual([...VERDICTS]);
    expect($defs.side.properties.presence.enum).toEqual([...PRESENCES]);
    expect($defs.rule.pattern).toContain(`^(${RULE_FAMILIES.join("|")})/`);
    expect(properties.schemaVersion.const).toBe(REPORT_SCHEMA_VERSION);
  });

  it("closes every object but the evidence", () => {
    const open: string[] = [];
    const walk = (node: unknown, path: string) => {
      if (typeof node !== "object" || node === null) return;
      const { type, additionalProperties } = node as { type?: unknown; additionalProperties?: unknown };
      if (type === "object" && additionalProperties !== false) open.push(path);
      for (const [key, child] of Object.entries(node)) walk(child, `${path}/${key}`);
    };
    walk(schema, "");
    expect(open).toEqual(["/$defs/integration/properties/evidence"]);
  });
});

type Mutable = { -readonly [K in keyof Report]: Report[K] };

function firstOf(report: Report) {
  const [integration] = report.integrations;
  if (integration === undefined) throw new Error("the sample has one integration");
  return integration;
}
