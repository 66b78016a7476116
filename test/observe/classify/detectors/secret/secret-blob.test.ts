import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../../../src/observe/classify/classify-body.ts";

describe("secret_blob", () => {
  it.each([
    ["a Kubernetes Secret", { kind: "Secret", data: { password: "RVhBTVBMRQ==" } }, "$.data.password"],
    ["its plain form", { kind: "Secret", stringData: { user: "EXAMPLE-user" } }, "$.stringData.user"],
    ["a manager's answer", { Name: "db", SecretString: "EXAMPLE-text" }, "$.SecretString"],
    ["a vault's answer", { id: "https://v.example/secrets/smtp/1", value: "EXAMPLE-text" }, "$.value"],
    ["a payload", { name: "projects/1/secrets/x/versions/2", payload: { data: "RVhBTVBMRQ==" } }, "$.payload.data"],
  ])("is %s", (_what, body, path) => {
    expect(classesAt(body, path)).toEqual(["secret_blob"]);
  });

  it.each([
    ["a ConfigMap", { kind: "ConfigMap", data: { level: "debug" } }, "$.data.level"],
    ["a value of anything else", { id: "settings/1", value: "EXAMPLE-text" }, "$.value"],
    ["metadata of a Secret", { kind: "Secret", metadata: { name: "billing-db" } }, "$.metadata.name"],
    ["a name of a secret", { secretName: "prod/db" }, "$.secretName"],
  ])("is not %s", (_what, body, path) => {
    expect(classesAt(body, path)).not.toContain("secret_blob");
  });
});

function classesAt(body: unknown, path: string): readonly string[] {
  const { classes } = classifyBody(Buffer.from(JSON.stringify(body)), { contentType: undefined, truncated: false, knownMaps: [] });
  return classes.filter((fact) => fact.path === path && fact.confidence >= 0.6).map((fact) => fact.class);
}
