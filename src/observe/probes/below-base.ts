import type { ObservationKey } from "../../evidence/observation.ts";
import { sha256Hex } from "../../model/digest.ts";

/**
 * Where an API is that was asked below its base path, and not at a path of its own: `origin` is of the API, `basePath` of its base URL. Behind another
 * base path may be another router, so what was seen below one says nothing of the other. The root has no mark.
 */
export function belowBase(origin: string, basePath: string): ObservationKey {
  const path = basePath.replace(/\/+$/, "");
  return path === "" ? { origin } : { origin, endpoint: `below:${sha256Hex(path).slice(0, 12)}` };
}
