import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface TemporaryFolder {
  readonly path: string;
  /** Writes a file there, readable by its owner alone, and returns its path. */
  write(name: string, content: string): Promise<string>;
  /** Every file below it with its bytes, by path. */
  contents(): Promise<ReadonlyMap<string, Buffer>>;
}

/** An empty folder that is gone when the test is. */
export async function temporaryFolder(): Promise<TemporaryFolder> {
  const folder = await makeFolder();
  onTestFinished(() => folder.remove());
  return folder;
}

export interface RemovableFolder extends TemporaryFolder {
  remove(): Promise<void>;
}

/** The same for what several tests share: whoever made it removes it. */
export async function makeFolder(): Promise<RemovableFolder> {
  const path = await mkdtemp(join(tmpdir(), "apirisk-test-"));
  return {
    path,
    remove: () => rm(path, { recursive: true, force: true }),
    write: async (name, content) => {
      await writeFile(join(path, name), content, { mode: 0o600 });
      return join(path, name);
    },
    contents: async () => {
      const entries = await readdir(path, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)));
    },
  };
}
