import { nearest } from "../model/nearest.ts";
import { counted } from "../tell/report/prose.ts";
import { UserError } from "./errors.ts";

/**
 * oclif's complaints in our words. A value that was typed may be a secret in the wrong place: it is not repeated,
 * and neither is the parser's state that hangs off these errors (12 KB of it, argv included).
 */
export function usageError(error: Error, knownFlags: readonly string[], command?: string): UserError {
  const [code, message, meant = []] = complaint(error, knownFlags);
  const help = command === undefined ? "--help" : `apirisk ${command} --help`;
  return new UserError(code, message, { suggestions: [...meant, help] });
}

type Complaint = readonly [code: string, message: string, meant?: readonly string[]];

function complaint(error: Error, knownFlags: readonly string[]): Complaint {
  switch (error.constructor.name) {
    case "NonExistentFlagsError":
      return unknownFlags(property(error, "flags"), knownFlags);
    case "UnexpectedArgsError":
      return ["UNEXPECTED_ARGUMENT", `${counted(property(error, "args").length, "argument")} more than this command takes`];
    case "RequiredArgsError":
      return ["MISSING_ARGUMENT", `missing argument ${property(error, "args").map(nameOf).join(", ")}`];
    default:
      return ["INVALID_USAGE", withoutValues(plainMessage(error))];
  }
}

/** The message without what oclif's parser writes around it, also around the messages of our own flag types. */
export function plainMessage({ message }: Error): string {
  return message.replace(/\s*See more help with --help\s*$/, "").replace(/^Parsing (--[\w-]+)\s+/, "$1: ");
}

/** Thrown by oclif's parser and flag types, or by our own. */
export function isUsageError(error: unknown): error is Error {
  return (
    error instanceof Error &&
    "oclif" in error &&
    (error.name === "Error" || "parse" in error) &&
    error.constructor.name !== "ModuleLoadError"
  );
}

function unknownFlags(flags: readonly unknown[], knownFlags: readonly string[]): Complaint {
  const names = flags.map((flag) => String(flag).split("=", 1)[0] ?? "");
  const meant = names.flatMap((name) => nearest(name.replace(/^-+/, ""), knownFlags) ?? []);
  return ["UNKNOWN_FLAG", `unknown flag ${names.map((name) => name.slice(0, LONGEST_NAME)).join(", ")}`, meant.map((flag) => `--${flag}`)];
}

/** "Expected --severity=x to be one of: a, b" and its like, without x. */
function withoutValues(message: string): string {
  return message
    .replace(/^The following errors? occurred:\s*/, "")
    .replace(/^Expected (--[\w-]+)=[\s\S]* to be one of: /, "$1 must be one of: ")
    .replace(/^Expected [\s\S]* to be one of: /, "the argument must be one of: ")
    .replace(/(--[\w-]+)=[\s\S]*?(?= cannot also be )/g, "$1")
    .replace(/,? but received: [\s\S]*$/, "");
}

function property(error: Error, name: string): readonly unknown[] {
  const value: unknown = (error as unknown as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(value) ? value : [];
}

function nameOf(argument: unknown): string {
  return String((argument as { readonly name?: unknown } | undefined)?.name ?? "").toUpperCase();
}

const LONGEST_NAME = 40;
