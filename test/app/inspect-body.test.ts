import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { err, ok } from "../../src/model/result.ts";
import { NOW } from "../judge/builders.ts";
import { inspectedAs } from "./inspecting.ts";

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

test.each([
  ['{"id":1,"na', "malformed"],
  ["<!DOCTYPE r [<!ENTITY x 'y'>]><r>&x;</r>", "malformed"],
  ["[".repeat(300), "nested too deep"],
])("of a body that was not read to its end, nothing found is no all-clear: %j", async (body, why) => {
  const { text } = (await inspectedAs("body", body)) ?? {};
  expect(text).toContain(`No findings; what is missing here says nothing (${why}).`);
});

test.each([
  [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]), "saved: not inspected\nNothing was judged."],
  ["<!doctype html><html></html>", "saved: not inspected\nNothing was judged."],
  ["", "saved: empty\nNothing was judged."],
  ['{"id":1}', "saved: json\nNo findings."],
  ["[]", "saved: json, 0 records\nNo findings; what is missing here says nothing (no record)."],
])("what is no data is said to be none: case %#", async (body, text) => {
  expect((await inspectedAs("body", body))?.text).toBe(text);
});

test("findings of a body that was not read to its end are not all that there may be", async () => {
  const { text } = (await inspectedAs("body", '[{"email":"ada.lovelace@apirisk-lab.dev"},{"na')) ?? {};
  expect(text).toContain("$[].email");
  expect(text).toMatch(/What is missing here says nothing \(malformed\)\.$/);
});

test("a recording that is not said to be one is told what it could be looked at as", async () => {
  const entry = { request: { method: "GET", url: "https://api.acme.com/" }, response: { status: 200, content: { text: "{}" } } };
  const text = async (body: object) => (await inspectedAs("body", JSON.stringify(body)))?.text;
  expect(await text({ log: { version: "1.2", entries: [entry] } })).toContain("recorded traffic: --as har");
  expect(await text({ log: { version: "1.2", entries: [{ response: "a" }] } })).not.toContain("--as har");
});

const PACKED = gzipSync('{"data":[{"email":"ada.lovelace@apirisk-lab.dev"}]}');

test("a body that is packed with gzip is unpacked", async () => {
  const { text, printed } = (await inspectedAs("body", PACKED)) ?? {};
  expect(text).toContain("$.data[].email");
  expect(printed).toContain('"truncated":false');
});

test.each([
  ["broken at its end", PACKED.subarray(0, -12)],
  ["a bomb", gzipSync(`[${"0,".repeat(4 * 1024 * 1024)}0]`)],
])("one that is %s is no all-clear", async (_what, content) => {
  expect((await inspectedAs("body", content))?.printed).toContain('"truncated":true');
});

test("one that holds nothing of what it was is not inspected", async () => {
  const broken = Buffer.concat([PACKED.subarray(0, 12), Buffer.alloc(20, 0xff)]);
  expect((await inspectedAs("body", broken))?.text).not.toContain("No findings.");
});

test("other files are unpacked as well, and refused where they are not whole", async () => {
  const packed = gzipSync(`HTTP/1.1 200 OK\r\nServer: nginx/1.18.0\r\nX-Noise: ${"q".repeat(300)}\r\n\r\n`);
  expect((await inspectedAs("headers", packed))?.facts["status"]).toBe(200);
  expect(await inspectedAs("headers", packed.subarray(0, -9))).toBeUndefined();
});
