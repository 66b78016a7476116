import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Folder of the labelled bodies, which lies beside this checkout or beside a folder that holds it; undefined where it does not. */
export function labelledBodies(): string | undefined {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const bodies = join(folder, "shared", "reference", "bodies");
    if (existsSync(bodies)) return bodies;
  }
  return undefined;
}
