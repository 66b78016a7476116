import type { CertificateTimeline, ServedCertificate } from "../../src/model/certificate-timeline.ts";
import { DAY, HOUR } from "../../src/model/instant.ts";

export const NOON = Date.UTC(2026, 10, 30, 12);

/** One of everything: ended, of a day, late, with its window before now, unseen, bought, refused, and one that outlives the axis. */
export function sampleTimeline(over: Partial<CertificateTimeline> = {}): CertificateTimeline {
  return {
    schemaVersion: "1.1.0",
    at: NOON,
    inventory: "apirisk.yaml",
    axis: { from: NOON, to: NOON + 200 * DAY },
    limits: [
      { from: "2026-03-15", maxDays: 200 },
      { from: "2027-03-15", maxDays: 100 },
      { from: "2029-03-15", maxDays: 47 },
    ],
    certificates: [
      served("parcels", -10 * DAY, 90, { standing: "ended", renewal: habit(-10 * DAY, 29, 31, 5) }),
      served("hourly", 9 * HOUR, 1, { standing: "early", renewal: { basis: "habit", n: 12, from: NOON + HOUR, to: NOON + 2 * HOUR } }),
      served("ledger", 12 * DAY, 90, { standing: "late", renewal: habit(12 * DAY, 29, 31, 8) }),
      served("maps", 60 * DAY, 90, { standing: "unknown", renewal: { basis: "prior", n: 1, from: NOON + 30 * DAY, to: NOON + 60 * DAY } }),
      served("attic", 70 * DAY, 90, { standing: "unseen", renewal: habit(70 * DAY, 28, 32, 3), seenAt: NOON - 9 * DAY }),
      served("https://crm.example", 85 * DAY, 90, {
        origin: "https://crm.example",
        standing: "early",
        renewal: habit(85 * DAY, 25, 35, 4),
        keyType: "rsa",
      }),
      served("ledger", 90 * DAY, 200, { role: "client", addresses: null, issuer: "O=Ours", nextMaxDays: null }),
      served("bank", 150 * DAY, 398, { standing: "unknown", nextMaxDays: 100, addresses: 3 }),
      served("bank", 160 * DAY, 190, { role: "other", keyType: "rsa", addresses: 2 }),
      served("maps", 170 * DAY, 190, { role: "without-name" }),
      served("intranet", 3650 * DAY, 3700, { standing: "unknown", trusted: false, issuer: "O=Acme" }),
    ],
    without: [
      { integration: "plain", reason: "no-https" },
      { integration: "fresh", reason: "never-audited" },
    ],
    elsewhere: 2,
    ...over,
  };
}

export function served(integration: string, left: number, days: number, over: Partial<ServedCertificate> = {}): ServedCertificate {
  return {
    integration,
    name: integration,
    owner: null,
    origin: `https://api.${integration}.example`,
    role: "own",
    addresses: 1,
    keyType: "ec",
    issuer: "C=US, O=Example, CN=R3",
    sha256: "ab".repeat(32),
    notBefore: NOON + left - days * DAY,
    notAfter: NOON + left,
    secondsLeft: Math.floor(left / 1000),
    trusted: true,
    renewal: { basis: "unknown", n: 0, from: null, to: null },
    standing: "unknown",
    seenAt: NOON - HOUR,
    nextMaxDays: null,
    ...over,
  };
}

function habit(left: number, least: number, most: number, n: number): ServedCertificate["renewal"] {
  return { basis: "habit", n, from: NOON + left - most * DAY, to: NOON + left - least * DAY };
}
