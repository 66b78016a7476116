import { type InspectAs, inspectFiles } from "../../src/app/inspect.ts";
import type { FilePort } from "../../src/model/file-port.ts";
import { ok } from "../../src/model/result.ts";
import { renderInspection } from "../../src/tell/report/inspection.ts";
import { NOW } from "../judge/builders.ts";

/** One file through `inspect`: what was found, in the words of a case, and everything that is printed. Undefined where it is not what it was said to be. */
export async function inspectedAs(as: InspectAs, content: string | Uint8Array, host?: string) {
  const files = { readBytes: () => Promise.resolve(ok(Buffer.from(content))) } as Partial<FilePort> as FilePort;
  const options = { as, now: NOW, anchors: [], ...(host !== undefined && { host }) };
  const report = await inspectFiles(["saved"], options, files);
  if (!report.ok) return undefined;
  const [entry] = report.value.files[0]?.entries ?? [];
  const text = renderInspection(report.value.files, { columns: 100, colour: false, unicode: true });
  return {
    found: (entry?.findings ?? []).map(({ rule, outcome, severity }) => `${rule.replace("auth/", "")} ${outcome} ${severity}`),
    facts: (entry?.facts ?? {}) as Readonly<Record<string, never>>,
    text,
    printed: `${text}\n${JSON.stringify(report.value)}`,
  };
}
