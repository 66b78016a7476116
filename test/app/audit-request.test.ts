import { expect, test } from "vitest";
import { auditSubject } from "../../src/app/audit-request.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";

const INVENTORY = `version: 1
policy: { rules: { auth/http-port-open: off } }
integrations:
  - id: acme
    baseUrl: https://api.acme.example
    waivers: [{ rule: auth/key-in-path, until: 2027-01-01, reason: r, by: b }]
`;
const FILES = { findUpward: async () => "apirisk.yaml", readText: async () => ok(INVENTORY) } as unknown as FilePort;

test("former names of rules in an inventory are understood as the rules of today", async () => {
  const subject = await auditSubject({ targets: [], from: "/", filter: {} }, FILES);
  expect(subject).toMatchObject({
    ok: true,
    value: {
      policy: { rules: { "auth/credential-over-http": { off: true } } },
      integrations: [{ waivers: [{ rule: "auth/key-in-query" }] }],
    },
  });
});

test("policy packs of the command line come to those of the inventory, by any of their names and once", async () => {
  const text = INVENTORY.replace("policy: {", "policy: { packs: [rfc-9325, mozilla-6.0],");
  const files = { ...FILES, readText: async () => ok(text) } as unknown as FilePort;
  const subject = await auditSubject({ targets: [], from: "/", filter: {}, packs: ["mozilla-6.0-intermediate", "pci-dss-4.0.1"] }, files);
  expect(subject).toMatchObject({ ok: true, value: { policy: { packs: ["rfc-9325", "mozilla-6.0-intermediate", "pci-dss-4.0.1"] } } });
  const adHoc = await auditSubject({ targets: ["api.acme.example"], from: "/", filter: {}, packs: ["mozilla-6.0"] }, FILES);
  expect(adHoc).toMatchObject({ ok: true, value: { policy: { packs: ["mozilla-6.0-intermediate"] } } });
});
