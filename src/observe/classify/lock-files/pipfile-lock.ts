import { isObject, jsonObject } from "../bounded-json.ts";
import { type LockFileReader, locked } from "./locked-package.ts";

/** Pipfile.lock: by category, each with packages and "==" versions. */
export const readPipfileLock: LockFileReader = (text) => {
  const file = jsonObject(text, text.length);
  if (file === undefined || !isObject(file["_meta"])) return undefined;
  const categories = Object.entries(file).flatMap(([name, category]) => (name !== "_meta" && isObject(category) ? [category] : []));
  const packages = categories.flatMap((category) =>
    Object.entries(category).map(([name, entry]) => {
      const version = isObject(entry) ? entry["version"] : undefined;
      return locked(name, typeof version === "string" ? /^==([^=].*)$/.exec(version)?.[1] : undefined);
    }),
  );
  return { packages };
};
