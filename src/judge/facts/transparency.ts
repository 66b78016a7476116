import { type CtLog, ctLogById } from "../../catalog/ct-logs.ts";
import { DAY, type Instant } from "../../model/instant.ts";
import type { Certificate } from "../../pki/certificate.ts";
import { TOLERATED_SKEW } from "../../pki/clock.ts";
import { certificateEntry, checkTimestamp, parseTimestamps, precertificateEntry, type Timestamp } from "../../pki/timestamps.ts";
import type { HostChain } from "./chains.ts";
import { stapleOf } from "./revocation.ts";

/** What the timestamps of a certificate are worth to those who ask for them, by the better of the two ways in which they come. */
export interface Logged {
  /** `unknown`: logs that we do not know would decide. */
  readonly verdict: "enough" | "too-few" | "unknown";
  /** Distinct logs that are asked for. */
  readonly required: number;
  /** Distinct logs whose timestamps count, and whose they are. */
  readonly logs: number;
  readonly operators: number;
  /** Timestamps in all, whatever they are worth. */
  readonly timestamps: number;
}

/**
 * The policy that Chrome and Apple share: in the certificate, two logs up to 180 days of lifetime and three above; else two that still take part;
 * either way of two operators, and one log at the least that is not retired.
 */
export function loggedOf(chain: HostChain, certificate: Certificate, issuer: Certificate, asOf: Instant): Logged {
  const late = Math.max(asOf, chain.observedAt) + TOLERATED_SKEW;
  const embedded = listed(certificate.extensions.timestamps);
  const entry = precertificateEntry(certificate, issuer);
  const lifetime = certificate.notAfter - certificate.notBefore;
  const inside = tally(embedded, entry, { required: lifetime > LONG_LIFE ? 3 : 2, late, mayBeRetired: true });
  const sent = [...listed(chain.timestamps), ...stapledTimestamps(chain, asOf)];
  const beside = tally(sent, certificateEntry(certificate), { required: 2, late, mayBeRetired: false });
  const [better] = [inside, beside].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || b.logs - a.logs);
  return { ...(better ?? inside), timestamps: inside.timestamps + beside.timestamps };
}

interface Way {
  readonly required: number;
  /** Later ones are from the future. */
  readonly late: Instant;
  readonly mayBeRetired: boolean;
}

function tally(timestamps: readonly Timestamp[], entry: Uint8Array | undefined, way: Way): Logged {
  const counted = new Map<string, CtLog>();
  const open = new Set<string>();
  for (const timestamp of timestamps) {
    const log = ctLogById(timestamp.logId);
    const worth = entry === undefined || timestamp.at > way.late ? "nothing" : worthOf(timestamp, log, entry, way);
    if (worth === "unknown") open.add(timestamp.logId);
    if (worth === "counts" && log !== undefined) counted.set(log.id, log);
  }
  const logs = [...counted.values()];
  const operators = new Set(logs.map(({ operator }) => operator)).size;
  const isAlive = logs.some(({ state }) => state !== "retired");
  const isEnough = logs.length >= way.required && operators >= LEAST_OPERATORS && isAlive;
  // Whose an unknown log is, is unknown as well.
  const mayBeEnough = open.size > 0 && logs.length + open.size >= way.required && (operators > 0 || open.size >= LEAST_OPERATORS);
  const verdict = isEnough ? "enough" : mayBeEnough ? "unknown" : "too-few";
  return { verdict, required: way.required, logs: logs.length, operators, timestamps: timestamps.length };
}

function worthOf(timestamp: Timestamp, log: CtLog | undefined, entry: Uint8Array, { mayBeRetired }: Way): "counts" | "nothing" | "unknown" {
  if (log === undefined) return "unknown";
  if (log.state === "rejected") return "nothing";
  if (log.state === "retired" && !(mayBeRetired && timestamp.at < Date.parse(log.stateSince ?? ""))) return "nothing";
  const signature = checkTimestamp(timestamp, entry, Buffer.from(log.key, "base64"));
  if (signature === "unsupported") return "unknown";
  return signature === "valid" ? "counts" : "nothing";
}

function stapledTimestamps(chain: HostChain, asOf: Instant): readonly Timestamp[] {
  const response = stapleOf(chain, asOf)?.response;
  if (response?.status !== "successful") return [];
  return response.answers.flatMap(({ timestamps }) => listed(timestamps));
}

function listed(list: Uint8Array | undefined): readonly Timestamp[] {
  return list === undefined ? [] : (parseTimestamps(list) ?? []);
}

const ORDER: readonly Logged["verdict"][] = ["enough", "unknown", "too-few"];
const LEAST_OPERATORS = 2;
const LONG_LIFE = 180 * DAY;
