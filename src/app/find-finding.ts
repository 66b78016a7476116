import type { FindingRecord } from "../model/finding.ts";
import type { HistoryStore } from "../model/history-store.ts";
import type { DeclaredWaiver } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { coveringWaiver } from "../remember/changes/waivers.ts";
import { storedConfiguration } from "./stored-configuration.ts";

export interface UnknownFinding {
  readonly kind: "unknown-finding";
  /** Those that begin with what was given, where it was more than one. */
  readonly candidates: readonly FindingRecord[];
}

/** A finding by its fingerprint or the beginning of it, which no other one may share. */
export async function findFinding(history: HistoryStore | undefined, beginning: string): Promise<Result<FindingRecord, UnknownFinding>> {
  const found = await history?.finding(beginning);
  if (found !== undefined) return ok(found);
  const wanted = beginning.toLowerCase();
  const candidates = ((await history?.findings({})) ?? []).filter(({ fingerprint }) => fingerprint.startsWith(wanted));
  return err({ kind: "unknown-finding", candidates });
}

/** The waiver of the inventory file that covers it, as the file was when its integration was last seen. */
export async function waiverOfFile(history: HistoryStore, finding: FindingRecord): Promise<DeclaredWaiver | undefined> {
  if (finding.cover === undefined) return undefined;
  const audits = (await history.newestAudits()).filter(({ uid }) => uid === finding.integrationUid);
  const [audit] = audits.sort((a, b) => b.at - a.at);
  const stored = audit === undefined ? undefined : await history.configuration(audit.configurationHash);
  const configuration = storedConfiguration(stored ?? "");
  return configuration.ok ? coveringWaiver(finding, configuration.value.integration.waivers) : undefined;
}
