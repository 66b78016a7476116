import { StoreFailure } from "../model/history-store.ts";
import { paragraph } from "../tell/report/prose.ts";
import type { Style } from "../tell/report/style.ts";
import { storeTrouble, UserError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { isUsageError, plainMessage, usageError } from "./usage.ts";

/** All that is ever said of an error. Nothing else of it leaves the process. */
export interface FailureReport {
  readonly code: string;
  readonly message: string;
  readonly suggestions: readonly string[];
  readonly ref: string | null;
  readonly exitCode: ExitCode;
}

export interface FailureContext {
  /** Flags of the command, for "did you mean". */
  readonly knownFlags?: readonly string[];
  /** Its words after the program's name. */
  readonly command?: string;
  /** Takes handed-out secrets out of text. */
  readonly scrub?: (text: string) => string;
  /** Show the stack of a bug. */
  readonly debug?: boolean;
}

export function describeFailure(
  error: unknown,
  { knownFlags = [], command, scrub = (text) => text, debug = false }: FailureContext = {},
): FailureReport {
  const known = expected(error, knownFlags, command);
  if (known === undefined) return bug(error, scrub, debug);
  return {
    code: known.code,
    message: scrub(plainMessage(known)),
    suggestions: known.suggestions.map(scrub),
    ref: known.ref ?? null,
    exitCode: known.exitCode,
  };
}

/** For people, on stderr. */
export function renderFailure(report: FailureReport, style: Style): string {
  const [first = "", ...rest] = report.message.split("\n");
  return [
    paragraph(first, style, { lead: "Error: ", leadTone: "bad" }),
    ...rest.map((line) => paragraph(line, style, { indent: 2 })),
    ...report.suggestions.map((suggestion) => paragraph(suggestion, style, { lead: "Try: " })),
    ...(report.ref === null ? [] : [paragraph(report.ref, style, { lead: "Reference: " })]),
    "",
  ].join("\n");
}

/** `this.exit(n)` of oclif, which it also uses to end after help: not an error. */
export function requestedExit(error: unknown): number | undefined {
  const { code, oclif } = (error ?? {}) as { readonly code?: unknown; readonly oclif?: { readonly exit?: unknown } };
  return code === "EEXIT" && typeof oclif?.exit === "number" ? oclif.exit : undefined;
}

function expected(error: unknown, knownFlags: readonly string[], command: string | undefined): UserError | undefined {
  if (error instanceof UserError) return error;
  if (error instanceof StoreFailure) return storeTrouble(error);
  if (isFailedWrite(error))
    return new UserError("OUTPUT_NOT_WRITABLE", `The answer could not be written (${error.code}).`, { exitCode: EXIT.storage });
  if (isOutOfFiles(error))
    return new UserError("TOO_FEW_OPEN_FILES", "This machine lets a process open too few files at the same time.", {
      suggestions: ["allow more of them: ulimit -n 1024"],
    });
  return isUsageError(error) ? usageError(error, knownFlags, command) : undefined;
}

/** A message may quote what was being parsed, so a bug shows its kind and, when asked, where it happened. */
function bug(error: unknown, scrub: (text: string) => string, debug: boolean): FailureReport {
  const kind = error instanceof Error ? error.name : "a thrown value";
  const where = debug && error instanceof Error ? `\n${scrub(trace(error))}` : "";
  return {
    code: "BUG",
    message: `This is a bug in apirisk (${kind}).${where}`,
    suggestions: [
      ...(debug ? [] : ["run it again with DEBUG=apirisk to see where"]),
      "report it with the versions that apirisk doctor prints",
    ],
    ref: null,
    exitCode: EXIT.bug,
  };
}

/** SyntaxError messages of JSON.parse quote the text; the frames are enough for those. */
function trace(error: Error): string {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const message = error instanceof SyntaxError ? "(message withheld: it may quote a response)" : error.message;
  return [message, ...frames.map((frame) => frame.trim())].join("\n");
}

/** Modules are loaded many at a time, and a limit of the shell may be lower than that. */
function isOutOfFiles(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return code === "EMFILE" || code === "ENFILE";
}

/** ENOSPC, EIO and the like on stdout or stderr. */
function isFailedWrite(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && (error as NodeJS.ErrnoException).syscall === "write";
}
