import { describe, expect, it } from "vitest";
import type { ClassFact } from "../../../src/evidence/kinds.ts";
import type { Observation } from "../../../src/evidence/observation.ts";
import { proposalFor } from "../../../src/judge/facts/proposal.ts";
import type { DataClass } from "../../../src/model/data-class.ts";
import { anEndpoint, anIntegration, answeredBefore, response, unseen } from "../builders.ts";

const at = (path: string, type = "string") => ({ path, types: [type] });
const found = (dataClass: DataClass, path: string, more: Partial<ClassFact> = {}): ClassFact => ({
  ...{ path, class: dataClass, confidence: 0.9, count: 1, masked: false, sample: false },
  ...more,
});
const propose = (observations: readonly Observation[], path = "/list") =>
  proposalFor(anIntegration({ endpoints: [anEndpoint({ path })] }), observations, () => true).endpoints[0];
const SHAPE = [at("$", "object"), at("$.data", "array"), at("$.data[]", "object"), at("$.data[].id"), at("$.data[].mail")];

describe("a proposal", () => {
  it("names what stands at the ends of paths, what of it is sensitive, and how many records came", () => {
    const classes = [found("email", "$.data[].mail"), found("username", "$.data[].id")];
    expect(propose([response({ body: { shape: SHAPE, classes, records: 7 } })])).toEqual({
      id: "list",
      fields: [
        { path: "$.data[].id", classes: [] },
        { path: "$.data[].mail", classes: [{ class: "email", masked: false }] },
      ],
      classes: ["email"],
      maxRecords: 7,
    });
  });

  it("takes in what came before, and what was asked for", () => {
    const before = answeredBefore([...SHAPE.map(({ path }) => path), "$.data[].gift"], { records: [3, 40, 2] });
    const proposed = propose([response({ body: { shape: SHAPE, records: 7 } }), before]);
    expect(proposed).toMatchObject({ maxRecords: 40 });
    expect(proposed?.fields.map(({ path }) => path)).toEqual(["$.data[].gift", "$.data[].id", "$.data[].mail"]);
    expect(propose([response({ body: { shape: SHAPE, records: 7 } })], "/list?limit=100")).toMatchObject({ maxRecords: 100 });
    expect(propose([response({ body: { shape: [at("$.rate", "number")], records: 0 } })])).not.toHaveProperty("maxRecords");
  });

  it("declares a masked field by its path, and no secret but tokens that are handed out", () => {
    const shape = [at("$.card"), at("$.key"), at("$.token"), at("$.old")];
    const classes = [
      found("payment_card", "$.card", { masked: true }),
      found("api_key", "$.key"),
      found("access_token", "$.token"),
      found("api_key", "$.old", { masked: true }),
    ];
    expect(propose([response({ body: { shape, classes } })])).toMatchObject({
      fields: [
        { path: "$.card", classes: [{ class: "payment_card", masked: true }] },
        { path: "$.key", classes: [{ class: "api_key", masked: false }], secret: true },
        { path: "$.old", classes: [{ class: "api_key", masked: true }] },
        { path: "$.token", classes: [{ class: "access_token", masked: false }] },
      ],
      classes: ["access_token"],
    });
  });

  it("takes a JWT for handed out where it is an access token as well", () => {
    const classes = [found("access_token", "$.token"), found("jwt", "$.token"), found("jwt", "$.other")];
    const proposed = propose([response({ body: { shape: [at("$.token"), at("$.other")], classes } })]);
    expect(proposed).toMatchObject({ fields: [{ path: "$.other", secret: true }, { path: "$.token" }] });
    expect(proposed).not.toMatchObject({ fields: [{}, { secret: true }] });
  });

  it.each([
    ["no answer", [unseen("http-response", "http_timeout", { endpoint: "list" })], "http_timeout"],
    ["nobody asked", [], "not_requested"],
    ["an error", [response({ status: 404, interference: "not_found", body: { shape: SHAPE } })], "not_found"],
    ["half a body", [response({ body: { state: "truncated", shape: SHAPE } })], "body_truncated"],
    ["an empty page", [response({ body: { records: 0, shape: [at("$", "object"), at("$.data", "array")] } })], "evidence_ambiguous"],
  ] as const)("is none of %s", (_, observations, reason) => {
    expect(propose(observations)).toEqual({ id: "list", reason, fields: [], classes: [] });
  });
});
