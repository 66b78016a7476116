import type { Database } from "better-sqlite3";
import type { VerdictRecord } from "../../model/finding.ts";
import { hexOf, prepared } from "./statements.ts";
import type { ClaimKeys, Words } from "./wordings.ts";

export interface Claim {
  readonly keys: ClaimKeys;
  /** Keys and words together, and what the citations say: as the claim itself is worded. */
  readonly verdict: Worded;
  readonly cited: Words["cited"];
}

export type Worded = ClaimKeys & Omit<Words, "cited">;

/** Of another wording of the claim. */
export function worded(keys: ClaimKeys, text: string): Pick<Claim, "verdict" | "cited"> {
  const { cited, ...words } = JSON.parse(text) as Words;
  return { verdict: { ...keys, ...words }, cited };
}

/** Rows of the dictionaries, each read once while this lives: within one transaction. */
export interface Dictionary {
  claim(id: number): Claim;
  digest(id: number): string;
  source(id: number): { readonly kind: string; readonly key: string };
}

export function readDictionary(db: Database): Dictionary {
  return {
    claim: remembering((id) => claimOf(found(prepared<[number], ClaimRow>(db, "SELECT * FROM claim WHERE id = ?").get(id)))),
    digest: remembering((id) =>
      hexOf(found(prepared<[number], { hash: Buffer }>(db, "SELECT hash FROM digest WHERE id = ?").get(id)).hash),
    ),
    source: remembering((id) =>
      found(prepared<[number], { kind: string; key: string }>(db, "SELECT kind, key FROM source WHERE id = ?").get(id)),
    ),
  };
}

interface ClaimRow {
  readonly rule: string;
  readonly subject: string;
  readonly rule_revision: number;
  readonly verdict: VerdictRecord["verdict"];
  readonly outcome: string;
  readonly reason: NonNullable<VerdictRecord["reason"]> | "";
  readonly severity: NonNullable<VerdictRecord["severity"]> | "";
  readonly words: string;
}

function claimOf(row: ClaimRow): Claim {
  const keys = {
    rule: row.rule,
    ruleRevision: row.rule_revision,
    subject: row.subject,
    verdict: row.verdict,
    outcome: row.outcome,
    ...(row.reason === "" ? {} : { reason: row.reason }),
    ...(row.severity === "" ? {} : { severity: row.severity }),
  };
  return { keys, ...worded(keys, row.words) };
}

function remembering<T>(read: (id: number) => T): (id: number) => T {
  const known = new Map<number, T>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const value = read(id);
    known.set(id, value);
    return value;
  };
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new TypeError("a row that another row names is not there");
  return row;
}
