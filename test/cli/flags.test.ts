import { type Interfaces, Parser } from "@oclif/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import {
  countFlag,
  dayFlag,
  durationFlag,
  listFlag,
  sharedFlags,
  shareFlag,
  timeOfDayFlag,
  withEnv,
  wordFlag,
} from "../../src/cli/flags.ts";

const flags = withEnv({
  only: listFlag(["tls", "header"])(),
  "max-count": countFlag(1, 20)(),
  share: shareFlag(),
  day: dayFlag(),
  age: durationFlag(1000, 7 * 86_400_000)(),
  at: timeOfDayFlag(),
  word: wordFlag(/^[a-z]+$/, "small letters")(),
});
const parse = async (...argv: string[]) => (await Parser.parse(argv, { flags, strict: true })).flags as Record<string, unknown>;

describe("flags", () => {
  it("have an env twin each", () => {
    const twins = Object.values({ ...sharedFlags, ...flags }).map(({ env }) => env);
    expect(twins).toEqual([
      "APIRISK_JSON",
      "APIRISK_QUIET",
      "APIRISK_VERBOSE",
      "APIRISK_NO_COLOR",
      "APIRISK_ONLY",
      "APIRISK_MAX_COUNT",
      "APIRISK_SHARE",
      "APIRISK_DAY",
      "APIRISK_AGE",
      "APIRISK_AT",
      "APIRISK_WORD",
    ]);
  });

  it("keep their types", () => {
    type Values = Interfaces.InferredFlags<typeof flags & typeof sharedFlags>;
    expectTypeOf<Values["json"]>().toEqualTypeOf<boolean>();
    expectTypeOf<Values["max-count"]>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Values["only"]>().toEqualTypeOf<readonly ("tls" | "header")[] | undefined>();
  });

  it.each([
    ["only", "tls", ["tls"]],
    ["only", "header, tls,header", ["header", "tls"]],
    ["max-count", "20", 20],
    ["share", "0.8", 0.8],
    ["share", ".5", 0.5],
    ["share", "1", 1],
    ["share", "0", 0],
    ["day", "2026-11-23", Date.UTC(2026, 10, 23)],
    ["age", "36h", 36 * 3_600_000],
    ["age", "1w", 7 * 86_400_000],
    ["age", "1s", 1000],
    ["at", "00:00", { hour: 0, minute: 0 }],
    ["at", "23:59", { hour: 23, minute: 59 }],
    ["word", "abc", "abc"],
  ])("--%s %s is %j", async (flag, input, value) => {
    expect((await parse(`--${flag}`, input))[flag]).toEqual(value);
  });

  it.each([
    ["only", ""],
    ["only", "tls,"],
    ["only", "TLS"],
    ["max-count", "0"],
    ["max-count", "21"],
    ["max-count", "1e1"],
    ["max-count", "0x2"],
    ["max-count", " 2"],
    ["share", "1.1"],
    ["share", "-0.1"],
    ["share", "80%"],
    ["share", "NaN"],
    ["day", "2026-02-30"],
    ["day", "2026-11-23T00:00:00Z"],
    ["day", "yesterday"],
    ["age", "0s"],
    ["age", "8d"],
    ["age", "36"],
    ["age", "-36h"],
    ["at", "24:00"],
    ["at", "3:17"],
    ["at", "03:60"],
    ["at", "03:17:00"],
    ["word", "abc\n"],
    ["word", "ABCDE"],
  ])("--%s %j is refused without being repeated", async (flag, input) => {
    const error = await parse(`--${flag}=${input}`).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ exitCode: 2 });
    if (input.length > 4) expect(error?.message).not.toContain(input);
  });
});
