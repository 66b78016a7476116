import { isObject, type JsonObject, jsonObject } from "../bounded-json.ts";
import { type LockedPackage, type LockFileReader, locked } from "./locked-package.ts";

/** package-lock.json and npm-shrinkwrap.json, versions 1 to 3 (docs.npmjs.com/cli/configuring-npm/package-lock-json). */
export const readPackageLock: LockFileReader = (text) => {
  const file = jsonObject(text, text.length);
  if (file === undefined) return undefined;
  const { packages, dependencies, lockfileVersion } = file;
  if (isObject(packages)) return { packages: Object.entries(packages).flatMap(([path, entry]) => placed(path, entry)) };
  if (isObject(dependencies)) return { packages: nested(dependencies) };
  return typeof lockfileVersion === "number" ? { packages: [] } : undefined;
};

/** Versions 2 and 3: by path. What stands outside of node_modules is the project's own, and is linked to from there. */
function placed(path: string, entry: unknown): readonly LockedPackage[] {
  const at = path.lastIndexOf(FOLDER);
  if (at < 0 || !isObject(entry)) return [];
  const { name, version, resolved, link } = entry;
  const isElsewhere = link === true || (typeof resolved === "string" && !/^https?:/.test(resolved));
  const own = typeof name === "string" ? name : path.slice(at + FOLDER.length);
  return [locked(own, isElsewhere || typeof version !== "string" ? undefined : version)];
}

/** Version 1: those that need another version of something have it below them. */
function nested(top: JsonObject): readonly LockedPackage[] {
  const found: LockedPackage[] = [];
  const waiting: JsonObject[] = [top];
  for (let level = waiting.pop(); level !== undefined; level = waiting.pop()) {
    for (const [name, entry] of Object.entries(level)) {
      if (!isObject(entry)) continue;
      found.push(versioned(name, entry["version"]));
      if (isObject(entry["dependencies"])) waiting.push(entry["dependencies"]);
    }
  }
  return found;
}

/** "npm:acme-node@4.1.0" is an alias; any other prefix is no registry's. */
function versioned(name: string, version: unknown): LockedPackage {
  if (typeof version !== "string") return { name };
  const [, real, aliased] = /^npm:(@?[^@]+)@(.+)$/.exec(version) ?? [];
  if (real !== undefined) return locked(real, aliased);
  return locked(name, version.includes(":") || version.includes("/") ? undefined : version);
}

const FOLDER = "node_modules/";
