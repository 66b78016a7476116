import { expect, it } from "vitest";
import { inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { NOW } from "../judge/builders.ts";
import { chainOf, leaf, ROOT } from "../judge/chain-builders.ts";
import { tlsFeature } from "../lab/support/certificate-extensions.ts";

it("does not miss in a file what only a handshake brings", async () => {
  const chain = chainOf(leaf({ with: [tlsFeature()] }));
  const files = {
    readBytes: () => Promise.resolve(ok(Buffer.from(chain.map(({ pem }) => pem).join("")))),
  } as Partial<FilePort> as FilePort;
  const report = await inspectFiles(["chain.pem"], { as: "chain", now: NOW, anchors: [ROOT.der] }, files);
  expect(report.ok && report.value.files.flatMap(({ entries }) => entries.flatMap(({ findings }) => findings))).toEqual([]);
});
