import { Flags, type Interfaces } from "@oclif/core";
import type { AuditOptions } from "../app/audit.ts";
import { policyNames } from "../app/policies.ts";
import { DEPTHS } from "../model/depth.ts";
import { DAY, SECOND } from "../model/instant.ts";
import { CRITICALITIES } from "../model/integration.ts";
import { FAIL_ON } from "../model/report.ts";
import { RULE_FAMILIES } from "../model/rule.ts";
import { SEVERITIES } from "../model/severity.ts";
import { LOG_FORMATS } from "../tell/report/log.ts";
import { countFlag, durationFlag, listFlag, momentFlag, shareFlag, withEnv } from "./flags.ts";

/** Where the inventory and the history are. */
export const placeFlags = withEnv({
  inventory: Flags.string({ summary: "Inventory file. Default: apirisk.yaml here or in a folder above.", helpValue: "FILE" }),
  db: Flags.string({ summary: "History database. Default: in the user's data folder.", helpValue: "FILE" }),
});

/** Flags of `audit` (product.md section 2). */
export const auditFlags = {
  ...placeFlags,
  ...withEnv({
    "no-history": Flags.boolean({ summary: "Neither read nor write history." }),
    only: listFlag(RULE_FAMILIES)({ summary: "Judge only these families, and ask only what they need.", helpValue: "FAMILY,..." }),
    owner: Flags.string({ summary: "Only integrations of this owner.", helpGroup: "FILTER" }),
    tag: Flags.string({ summary: "Only integrations with this tag.", helpGroup: "FILTER" }),
    criticality: Flags.option({ options: CRITICALITIES })({ summary: "Only integrations of this criticality.", helpGroup: "FILTER" }),
    depth: Flags.option({ options: DEPTHS })({ summary: "How much to ask.", default: "standard" }),
    evidence: Flags.boolean({ summary: "Put the redacted evidence into the JSON report." }),
    "propose-expectations": Flags.boolean({
      summary: "Instead of the report, print expect blocks for the inventory, by what the endpoints sent.",
      exclusive: ["dry-run"],
    }),
    output: Flags.string({ summary: "Write the answer to this file instead of stdout.", helpValue: "FILE" }),
    "fail-on": Flags.option({ options: FAIL_ON })({
      summary:
        "What makes the gate fail: open findings, or what got worse by the provider or by time and waivers that ended. Default: open; with --cron: regression.",
      helpGroup: "GATE",
    }),
    severity: Flags.option({ options: SEVERITIES })({
      summary: "Lowest severity that the gate looks at.",
      default: "high",
      helpGroup: "GATE",
    }),
    "min-coverage": shareFlag({
      summary: "Least share of the questions that must be answered. Default: 0.8 for an inventory, 0 for ad hoc targets.",
      helpGroup: "GATE",
    }),
    policy: listFlag(policyNames())({
      summary: "Judge by these policy packs too, beside those of the inventory (docs/policies.md).",
      helpValue: "NAME,...",
      multiple: true,
    }),
    "dry-run": Flags.boolean({ summary: "Print the most that would be sent, and send nothing." }),
    "allow-private": Flags.boolean({ summary: "Allow loopback and private addresses." }),
    revocation: Flags.boolean({
      summary:
        "Ask certificate authorities whether they revoked what the hosts serve. They, and whoever listens on the way, learn which certificates we look at.",
    }),
    registration: Flags.boolean({
      summary:
        "Ask registries, once a week, until when the domains of the hosts are registered, and with whom. They learn which domains we look at.",
    }),
    ca: Flags.string({ summary: "Trust the certificates of this PEM file too.", helpValue: "FILE" }),
    concurrency: countFlag(1, 64)({ summary: "Integrations observed at the same time.", default: 8 }),
    timeout: countFlag(1, 3600)({ summary: "Most seconds for one integration.", default: 60 }),
    cron: Flags.boolean({
      summary: "For schedulers: silent when nothing changed, gate on regressions and ended waivers.",
      helpGroup: "SCHEDULE",
    }),
    wait: Flags.boolean({ summary: "Wait for another run to end instead of exiting with 4." }),
    resume: Flags.boolean({ summary: "Go on with the run that crashed or was stopped in the last six hours, if there is one." }),
    "max-time": durationFlag(
      SECOND,
      7 * DAY,
    )({ summary: "Most time for the whole run; what is not done by then stays as it is.", helpValue: "TIME", helpGroup: "SCHEDULE" }),
    jitter: durationFlag(
      0,
      DAY,
    )({ summary: "Start later by a time up to this, the same for this history on every night.", helpValue: "TIME", helpGroup: "SCHEDULE" }),
    "log-format": Flags.option({ options: LOG_FORMATS })({
      summary: "Log the run, one line per event, to stderr or to --log-file.",
      helpGroup: "SCHEDULE",
    }),
    "log-file": Flags.string({ summary: "Append the log to this file.", helpValue: "FILE", helpGroup: "SCHEDULE" }),
    "as-of": momentFlag({ summary: "Judge as if it were this day or moment (UTC). Never written to history.", helpValue: "DATE" }),
  }),
};

export type AuditFlags = Interfaces.InferredFlags<typeof auditFlags>;

/** `adHoc`: nobody declared what has to be seen. */
export function auditOptions(flags: AuditFlags, adHoc: boolean, signal: AbortSignal): AuditOptions {
  return {
    depth: flags.depth,
    families: flags.only ?? RULE_FAMILIES,
    allowPrivate: flags["allow-private"],
    revocation: flags.revocation,
    registration: flags.registration,
    failOn: flags["fail-on"] ?? (flags.cron ? "regression" : "open"),
    severity: flags.severity,
    minCoverage: flags["min-coverage"] ?? (adHoc ? 0 : LEAST_COVERAGE),
    concurrency: flags.concurrency,
    timeoutMs: flags.timeout * SECOND,
    withEvidence: flags.evidence,
    trigger: flags.cron ? "cron" : "manual",
    resume: flags.resume,
    ...(flags["max-time"] === undefined ? {} : { maxTimeMs: flags["max-time"] }),
    signal,
    ...(flags["as-of"] === undefined ? {} : { asOf: flags["as-of"] }),
  };
}

const LEAST_COVERAGE = 0.8;
