import { ecosystemOfLockFile, type SdkEcosystem } from "../../../model/sdk.ts";
import { readComposerLock } from "./composer-lock.ts";
import { readGemfileLock } from "./gemfile-lock.ts";
import { readGoMod, readGoSum } from "./go-modules.ts";
import type { LockedPackages, LockFileReader } from "./locked-package.ts";
import { readPackageLock } from "./package-lock.ts";
import { readPipfileLock } from "./pipfile-lock.ts";
import { readPnpmLock } from "./pnpm-lock.ts";
import { readRequirements } from "./requirements.ts";
import { readTomlLock } from "./toml-lock.ts";
import { readYarnLock } from "./yarn-lock.ts";

export interface InstalledVersions {
  /** Sorted, each once, 20 at the most. */
  readonly versions: readonly string[];
  /** Places without a version that could be kept. */
  readonly unversioned: number;
  readonly isPart?: true;
}

/** Undefined for what is no lock file, whatever its name says, and for one of more lines than anybody has. */
export function readLockFile(name: string, text: string): LockedPackages | undefined {
  if (hasTooManyLines(text)) return undefined;
  try {
    return readerOf(name)?.(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

export function installedVersions({ packages, isPart }: LockedPackages, ecosystem: SdkEcosystem, name: string): InstalledVersions {
  const wanted = spelling(ecosystem, name);
  const places = packages.filter((one) => spelling(ecosystem, one.name) === wanted);
  const readable = places.flatMap(({ version }) => (version !== undefined && VERSION.test(version) ? [version] : []));
  const versions = [...new Set(readable)].sort();
  const kept = versions.slice(0, MOST_VERSIONS);
  const unversioned = places.length - readable.length + versions.length - kept.length;
  return { versions: kept, unversioned, ...(isPart && { isPart }) };
}

/** What is cut would seem not to be installed: it is all of it or nothing. */
function hasTooManyLines(text: string): boolean {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && lines <= MOST_LINES; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines > MOST_LINES;
}

function readerOf(name: string): LockFileReader | undefined {
  if (Object.hasOwn(READERS, name)) return READERS[name];
  return ecosystemOfLockFile(name) === "pypi" ? readRequirements : undefined;
}

/** PEP 503: what is the same name at PyPI. Packagist takes capitals for small letters. */
function spelling(ecosystem: SdkEcosystem, name: string): string {
  if (ecosystem === "pypi") return name.toLowerCase().replace(/[-_.]+/g, "-");
  return ecosystem === "packagist" ? name.toLowerCase() : name;
}

const READERS: Readonly<Record<string, LockFileReader>> = {
  "package-lock.json": readPackageLock,
  "npm-shrinkwrap.json": readPackageLock,
  "yarn.lock": readYarnLock,
  "pnpm-lock.yaml": readPnpmLock,
  "poetry.lock": readTomlLock,
  "uv.lock": readTomlLock,
  "Pipfile.lock": readPipfileLock,
  "composer.lock": readComposerLock,
  "Gemfile.lock": readGemfileLock,
  "go.mod": readGoMod,
  "go.sum": readGoSum,
};
/** Of every ecosystem: "4.1.0", "v4.1.0-rc.1+build", "1!4.1", "4.1.0~beta". */
const VERSION = /^[0-9A-Za-z][\w.+!~-]{0,63}$/;
const MOST_VERSIONS = 20;
/** Of 16 MB, with the lines of a real one. */
const MOST_LINES = 1_000_000;
