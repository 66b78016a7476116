import type { CaaFacts } from "../../evidence/kinds.ts";
import type { AskDns } from "./ask-dns.ts";

/**
 * The records in force: those of the host, behind its alias where it has one, else those of the nearest name above it that has any
 * (RFC 8659 section 3). One name that nobody answers for hides all above it.
 */
export async function caaInForce(ask: AskDns, host: string): Promise<CaaFacts> {
  for (let at = host; at !== ""; at = parentOf(at)) {
    const answer = await ask(at, "CAA");
    if (!answer.ok) return { state: "unknown", reason: answer.error.reason };
    if (answer.value.state === "records") return { state: "records", at, records: answer.value.records };
  }
  return { state: "none" };
}

function parentOf(name: string): string {
  return name.split(".").slice(1).join(".");
}
