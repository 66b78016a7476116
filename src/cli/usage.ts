import { nearest } from "../model/nearest.ts";
import { counted } from "../tell/report/prose.ts";
import { UserError } from "./errors.ts";

/**
 * oclif's complaints in our words. A value that was typed may be a secret in the wrong place: it is not repeated,
 * and neither is the parser's state that hangs off these errors (12 KB of it, argv included).
 */
export function usageError(error: Error, knownFlags: readonly string[]): UserError {
  switch (error.constructor.name) {
    case "NonExistentFlagsError":
      return unknownFlags(property(error, "flags"), knownFlags);
    case "UnexpectedArgsError":
      return usage("UNEXPECTED_ARGUMENT", `${counted(property(error, "args").length, "argument")} more than this command takes`);
    case "RequiredArgsError":
      return usage("MISSING_ARGUMENT", `missing argument ${property(error, "args").map(nameOf).join(", ")}`);
    default:
      return usage("INVALID_USAGE", withoutValues(plainMessage(error)));
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

function unknownFlags(flags: readonly unknown[], knownFlags: readonly string[]): UserError {
  const names = flags.map((flag) => String(flag).split("=", 1)[0] ?? "");
  const meant = names.flatMap((name) => nearest(name.replace(/^-+/, ""), knownFlags) ?? []);
  return usage(
    "UNKNOWN_FLAG",
    `unknown flag ${names.map((name) => name.slice(0, LONGEST_NAME)).join(", ")}`,
    meant.map((flag) => `--${flag}`),
  );
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

function usage(code: string, message: string, suggestions: readonly string[] = []): UserError {
  return new UserError(code, message, { suggestions: [...suggestions, "--help"] });
}

function property(error: Error, name: string): readonly unknown[] {
  const value: unknown = (error as unknown as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(value) ? value : [];
}

function nameOf(argument: unknown): string {
  return String((argument as { readonly name?: unknown } | undefined)?.name ?? "").toUpperCase();
}

const LONGEST_NAME = 40;
