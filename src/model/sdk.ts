import type { Integration } from "./integration.ts";

/** Files that say which version of a client library is installed, by ecosystem; of several, the one that stands first is believed, as its tool does. */
export const LOCK_FILES = {
  npm: ["npm-shrinkwrap.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"],
  pypi: ["poetry.lock", "uv.lock", "Pipfile.lock", "requirements.txt"],
  packagist: ["composer.lock"],
  rubygems: ["Gemfile.lock"],
  go: ["go.mod", "go.sum"],
} as const;
export type SdkEcosystem = keyof typeof LOCK_FILES;

/** A client library of ours, as `sdk` of the inventory names it. */
export interface DeclaredSdk {
  /** "npm" */
  readonly ecosystem: string;
  readonly package: string;
}

interface Sdk {
  readonly sdk?: Integration["sdk"] | undefined;
}

/** Keys of `sdk` that are no ecosystem. */
const SETTINGS: ReadonlySet<string> = new Set(["range", "lock"]);

export function declaredSdks({ sdk = {} }: Sdk): readonly DeclaredSdk[] {
  return Object.entries(sdk)
    .filter(([key]) => !SETTINGS.has(key))
    .map(([ecosystem, name]) => ({ ecosystem, package: name }));
}

/** Those that can be compared: a range is declared, and we read lock files of theirs. */
export function comparedSdks(integration: Sdk): readonly DeclaredSdk[] {
  if (integration.sdk?.["range"] === undefined) return [];
  return declaredSdks(integration).filter(({ ecosystem }) => isSdkEcosystem(ecosystem));
}

export function isSdkEcosystem(word: string): word is SdkEcosystem {
  return Object.hasOwn(LOCK_FILES, word);
}

/** Of the lock file with this name; undefined for a file that is none. */
export function ecosystemOfLockFile(name: string): SdkEcosystem | undefined {
  if (/^requirements[\w.-]{0,60}\.txt$/.test(name)) return "pypi";
  return ECOSYSTEMS.find((ecosystem) => (LOCK_FILES[ecosystem] as readonly string[]).includes(name));
}

/** Descriptions of APIs lie beside the inventory as well. */
export function isDescriptionFile(name: string): boolean {
  return /\.(?:json|ya?ml)$/.test(name);
}

/** A path of the inventory, which has slashes on every system. */
export function lockFileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const ECOSYSTEMS = Object.keys(LOCK_FILES) as readonly SdkEcosystem[];
