import { expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { NOW } from "../judge/builders.ts";

test("a body that is longer than what is looked at is truncated, and not refused", async () => {
  const record = '{"email":"ada.lovelace@apirisk-lab.dev"},';
  const body = Buffer.from(`[${record.repeat((26 * 1024 * 1024) / record.length)}{}]`);
  const readBytes: FilePort["readBytes"] = async (path, maxBytes) =>
    body.length > maxBytes ? err({ kind: "too-large", path, detail: "is too large" }) : ok(body);
  const report = await inspectFiles(["saved"], { as: "body", now: NOW, anchors: [] }, { readBytes } as Partial<FilePort> as FilePort);
  expect(report).toMatchObject({
    ok: true,
    value: { files: [{ entries: [{ truncated: true, facts: { state: "truncated" }, fields: [{ path: "$[].email", class: "email" }] }] }] },
  });
});
