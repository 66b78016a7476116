import { isObject, jsonObject } from "../bounded-json.ts";
import { type LockFileReader, locked } from "./locked-package.ts";

/** composer.lock. A branch ("dev-main") has no version, nor has a folder. */
export const readComposerLock: LockFileReader = (text) => {
  const file = jsonObject(text, text.length);
  if (file === undefined || !Array.isArray(file["packages"])) return undefined;
  const listed: readonly unknown[] = [file["packages"], file["packages-dev"]].flatMap((list) => (Array.isArray(list) ? list : []));
  const packages = listed.flatMap((entry) => {
    if (!isObject(entry) || typeof entry["name"] !== "string") return [];
    const { name, version, dist } = entry;
    const isElsewhere = isObject(dist) && dist["type"] === "path";
    return [locked(String(name), isElsewhere || typeof version !== "string" || /^dev-|-dev$/.test(version) ? undefined : version)];
  });
  return { packages };
};
