import { Flags } from "@oclif/core";
import { durationText, parseDuration } from "../model/duration.ts";
import { DAY } from "../model/instant.ts";
import { nearest } from "../model/nearest.ts";
import { UserError } from "./errors.ts";

/** Gives every flag its env twin: --fail-on is APIRISK_FAIL_ON. A boolean that has one would be undefined, not false, where neither is set. */
export function withEnv<F extends AnyFlags>(flags: F): F {
  const twins = Object.entries(flags).map(([name, flag]) => [
    name,
    { ...(flag.type === "boolean" ? { default: false } : {}), ...flag, env: envTwin(name) },
  ]);
  return Object.fromEntries(twins) as F;
}

/** Wider than oclif's FlagInput, which would make every value `any`. */
type AnyFlags = Readonly<Record<string, { readonly type: "boolean" | "option" }>>;

export function envTwin(flag: string): string {
  return `APIRISK_${flag.replaceAll("-", "_").toUpperCase()}`;
}

/** Flags of every command. */
export const sharedFlags = withEnv({
  json: Flags.boolean({ summary: "Print one JSON document.", helpGroup: "GLOBAL" }),
  quiet: Flags.boolean({ summary: "Print only what matters most.", helpGroup: "GLOBAL", exclusive: ["verbose"] }),
  verbose: Flags.boolean({ summary: "Print where everything comes from.", helpGroup: "GLOBAL" }),
  "no-color": Flags.boolean({ summary: "Print without colours. So does NO_COLOR.", helpGroup: "GLOBAL" }),
});

/** A,B,C out of a closed list; repeats are dropped. */
export function listFlag<const T extends string>(words: readonly T[]) {
  return Flags.custom<readonly T[]>({
    parse: async (input) => {
      const typed = input.split(",").map((word) => word.trim());
      return [...new Set(typed.map((word) => oneOf(word, words)))];
    },
  });
}

/** A whole number between `least` and `most`. */
export function countFlag(least: number, most: number) {
  return Flags.custom<number>({
    parse: async (input) => {
      const count = /^\d{1,9}$/.test(input) ? Number(input) : Number.NaN;
      if (count >= least && count <= most) return count;
      throw new UserError("INVALID_VALUE", `expected a whole number from ${least} to ${most}`);
    },
  });
}

/** A number and a unit (90s, 90m, 36h, 7d, 2w) between `leastMs` and `mostMs`, as milliseconds. */
export function durationFlag(leastMs: number, mostMs: number) {
  return Flags.custom<number>({
    parse: async (input) => {
      const duration = parseDuration(input) ?? Number.NaN;
      if (duration >= leastMs && duration <= mostMs) return duration;
      throw new UserError(
        "INVALID_VALUE",
        `expected a duration from ${durationText(leastMs)} to ${durationText(mostMs)}, for example 90s, 90m, 36h or 7d`,
      );
    },
  });
}

/** Text that `pattern` matches whole; `expected` says what that is. */
export function wordFlag(pattern: RegExp, expected: string) {
  return Flags.custom<string>({
    parse: async (input) => {
      if (pattern.test(input)) return input;
      throw new UserError("INVALID_VALUE", `expected ${expected}`);
    },
  });
}

/** A time of the day, HH:MM. */
export const timeOfDayFlag = Flags.custom<{ readonly hour: number; readonly minute: number }>({
  parse: async (input) => {
    const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(input) ?? [];
    if (hour !== undefined && minute !== undefined) return { hour: Number(hour), minute: Number(minute) };
    throw new UserError("INVALID_VALUE", "expected a time like 03:17");
  },
});

/** A share from 0 to 1. */
export const shareFlag = Flags.custom<number>({
  parse: async (input) => {
    const share = /^(0|1|0?\.\d{1,6}|1\.0{1,6})$/.test(input) ? Number(input) : Number.NaN;
    if (share >= 0 && share <= 1) return share;
    throw new UserError("INVALID_VALUE", "expected a number from 0 to 1");
  },
});

/** A length of time like 90d, 8w, 13mo or 2y, in milliseconds; a month has 31 days and a year 366, so that nothing ends early. */
export const retentionFlag = Flags.custom<number>({
  parse: async (input) => {
    const [, count, unit = ""] = /^(\d{1,4})(d|w|mo|y)$/.exec(input) ?? [];
    const days = { d: 1, w: 7, mo: 31, y: 366 }[unit];
    if (count !== undefined && days !== undefined && Number(count) > 0) return Number(count) * days * DAY;
    throw new UserError("INVALID_VALUE", "expected a length of time like 90d, 8w, 13mo or 2y");
  },
});

/** A calendar day in UTC, as the epoch milliseconds of its beginning. */
export const dayFlag = Flags.custom<number>({
  parse: async (input) => {
    const instant = /^\d{4}-\d\d-\d\d$/.test(input) ? Date.parse(`${input}T00:00:00Z`) : Number.NaN;
    if (!Number.isNaN(instant) && new Date(instant).toISOString().startsWith(input)) return instant;
    throw new UserError("INVALID_VALUE", "expected a day like 2026-11-23");
  },
});

/** A day, which is its beginning, or a moment of it, in UTC; as epoch milliseconds. */
export const momentFlag = Flags.custom<number>({
  parse: async (input) => {
    const parts = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(\.\d{1,3})?Z)?$/.exec(input);
    const instant = parts === null ? Number.NaN : Date.parse(parts[2] === undefined ? `${input}T00:00:00Z` : input);
    if (!Number.isNaN(instant) && new Date(instant).toISOString().startsWith(parts?.[1] ?? " ")) return instant;
    throw new UserError("INVALID_VALUE", "expected a day or a moment in UTC, like 2026-11-23 or 2026-11-23T12:00:00Z");
  },
});

/** A host name, in whatever script, or an address; as the URL of a client has it. */
export const hostFlag = Flags.custom<string>({
  parse: async (input) => {
    const bare = input.includes(":") && !input.startsWith("[") ? `[${input}]` : input;
    const url = /^[^\s/?#@\\]+$/.test(bare) && URL.canParse(`https://${bare}`) ? new URL(`https://${bare}`) : undefined;
    if (url !== undefined && url.port === "") return url.hostname;
    throw new UserError("INVALID_VALUE", "expected a host name or an address, like api.acme.example or 192.0.2.1");
  },
});

/** The value is not repeated: it may be something that was meant for another place. */
function oneOf<T extends string>(word: string, words: readonly T[]): T {
  const found = words.find((candidate) => candidate === word);
  if (found !== undefined) return found;
  const meant = nearest(word, words);
  throw new UserError("INVALID_VALUE", `expected a list of: ${words.join(", ")}`, {
    suggestions: meant === undefined ? [] : [meant],
  });
}
