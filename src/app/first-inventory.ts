import { join } from "node:path";
import { adHocIntegration } from "../inventory/ad-hoc.ts";
import { starterInventory } from "../inventory/starter.ts";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { INVENTORY_NAME } from "./audit-request.ts";

export type InitProblem =
  | { readonly kind: "file"; readonly problem: FileProblem }
  | { readonly kind: "exists" | "bad-target"; readonly message: string };

/** Writes a starter inventory and returns its path. Never over a file that is there, unless told. */
export async function firstInventory(
  request: { readonly targets: readonly string[]; readonly folder: string; readonly overwrite: boolean },
  files: FilePort,
): Promise<Result<string, InitProblem>> {
  const origins: string[] = [];
  for (const target of request.targets) {
    const integration = adHocIntegration(target);
    if (!integration.ok) return err({ kind: "bad-target", message: integration.error });
    origins.push(integration.value.baseUrl);
  }
  const file = join(request.folder, INVENTORY_NAME);
  const there = await files.readBytes(file, 1);
  const exists = there.ok || there.error.kind !== "not-found";
  if (exists && !request.overwrite) return err({ kind: "exists", message: `${file} is there already.` });
  const written = await files.writeWhole(file, starterInventory(origins.length === 0 ? undefined : origins), 0o644);
  return written.ok ? ok(file) : err({ kind: "file", problem: written.error });
}
