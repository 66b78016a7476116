import { type OpenApiDocument, readOpenApi } from "../inventory/openapi.ts";
import type { LockFilePort } from "../model/lock-file-port.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Descriptions that the inventory names, each read once in a run, as far as there is room. */
export interface ApiDescriptions {
  /** @returns the document, or what is wrong with it, in words of ours */
  read(path: string): Promise<Result<OpenApiDocument, string>>;
}

/** One for a run, or for a worker of a fleet. `mostCharacters`: of texts whose documents are kept; the oldest go first. */
export function createApiDescriptions(lockFiles: LockFilePort, mostCharacters: number = MOST_CHARACTERS): ApiDescriptions {
  const documents = new Map<string, Promise<Result<OpenApiDocument, string>>>();
  const sizes = new Map<string, number>();
  const keep = (path: string, size: number) => {
    sizes.set(path, size);
    let total = [...sizes.values()].reduce((sum, one) => sum + one, 0);
    for (const [oldest, held] of sizes) {
      if (total <= mostCharacters || oldest === path) break;
      total -= held;
      sizes.delete(oldest);
      documents.delete(oldest);
    }
  };
  const asked = async (path: string): Promise<Result<OpenApiDocument, string>> => {
    const file = await lockFiles.read(path);
    if (!file.ok)
      return err(
        file.error.kind === "not-found"
          ? "expected a file there, found none"
          : `expected a file that may be read, found: ${file.error.detail}`,
      );
    keep(path, file.value.text.length);
    const document = readOpenApi(file.value.text);
    if (document.ok) return ok(document.value);
    const { expected, found, line } = document.error;
    return err(`expected ${expected}, found ${found}${line === undefined ? "" : ` (line ${line})`}`);
  };
  return {
    read(path) {
      const reading = documents.get(path) ?? asked(path);
      documents.set(path, reading);
      return reading;
    },
  };
}

/** Two of the longest that are read. */
const MOST_CHARACTERS = 32 * 1024 * 1024;
