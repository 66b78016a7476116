import { describe, expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import type { ExplainedPath } from "../../src/observe/classify/explain.ts";
import { explainBody } from "../../src/observe/classify/explain-body.ts";
import { renderInspection } from "../../src/tell/report/inspection.ts";
import { NOW } from "../judge/builders.ts";

async function explained(body: unknown, paths: readonly string[] = []) {
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(JSON.stringify(body)))) } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["saved.json"], { as: "body", explain: paths, now: NOW, anchors: [] }, files);
  if (!report.ok) throw new Error("not inspectable");
  const text = renderInspection(report.value.files, { columns: 100, colour: false, unicode: true });
  const [entry] = report.value.files[0]?.entries ?? [];
  return {
    paths: (entry?.facts["explained"] ?? []) as readonly ExplainedPath[],
    text,
    printed: `${text}\n${JSON.stringify(report.value)}`,
  };
}

const BODY = {
  data: [
    { email: "jane.doe@acme.com", user_password: "Password", card_number: "4539148803436467", order_total: 12 },
    { email: "john.roe@acme.com", user_password: "Password", card_number: "4539148803436467", order_total: 13 },
  ],
};

describe("inspect --explain", () => {
  test("shows what speaks for what is reported", async () => {
    const { paths, text } = await explained(BODY, ["$.data[].email"]);
    expect(paths.map(({ path, values }) => [path, values])).toEqual([["$.data[].email", 2]]);
    expect(paths[0]?.candidates[0]).toMatchObject({ class: "email", reported: true, count: 2, cues: expect.arrayContaining(["name"]) });
    expect(text).toContain("$.data[].email (2 values)");
    expect(text).toMatch(/email 0\.9\d reported; for it: name/);
  });

  test("shows what speaks against what is not reported", async () => {
    const { paths } = await explained(BODY, ["$.data[].user_password"]);
    const password = paths[0]?.candidates.find((candidate) => candidate.class === "password");
    expect(password).toMatchObject({ reported: false, confidence: 0, count: 0, cues: ["name"] });
    expect(password?.vetoes.length).toBeGreaterThan(0);
  });

  test("says of a path without a candidate that it has none, and of all paths only those that have one", async () => {
    const asked = await explained({ open: true, size: 3 }, ["$.size"]);
    expect(asked.paths).toEqual([{ path: "$.size", types: ["number"], values: 1, candidates: [] }]);
    expect(asked.text).toContain("no candidate");
    expect((await explained({ open: true, size: 3 })).paths).toEqual([]);
    expect((await explained(BODY)).paths.map(({ path }) => path)).toContain("$.data[].card_number");
  });

  test("says of a path where nothing stands that nothing does, and how paths are written", async () => {
    const { paths, text } = await explained(BODY, ["$.data.email", "$.data[].email"]);
    expect(paths.map(({ path, types, values }) => [path, types, values])).toEqual([
      ["$.data[].email", ["string"], 2],
      ["$.data.email", [], 0],
    ]);
    expect(text).toMatch(/\$\.data\.email\n {2}nothing stands there; elements of an array are written \[\]/);
  });

  test("changes no finding: what is only a candidate is shown, and not judged", async () => {
    const body = JSON.stringify({ number: "4539148803436467", email: "jane.doe@acme.com" });
    const files = { readBytes: () => Promise.resolve(ok(Buffer.from(body))) } as Partial<FilePort> as FilePort;
    const options = { as: "body", now: NOW, anchors: [] } as const;
    const [plain, shown] = [
      await inspectFiles(["saved.json"], options, files),
      await inspectFiles(["saved.json"], { ...options, explain: [] }, files),
    ].map((report) => (report.ok ? report.value.files[0]?.entries[0] : undefined));
    expect(shown?.fields.map((field) => field.class)).toContain("payment_card");
    expect(plain?.findings).not.toEqual([]);
    expect(shown?.findings).toEqual(plain?.findings);
  });

  test("looks at a body as it is classified: at as much of its beginning, and without what was cut", () => {
    const binary = `{"email":"jane.doe@acme.com","note":"${"a".repeat(1100)}${"\u0000".repeat(3000)}"}`;
    expect(explainBody(Buffer.from(binary), [])).toEqual([]);
    const row = (at: number) => `jane${String.fromCharCode(97 + at)}@acme.com,${"n".repeat(40_000)}\n`;
    const [email] = explainBody(Buffer.from(`email,note\n${Array.from({ length: 30 }, (_, at) => row(at % 26)).join("")}`), ["$[].email"]);
    expect(email?.values).toBe(26);
    expect(email?.candidates.find((candidate) => candidate.class === "email")?.count).toBe(26);
  });

  test("never shows a value, nor a key that is one", async () => {
    const canary = "canary.person@acme.com";
    const { printed } = await explained({ byMail: { [canary]: { email: canary, card: "4539148803436467" } } });
    expect(printed).not.toContain(canary);
    expect(printed).not.toContain("4539148803436467");
    expect(printed).toContain("$.byMail{}");
  });
});
