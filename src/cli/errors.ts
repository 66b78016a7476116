import type { UnknownFinding } from "../app/find-finding.ts";
import type { FileProblem } from "../model/file-port.ts";
import type { LockHolder, StoreFailure, StoreFailureKind } from "../model/history-store.ts";
import { isoInstant } from "../model/instant.ts";
import type { InventoryProblem } from "../model/integration.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";

/** Trouble that the user can mend: what is wrong, what to try, where to read more. Everything else is a bug of ours. */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly suggestions: readonly string[];
  /** Where to read more. */
  readonly ref: string | undefined;

  constructor(code: string, message: string, options: UserErrorOptions = {}) {
    super(message);
    this.code = code;
    this.exitCode = options.exitCode ?? EXIT.usage;
    this.suggestions = options.suggestions ?? [];
    this.ref = options.ref;
  }
}

export interface UserErrorOptions {
  /** 2 when left out. */
  readonly exitCode?: ExitCode;
  readonly suggestions?: readonly string[];
  readonly ref?: string;
}

/** Every problem on a line of its own, as file:line:column. */
export function invalidInventory(problems: readonly InventoryProblem[]): UserError {
  return invalidFile("INVENTORY_INVALID", "The inventory is invalid.", problems);
}

/** The same of a file of classes. */
export function invalidClasses(problems: readonly InventoryProblem[]): UserError {
  return invalidFile("CLASSES_INVALID", "The file of classes is invalid.", problems);
}

function invalidFile(code: string, title: string, problems: readonly InventoryProblem[]): UserError {
  const lines = problems.slice(0, PROBLEMS_SHOWN).map(({ file, line, column, path, expected, found }) => {
    const where = path === "" ? "" : `${path}: `;
    return `${file}:${line}:${column}: ${where}expected ${expected}, found ${found}`;
  });
  const more = problems.length - lines.length;
  const suggestions = problems.flatMap(({ line, suggestion }) => (suggestion === undefined ? [] : [`${suggestion} (line ${line})`]));
  const message = [title, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
  return new UserError(code, message, { suggestions: [...new Set(suggestions)].slice(0, PROBLEMS_SHOWN) });
}

/** What cannot be read is a mistake in the command line; what cannot be written is trouble with an output. */
export function fileTrouble({ kind, path, detail }: FileProblem): UserError {
  const written = kind === "not-writable";
  return new UserError(written ? "OUTPUT_NOT_WRITABLE" : "FILE_NOT_READABLE", `${path}: ${detail}`, {
    exitCode: written ? EXIT.storage : EXIT.usage,
  });
}

export function storeTrouble(failure: StoreFailure): UserError {
  const exitCode = STORE_EXITS[failure.kind] ?? EXIT.storage;
  const code = `STORE_${failure.kind.replaceAll("-", "_").toUpperCase()}`;
  return new UserError(code, failure.message, { exitCode, suggestions: [failure.next] });
}

/** `named`: by the command line or the environment; a question about a history that is not there has no answer. */
export function noHistory(named?: string): UserError {
  if (named === undefined)
    return new UserError("NO_HISTORY", "There is no history yet.", { suggestions: ["begin one with: apirisk audit"] });
  return new UserError("NO_HISTORY", `There is no history ${named}.`, {
    suggestions: ["look at --db and APIRISK_DB", "an audit with the same --db begins one"],
  });
}

export function heldLock({ pid, since }: LockHolder): UserError {
  const who = pid === undefined ? "Another run" : `Another run (process ${pid})`;
  const when = since === undefined ? "" : ` since ${isoInstant(since)}`;
  return new UserError("LOCKED", `${who} holds the lock of the history${when}.`, {
    exitCode: EXIT.locked,
    suggestions: ["wait for it with --wait", "audit without history with --no-history"],
  });
}

export function unknownRun(run: string): UserError {
  const message = /^[\w-]{1,40}$/.test(run) ? `No run is called "${run}", or more than one begins with it.` : "No run is called that.";
  return new UserError("UNKNOWN_RUN", message, { suggestions: ["list them with: apirisk run list"] });
}

export function unknownFinding({ candidates }: UnknownFinding): UserError {
  const suggestions = ["list them with: apirisk finding list"];
  if (candidates.length === 0)
    return new UserError("UNKNOWN_FINDING", "No finding has a fingerprint that begins like this.", { suggestions });
  const lines = candidates
    .slice(0, PROBLEMS_SHOWN)
    .map(({ fingerprint, integrationId, rule }) => `${fingerprint} ${integrationId} ${rule}`);
  const message = ["Expected the beginning of one fingerprint, 6 digits at least. These begin like this:", ...lines].join("\n");
  return new UserError("UNKNOWN_FINDING", message, { suggestions });
}

export function nothingInCommon(): UserError {
  return new UserError(
    "NOTHING_IN_COMMON",
    "Of these runs history keeps no integration that both saw: nothing can be said of what changed.",
    {
      exitCode: EXIT.notAudited,
      suggestions: ["list the runs with: apirisk run list"],
    },
  );
}

export function sawNothing(run: string): UserError {
  return new UserError("NOTHING_OBSERVED", `The run ${run} observed nothing: what changed before or after it cannot be told from it.`, {
    exitCode: EXIT.notAudited,
    suggestions: ["compare with one that did: apirisk run list"],
  });
}

const PROBLEMS_SHOWN = 20;
/** Every other kind is trouble with the file itself. */
const STORE_EXITS: Readonly<Partial<Record<StoreFailureKind, ExitCode>>> = {
  "no-place": EXIT.usage,
  bug: EXIT.bug,
};
