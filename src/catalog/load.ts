import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Every file under data/ says where its facts come from and when they were taken. */
export interface DatedFacts {
  readonly source: string;
  /** ISO day. */
  readonly retrieved: string;
  readonly licence: string;
}

/**
 * Reads `data/<name>.json` once per process and validates it.
 * A file that does not fit is a bug of ours: it throws with the file's name and what was expected.
 */
export function loadFacts<T extends DatedFacts>(name: string, isValid: (facts: unknown) => facts is T): T {
  const known = loaded.get(name);
  if (known !== undefined) return known as T;
  const facts: unknown = require(`#data/${name}.json`);
  if (!isDated(facts) || !isValid(facts)) throw misshapen(name);
  loaded.set(name, facts);
  return facts;
}

/** ISO day on which the facts of `data/<name>.json` were taken. */
export function retrievedOn(name: string): string {
  const facts: unknown = require(`#data/${name}.json`);
  if (!isDated(facts)) throw misshapen(name);
  return facts.retrieved;
}

function misshapen(name: string): Error {
  return new Error(`data/${name}.json does not have the expected shape (source, retrieved, licence and its own entries).`);
}

const loaded = new Map<string, DatedFacts>();

function isDated(facts: unknown): facts is DatedFacts {
  if (typeof facts !== "object" || facts === null) return false;
  const { source, retrieved, licence } = facts as Record<string, unknown>;
  return typeof source === "string" && typeof licence === "string" && /^\d{4}-\d\d-\d\d$/.test(String(retrieved));
}
