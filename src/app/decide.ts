import { carriesSecret } from "../inventory/literal-secret.ts";
import { MAX_INVENTORY_BYTES, parseInventory } from "../inventory/parse.ts";
import { putWaiver } from "../inventory/put-waiver.ts";
import type { FilePort, FileProblem } from "../model/file-port.ts";
import type { Decision, FindingRecord, Triage } from "../model/finding.ts";
import { PUT_ASIDE } from "../model/finding.ts";
import type { HistoryStore } from "../model/history-store.ts";
import { DAY, type Instant, isoDay } from "../model/instant.ts";
import type { DeclaredWaiver, Inventory } from "../model/integration.ts";
import { err, ok, type Result } from "../model/result.ts";
import { isLive } from "../remember/changes/presence.ts";
import { knownRules } from "./audit-request.ts";
import { findFinding, type UnknownFinding, waiverOfFile } from "./find-finding.ts";

/** What a person decided about a finding. */
export interface Judgement {
  readonly triage: Triage;
  readonly by: string;
  readonly reason: string;
  /** Last day on which it holds, as the beginning of that day. */
  readonly lastDay?: Instant;
  readonly reference?: string;
}

export type DecideProblem =
  | UnknownFinding
  | { readonly kind: "not-a-term"; readonly message: string }
  | { readonly kind: "inventory"; readonly message: string }
  | { readonly kind: "file"; readonly problem: FileProblem };

export interface Decided {
  readonly finding: FindingRecord;
  /** Where it was written: into history, or into the inventory file. */
  readonly into: "history" | "inventory";
  /** Covers the finding in the inventory file, and wins over what was decided. */
  readonly waiver?: DeclaredWaiver;
}

/** Writes a decision into history; the next audit lets it act. */
export async function decide(
  history: HistoryStore | undefined,
  finding: string,
  judgement: Judgement,
  now: Instant,
): Promise<Result<Decided, DecideProblem>> {
  const known = await findFinding(history, finding);
  if (!known.ok) return known;
  const { value: found } = known;
  const objection = objectionTo(judgement, now) ?? objectionOver(found, judgement);
  if (objection !== undefined) return err({ kind: "not-a-term", message: objection });
  await history?.setTriage(found.fingerprint, judgement.triage, decisionOf(judgement, found, now));
  const decided = (await history?.finding(found.fingerprint)) ?? found;
  const waiver = history === undefined ? undefined : await waiverOfFile(history, decided);
  return ok({ finding: decided, into: "history", ...(waiver === undefined ? {} : { waiver }) });
}

/** Writes a decision as a waiver into the inventory file, where it is reviewed like everything else, and wins over history. */
export async function declareWaiver(
  history: HistoryStore | undefined,
  fingerprint: string,
  judgement: Judgement & { readonly triage: DeclaredWaiver["kind"]; readonly lastDay: Instant },
  inventory: Inventory,
  files: FilePort,
  now: Instant,
): Promise<Result<Decided, DecideProblem>> {
  const known = await findFinding(history, fingerprint);
  if (!known.ok) return known;
  const { value: finding } = known;
  const objection = objectionTo(judgement, now) ?? objectionOver(finding, judgement);
  if (objection !== undefined) return err({ kind: "not-a-term", message: objection });
  const integration = inventory.integrations.find(({ uid }) => uid === finding.integrationUid);
  if (integration === undefined) return err({ kind: "inventory", message: `${inventory.file} does not declare ${finding.integrationId}.` });
  const text = await files.readText(inventory.file, MAX_INVENTORY_BYTES);
  if (!text.ok) return err({ kind: "file", problem: text.error });
  const written = putWaiver(text.value, integration, waiverOf(judgement, finding));
  if (written === undefined || !parseInventory(written, inventory.file, knownRules()).ok)
    return err({ kind: "inventory", message: `${inventory.file} cannot be changed here without damage; add the waiver by hand.` });
  const saved = await files.writeWhole(inventory.file, written, 0o644);
  return saved.ok ? ok({ finding, into: "inventory" }) : err({ kind: "file", problem: saved.error });
}

/** What is wrong with the terms, for people. */
function objectionTo({ reason, by, reference, lastDay, triage }: Judgement, now: Instant): string | undefined {
  if ([reason, by, reference ?? ""].some(carriesSecret))
    return "The reason, the name or the reference looks like a secret; decisions are kept and shown.";
  if ([reason, by, reference ?? ""].some((text) => text.length > MOST_CHARACTERS))
    return `Expected at most ${MOST_CHARACTERS} characters in each text.`;
  if (lastDay !== undefined && lastDay + DAY <= now) return `Expected a day from ${isoDay(now)} on as the last one.`;
  if (lastDay !== undefined && lastDay > now + LONGEST) return "Expected a day within five years: nobody will remember the reason.";
  return triage === "accepted" && lastDay === undefined ? "Expected the last day of the acceptance." : undefined;
}

function objectionOver({ presence }: FindingRecord, { triage }: Judgement): string | undefined {
  if (triage !== "accepted" || isLive({ presence })) return undefined;
  return `The finding is ${presence}: there is nothing to accept. If it comes back, it is told.`;
}

function decisionOf({ by, reason, lastDay, reference, triage }: Judgement, { severity }: FindingRecord, now: Instant): Decision {
  const until = PUT_ASIDE.has(triage) && lastDay !== undefined ? { until: lastDay + DAY } : {};
  return { by, reason, at: now, ...until, severity, ...(reference === undefined ? {} : { reference }) };
}

/** A waiver of the file has no place for a reference of its own: it stands behind the reason. */
function waiverOf(
  { triage, by, reason, lastDay, reference }: Judgement & { readonly triage: DeclaredWaiver["kind"]; readonly lastDay: Instant },
  { rule, subject }: FindingRecord,
): DeclaredWaiver {
  const why = reference === undefined ? reason : `${reason} (${reference})`;
  return { rule, ...(subject === "" ? {} : { subject }), until: isoDay(lastDay), reason: why, by, kind: triage };
}

const MOST_CHARACTERS = 1000;
const LONGEST = 5 * 366 * DAY;
