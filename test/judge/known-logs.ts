import { type CtLog, ctLogs } from "../../src/catalog/ct-logs.ts";
import { type Log, newLog } from "../lab/support/certificate-extensions.ts";

/** A log of our own that stands among the known ones for as long as the test runs: no real one signs for a test. */
export function knownLog(operator: string, more: Partial<CtLog> = {}): Log {
  const log = newLog();
  const id = Buffer.from(log.id).toString("hex");
  const key = Buffer.from(log.key.publicKeyInfo).toString("base64");
  (ctLogs() as CtLog[]).push({ name: `${operator} of a test`, operator, id, key, state: "usable", ...more });
  return log;
}
