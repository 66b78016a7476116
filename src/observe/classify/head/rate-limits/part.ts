import type { Instant } from "../../../../model/instant.ts";
import { afterSeconds, numberOf, quotaPerTime, readReset } from "../rate-values.ts";
import { type FieldMember, parseList } from "../structured-field.ts";

export interface RateBucket {
  readonly dialect: string;
  readonly name?: string;
  /** Amazon publishes halves: "0.5" calls a second. */
  readonly quota?: number;
  readonly unit?: string;
  readonly windowSeconds?: number;
  readonly remaining?: number;
  readonly resetAt?: Instant;
}

/** What one field says of one bucket; parts with the same dialect and key are one bucket. */
export interface Part extends RateBucket {
  readonly key: string;
  readonly used?: number;
  /** The reset as it was written, where that may be a number from now. */
  readonly delta?: string;
}

/** Parts of a field's name that the pattern of its dialect took. */
export type NameWords = readonly (string | undefined)[];

/** Undefined where the value is none of the dialect's. `base` is the moment that numbers of seconds count from. */
export type DialectReader = (value: string, words: NameWords, base: Instant) => readonly Part[] | undefined;

/** `100`, `100;w=60`, `100/hour`, and `100, 100;window=60, 10000;window=86400`: the one in force, then all of them. */
export function quotas(value: string, common: Part): readonly Part[] | undefined {
  const plain = numberOf(value);
  if (plain !== undefined) return [{ ...common, quota: plain }];
  const perTime = quotaPerTime(value);
  if (perTime !== undefined) return [{ ...common, ...perTime }];
  const members = parseList(value);
  if (members === undefined || members.some(({ value: quota }) => typeof quota !== "number" || quota < 0)) return undefined;
  const [first, ...others] = members.map(({ value: quota, parameters }) => ({ quota: Number(quota), ...windowOf(parameters) }));
  const same = first?.windowSeconds === undefined ? others.find(({ quota }) => quota === first?.quota) : undefined;
  const rest = others.filter((other) => other !== same);
  return [{ ...common, ...first, ...same }, ...rest.map((other, index) => ({ ...common, key: `${common.key}#${index}`, ...other }))];
}

export function resets(value: string, common: Part, what: string, base: Instant): readonly Part[] | undefined {
  const resetAt = what === "reset-after" ? afterSeconds(numberOf(value), base) : readReset(value, base);
  if (resetAt === undefined) return undefined;
  return [{ ...common, resetAt, ...(what === "reset" && numberOf(value) !== undefined && { delta: value }) }];
}

export function windowOf(parameters: FieldMember["parameters"]): { readonly windowSeconds?: number } {
  const windowSeconds = parameters.get("w") ?? parameters.get("window");
  return typeof windowSeconds === "number" && windowSeconds > 0 ? { windowSeconds } : {};
}

export function resetIn(seconds: unknown, base: Instant): { readonly resetAt?: Instant } {
  const resetAt = typeof seconds === "number" ? readReset(String(seconds), base) : undefined;
  return resetAt === undefined ? {} : { resetAt };
}

export function unitOf(word: string): { readonly unit?: string } {
  const unit = safeName(word);
  return unit === undefined ? {} : { unit };
}

/** Up to four words that a provider calls a policy by, and a small number; anything that reads like an identifier is not kept. */
export function safeName(text: string): string | undefined {
  return /^[A-Za-z]{1,16}(?:[_-][A-Za-z]{1,16}){0,3}(?:[_-]?\d{1,3}[A-Za-z]{0,3})?$/.test(text) ? text.toLowerCase() : undefined;
}

export const MAX_VALUE = 4096;
export const MAX_PARTS = 64;
