import { CLEAN } from "../../src/demo/conditions.ts";
import type { FindingRecord } from "../../src/model/finding.ts";
import { DAY, isoInstant } from "../../src/model/instant.ts";
import { CARD, charges, employees, lasting, openForBusiness } from "./cast.ts";
import type { Moment } from "./play.ts";
import { instant, type Stage } from "./stage.ts";

/** Something happens in the world, or somebody of us does something. */
export interface Scene extends Moment {
  /** For the reader of the log. */
  readonly says: string;
}

const OFFERS_OLD_TLS = { tlsVersions: { min: "TLS 1.0", max: "TLS 1.3" } } as const;
const OFFERS_TLS_1_1 = { tlsVersions: { min: "TLS 1.1", max: "TLS 1.3" } } as const;
const MODERN_TLS = { tlsVersions: CLEAN.tlsVersions };
const MEDIUM_FOR_OLD_TLS = { "tls/deprecated-version-offered": { severity: "medium" } };

const BEGINNING: readonly Scene[] = [
  {
    at: "2025-01-01T00:00",
    says: "we begin to watch seven APIs; archive accepts TLS 1.0 and 1.1, waived in the inventory until 2025-12-31",
    play: openForBusiness,
  },
];

/** Every 60 days, but for one time. */
const PAYMENTS_CERTIFICATE: readonly Scene[] = [
  ...everySixtyDays("2025-02-10T01:00", "2026-04-06T01:00").map((at) => renewal("payments", at, 90, "30 days before the end, by itself")),
  {
    at: "2026-06-05T01:00",
    says: "payments does not renew its certificate: the program that did it has died",
    play: async () => undefined,
  },
  renewal("payments", "2026-07-02T01:00", 90, "3 days before the end"),
  ...everySixtyDays("2026-08-31T01:00", "2026-12-31T01:00").map((at) => renewal("payments", at, 90, "30 days before the end, by itself")),
];

const LEAK: readonly Scene[] = [
  {
    at: "2025-05-12T00:00",
    says: "payments begins to send the card number of every customer",
    play: (stage) => stage.change("payments", { resources: charges({ card_number: CARD }) }),
  },
  { at: "2025-06-02T00:00", says: "payments stops sending it", play: (stage) => stage.change("payments", { resources: charges({}) }) },
];

const HR_CERTIFICATE: readonly Scene[] = [
  renewal("hr", "2025-03-03T00:00", 365, "78 days before the end, by hand"),
  {
    at: "2025-12-22T09:00",
    says: "we accept until 2026-02-28 that hr has not renewed yet: they do it by hand, every year",
    play: (stage) =>
      decide(stage, "accept", { integration: "hr", rule: "certificate/expiring" }, "--until", "2026-02-28", "--reason", "every year"),
  },
  renewal("hr", "2026-03-06T00:00", 398, "3 days after the end, by hand"),
];

const MAINTENANCE: readonly Scene[] = [
  { at: "2025-06-11T00:00", says: 'shipping switches TLS 1.0 and 1.1 on, "for a maintenance"', play: change("shipping", OFFERS_OLD_TLS) },
  { at: "2025-06-16T00:00", says: "shipping goes down", play: change("shipping", { listens: false }) },
  { at: "2025-06-26T00:00", says: "shipping is up again, TLS 1.0 and 1.1 still on", play: change("shipping", { listens: true }) },
  { at: "2025-07-05T00:00", says: "shipping switches TLS 1.0 and 1.1 off", play: change("shipping", MODERN_TLS) },
  { at: "2026-08-18T00:00", says: "shipping switches TLS 1.0 and 1.1 on, once more", play: change("shipping", OFFERS_OLD_TLS) },
  { at: "2026-08-20T00:00", says: "shipping switches TLS 1.0 and 1.1 off", play: change("shipping", MODERN_TLS) },
];

const OUTAGE_OF_OURS: readonly Scene[] = [
  { at: "2025-08-04T00:00", says: "our own line is cut until 2025-08-11", play: (stage) => stage.changeAll({ listens: false }) },
  { at: "2025-08-11T00:00", says: "our own line is mended", play: (stage) => stage.changeAll({ listens: true }) },
];

const FLAPPING_EDGE: readonly Scene[] = [
  {
    at: "2025-09-08T00:00",
    says: "edge answers from two machines in turn: the old one accepts TLS 1.1",
    play: change("edge", OFFERS_TLS_1_1),
  },
  ...["09", "11", "13"].flatMap((on): readonly Scene[] => [
    { at: `2025-09-${on}T00:00`, says: "edge: the new machine answers", play: change("edge", MODERN_TLS) },
    { at: `2025-09-${Number(on) + 1}T00:00`, says: "edge: the old machine answers", play: change("edge", OFFERS_TLS_1_1) },
  ]),
  { at: "2025-09-15T00:00", says: "edge: the old machine is taken away", play: change("edge", MODERN_TLS) },
];

const SUNSET: readonly Scene[] = [
  {
    at: "2025-03-18T00:00",
    says: "rates announces its end on 2025-11-05",
    play: change("rates", { headers: { ...CLEAN.headers, sunset: instant("2025-11-05T00:00").toUTCString() } }),
  },
  {
    at: "2025-10-20T00:00",
    says: "we have moved away from rates, and take it out of the inventory",
    play: (stage) => stage.undeclare("rates"),
  },
];

const ARCHIVE: readonly Scene[] = [
  {
    at: "2026-01-09T09:00",
    says: "archive says that TLS 1.0 has been off since the new year; we write that down",
    play: (stage) =>
      decide(
        stage,
        "dispute",
        { integration: "archive", rule: "tls/deprecated-version-offered", subject: "tls1.0" },
        "--reason",
        "off since the new year, they say",
        "--evidence",
        "mail in ticket 4711",
      ),
  },
  { at: "2026-04-20T00:00", says: "archive switches TLS 1.0 and 1.1 off", play: change("archive", MODERN_TLS) },
];

/** Nothing is open there that could get out of sight. */
const WELL_RUN: readonly Scene[] = [
  { at: "2026-11-02T00:00", says: "vat goes down", play: change("vat", { listens: false }) },
  { at: "2026-11-14T00:00", says: "vat is up again", play: change("vat", { listens: true }) },
];

const OUR_CHOICES: readonly Scene[] = [
  {
    at: "2026-01-15T00:00",
    says: "we upgrade apirisk: its rule on versions in headers is stricter; archive and edge have sent theirs all along",
    play: (stage) => stage.upgrade("older"),
  },
  {
    at: "2026-01-15T01:00",
    says: "shipping begins to send its version in a header",
    play: change("shipping", { headers: { ...CLEAN.headers, server: "Dockyard/2.0.1" } }),
  },
  {
    at: "2026-02-16T00:00",
    says: "our policy: a retired TLS version is of medium severity",
    play: (stage) => stage.decidePolicy(MEDIUM_FOR_OLD_TLS),
  },
  {
    at: "2026-05-04T00:00",
    says: "our policy: versions in headers are not asked about",
    play: (stage) => stage.decidePolicy({ ...MEDIUM_FOR_OLD_TLS, "header/version-disclosure": "off" }),
  },
  {
    at: "2026-09-21T00:00",
    says: "we upgrade apirisk: it recognises bank account numbers now; hr has sent one all along",
    play: (stage) => stage.upgrade("today"),
  },
  {
    at: "2026-10-05T00:00",
    says: "we declare that hr sends bank account numbers",
    play: (stage) => stage.declare("hr", { dataClasses: ["email", "iban"], ...employees(["$.employees[].payout_account"]) }),
  },
];

export const PLOT: readonly Scene[] = [
  ...BEGINNING,
  ...PAYMENTS_CERTIFICATE,
  ...LEAK,
  ...HR_CERTIFICATE,
  ...MAINTENANCE,
  ...OUTAGE_OF_OURS,
  ...FLAPPING_EDGE,
  ...SUNSET,
  ...ARCHIVE,
  ...WELL_RUN,
  ...OUR_CHOICES,
].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

const WATCHED: readonly (readonly [from: string, to: string])[] = [
  ["2025-01-01", "2025-01-02"],
  ["2025-05-09", "2025-05-13"],
  ["2025-06-02", "2025-06-03"],
  ["2025-06-11", "2025-06-12"],
  ["2025-06-15", "2025-06-17"],
  ["2025-06-22", "2025-06-27"],
  ["2025-07-05", "2025-07-06"],
  ["2025-08-04", "2025-08-12"],
  ["2025-09-07", "2025-09-17"],
  ["2025-10-05", "2025-10-07"],
  ["2025-10-20", "2025-10-21"],
  ["2025-12-20", "2025-12-21"],
  ["2025-12-31", "2026-01-01"],
  ["2026-01-14", "2026-01-16"],
  ["2026-01-25", "2026-01-27"],
  ["2026-02-12", "2026-02-13"],
  ["2026-02-16", "2026-02-17"],
  ["2026-03-02", "2026-03-08"],
  ["2026-04-20", "2026-04-21"],
  ["2026-05-04", "2026-05-05"],
  ["2026-06-16", "2026-06-18"],
  ["2026-06-25", "2026-06-27"],
  ["2026-06-30", "2026-07-04"],
  ["2026-08-18", "2026-08-21"],
  ["2026-09-20", "2026-09-22"],
  ["2026-10-05", "2026-10-06"],
  ["2026-11-02", "2026-11-07"],
  ["2026-12-31", "2026-12-31"],
];

/** At 03:17 UTC: every week, and every night around what happens. */
export const NIGHTS: readonly number[] = [
  ...new Set([...nightsOf("2025-01-01", "2026-12-31", 7), ...WATCHED.flatMap(([from, to]) => nightsOf(from, to, 1))]),
].sort((a, b) => a - b);

function nightsOf(from: string, to: string, days: number): readonly number[] {
  const [first, last] = [instant(`${from}T03:17`).getTime(), instant(`${to}T03:17`).getTime()];
  return Array.from({ length: Math.floor((last - first) / (days * DAY)) + 1 }, (_, index) => first + index * days * DAY);
}

function everySixtyDays(from: string, to: string): readonly string[] {
  const [first, last] = [instant(from).getTime(), instant(to).getTime()];
  return Array.from({ length: Math.floor((last - first) / (60 * DAY)) + 1 }, (_, index) =>
    isoInstant(first + index * 60 * DAY).slice(0, 16),
  );
}

function renewal(id: string, at: string, days: number, how: string): Scene {
  return { at, says: `${id} renews its certificate, ${how}`, play: change(id, { certificate: lasting(at, days) }) };
}

function change(id: string, conditions: Parameters<Stage["change"]>[1]): Scene["play"] {
  return (stage) => stage.change(id, conditions);
}

/** With the command that a person uses for it. */
async function decide(
  stage: Stage,
  verb: string,
  about: Partial<Pick<FindingRecord, "rule" | "subject">> & { readonly integration: string },
  ...terms: readonly string[]
): Promise<void> {
  const { findings } = await stage.ask<{ findings: readonly FindingRecord[] }>(["finding", "list", "--integration", about.integration]);
  const [finding] = findings.filter(({ rule, subject }) => rule === about.rule && subject === (about.subject ?? subject));
  await stage.ask(["finding", verb, finding?.fingerprint ?? "none", "--by", "ada", ...terms]);
}
