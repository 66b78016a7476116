import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditSubject, definedClasses } from "../../src/app/audit-request.ts";
import { createFilePort } from "../../src/local/files.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

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

test("a file of classes that an inventory names is read below its folder, and no link leads out", async () => {
  const folder = await temporaryFolder();
  const classes = "version: 1\ncustomClasses: [{ id: custom/member, pattern: 'MB-[0-9]{8}' }]\n";
  await mkdir(join(folder.path, "ops"));
  await mkdir(join(folder.path, "elsewhere"));
  await folder.write("elsewhere/classes.yaml", classes);
  await folder.write("ops/own.yaml", classes);
  for (const [link, target] of [
    ["file.yaml", "elsewhere/classes.yaml"],
    ["linked", "elsewhere"],
    ["near.yaml", "ops/own.yaml"],
  ] as const)
    await symlink(join(folder.path, target), join(folder.path, "ops", link));
  const read = async (named: string) => {
    await folder.write("ops/apirisk.yaml", `customClassesFile: ${named}\n${INVENTORY}`);
    const subject = await auditSubject({ targets: [], from: join(folder.path, "ops"), filter: {} }, createFilePort());
    const defined = await definedClasses(join(folder.path, "ops/apirisk.yaml"), folder.path, createFilePort());
    expect(defined.ok).toBe(subject.ok);
    if (subject.ok) return subject.value.integrations[0]?.customClasses?.map(({ id }) => id);
    return subject.error.kind === "file" ? subject.error.problem.kind : subject.error.kind;
  };
  for (const out of ["file.yaml", "linked/classes.yaml"]) expect(await read(out)).toBe("outside");
  for (const inside of ["own.yaml", "near.yaml"]) expect(await read(inside)).toEqual(["custom/member"]);
  expect(await read("nowhere.yaml")).toBe("not-found");
  expect(await definedClasses(join(folder.path, "ops/file.yaml"), folder.path, createFilePort())).toMatchObject({ ok: true });
});
