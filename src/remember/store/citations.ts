import type { Database } from "better-sqlite3";
import { sha256Hex } from "../../model/digest.ts";
import type { VerdictRecord } from "../../model/finding.ts";
import { sourceId } from "./dictionaries.ts";
import { bytesOf, prepared } from "./statements.ts";
import { readingAt, type Wording } from "./wordings.ts";

type Piece = VerdictRecord["evidence"][number];

/** What one audit cites: each content of a kind and key has a place of its own, in the order of first citation. */
export interface Citations {
  /** What a verdict rests on, with the contents written down. */
  groundOf(verdict: VerdictRecord): Pick<Wording, "sources" | "evidenceHash">;
  /** Whether one of `sources` (a JSON array) had another content in the audit before. */
  anyChanged(sources: string): boolean;
}

export function citationsOf(db: Database, track: number, run: number): Citations {
  const places = new Map<string, Map<string, number>>();
  const causes = new Map<string, string>();
  const changed = new Set<number>();

  function source({ kind, key, hash }: Piece): number {
    const name = `${kind} ${key}`;
    const byHash = places.get(name) ?? new Map<string, number>();
    places.set(name, byHash);
    const known = byHash.get(hash);
    if (known !== undefined) return known;
    const id = sourceId(db, kind, key, byHash.size);
    byHash.set(hash, id);
    if (recordReading(db, track, run, id, hash)) changed.add(id);
    return id;
  }

  return {
    groundOf({ evidence, causes: { evidence: cause } }) {
      const hashes = evidence.map(({ hash }) => hash);
      const cited = hashes.join();
      const follows = causes.get(cited) ?? causeOfCited(hashes);
      causes.set(cited, follows);
      return { sources: JSON.stringify(evidence.map(source)), evidenceHash: follows === cause ? null : cause };
    },
    anyChanged: (sources) => (JSON.parse(sources) as readonly number[]).some((id) => changed.has(id)),
  };
}

/** The usual hash of what a verdict cites (model/finding.ts, CauseHashes); kept only where a verdict has another. */
export function causeOfCited(hashes: readonly string[]): string {
  return sha256Hex([...new Set(hashes)].sort().join("\n"));
}

/** True when the source had another content before. */
function recordReading(db: Database, track: number, run: number, source: number, hash: string): boolean {
  const before = readingAt(db, track, source, run);
  if (before === hash) return false;
  const bytes = bytesOf(hash);
  const evidence = prepared<[Buffer], { id: number }>(db, "SELECT id FROM evidence WHERE hash = ?").get(bytes);
  prepared(db, "INSERT INTO reading(track_id, source_id, first_run, evidence_id, hash) VALUES (?, ?, ?, ?, ?)").run(
    track,
    source,
    run,
    evidence?.id ?? null,
    evidence === undefined ? bytes : null,
  );
  return before !== undefined;
}
