import { expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { reportProblems } from "../support/report-schema.ts";
import { reportOf, smallEstate } from "./support/small-estate.ts";

const USER = { id: "a1", userName: "mona.lind", emails: [{ value: "mona.lind@lindqvist-bygg.se" }] };
const SCIM = { schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], totalResults: 1, Resources: [USER] };
const PLAIN = { users: [{ id: "a1", email: "mona.lind@lindqvist-bygg.se" }] };

it("the report says how to ask for less where the answer shows its dialect, and what the rule says where it does not", async () => {
  const estate = await smallEstate(["acme"], { conditions: { acme: { resources: { "/v1/Users": SCIM, "/v1/users": PLAIN } } } });
  onTestFinished(() => estate.close());
  const acme = {
    id: "acme",
    owner: "platform-team",
    network: "internal",
    baseUrl: estate.api("acme").url,
    auth: { scheme: "none" },
    endpoints: [
      { id: "scim", request: "GET /v1/Users" },
      { id: "plain", request: "GET /v1/users" },
    ],
  };
  await estate.write("apirisk.yaml", stringify({ version: 1, integrations: [acme] }));
  const report = reportOf(await estate.audit(["--json"]));
  expect(reportProblems(report)).toEqual([]);
  const texts = Object.fromEntries(
    report.integrations
      .flatMap(({ findings }) => findings)
      .filter(({ rule }) => rule === "data/sensitive-field-undeclared")
      .map(({ subject, remediation }) => [subject, remediation.text]),
  );
  const general = texts["endpoint:plain#$.users[].email#email"];
  const here = texts["endpoint:scim#$.Resources[].emails[].value#email"];
  expect(general).toMatch(/^Ask for fewer fields/);
  expect(here).toMatch(/^Ask with `attributes=`.*SCIM/);
  expect(here?.endsWith(` ${general}`)).toBe(true);
}, 120_000);
