import type { InstalledSdk } from "../../evidence/kinds.ts";
import type { LockFile, LockFilePort, LockFileProblem } from "../../model/lock-file-port.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type DeclaredSdk, ecosystemOfLockFile, isSdkEcosystem, LOCK_FILES, lockFileName } from "../../model/sdk.ts";
import type { Target } from "../../model/target.ts";
import { installedVersions, readLockFile } from "../classify/lock-files/installed-versions.ts";
import type { LockedPackages } from "../classify/lock-files/locked-package.ts";
import { notAsked, observation } from "./outcome.ts";
import type { Probe } from "./probe.ts";

export interface SdkQuestion {
  readonly target: Target;
  readonly sdks: readonly DeclaredSdk[];
  /** The lock file that the inventory names: the only one that is looked at for its ecosystem. */
  readonly lock?: string;
}

/** Which versions of the provider's client libraries are installed, by the lock files beside the inventory: nobody is asked, and nothing is sent. */
export const sdkProbe: Probe<"sdk", SdkQuestion> = {
  id: "sdk",
  kind: "sdk",
  bound: () => ({ connections: 0, requests: 0 }),
  observe: ({ target: { origin }, sdks, lock }, context) =>
    observation(sdkProbe, { origin }, context, async () => {
      const { lockFiles } = context;
      if (lockFiles === undefined) return notAsked("lock_file_unavailable");
      return ok({ packages: await Promise.all(sdks.map((sdk) => installed(sdk, lock, lockFiles))) });
    }),
};

async function installed(sdk: DeclaredSdk, lock: string | undefined, lockFiles: LockFilePort): Promise<InstalledSdk> {
  const { ecosystem } = sdk;
  if (!isSdkEcosystem(ecosystem)) return { ...sdk, ...UNKNOWN };
  const isNamed = lock !== undefined && ecosystemOfLockFile(lockFileName(lock)) === ecosystem;
  const file = await firstOf(isNamed ? [lock] : LOCK_FILES[ecosystem], lockFiles);
  if (file === undefined) return { ...sdk, ...UNKNOWN };
  if (!file.ok) return { ...sdk, ...UNKNOWN, file: lockFileName(file.error.path), problem: file.error.detail };
  const { name } = file.value;
  const read = packagesOf(file.value);
  if (read === undefined) return { ...sdk, ...UNKNOWN, file: name, problem: "is no lock file that we can read" };
  return { ...sdk, file: name, ...installedVersions(read, ecosystem, sdk.package) };
}

/** One that is there and cannot be read is not passed over: the next one is a leftover. Undefined where there is none. */
async function firstOf(
  paths: readonly string[],
  lockFiles: LockFilePort,
): Promise<Result<LockFile, LockFileProblem & { readonly path: string }> | undefined> {
  for (const path of paths) {
    const file = await lockFiles.read(path);
    if (file.ok) return file;
    if (file.error.kind !== "not-found") return err({ ...file.error, path });
  }
  return undefined;
}

/** An inventory may have a thousand integrations beside one lock file. */
function packagesOf(file: LockFile): LockedPackages | undefined {
  if (!parsed.has(file)) parsed.set(file, readLockFile(file.name, file.text));
  return parsed.get(file);
}

const parsed = new WeakMap<LockFile, LockedPackages | undefined>();
const UNKNOWN = { reason: "lock_file_unavailable", versions: [], unversioned: 0 } as const;
