import type { Cause, ChangeKind } from "./finding.ts";
import type { Instant } from "./instant.ts";
import type { Visibility } from "./report.ts";
import type { Severity } from "./severity.ts";

/** One thing that happened in a run, as its log tells it: ids, words and counts; never a URL, a header, a value or a secret. */
export type RunEvent =
  | {
      readonly event: "run-started";
      readonly trigger: "manual" | "cron" | "demo";
      /** Integrations. */
      readonly planned: number;
      readonly vantage: string;
      readonly version: string;
    }
  | {
      readonly event: "run-resumed";
      /** The run that crashed. */
      readonly from: string;
      /** Integrations that it had committed, and that are not audited again. */
      readonly kept: number;
      readonly planned: number;
    }
  | {
      readonly event: "integration-audited";
      readonly integration: string;
      readonly visibility: Visibility;
      readonly changes: number;
      readonly durationMs: number;
    }
  | {
      readonly event: "change";
      readonly kind: ChangeKind;
      readonly cause: Cause;
      /** Absent where neither side has one. */
      readonly severity?: Severity;
      readonly rule: string;
      readonly integration: string;
      readonly fingerprint: string;
    }
  | { readonly event: "notice"; readonly text: string }
  | {
      readonly event: "delivery";
      readonly channel: string;
      readonly outcome: "sent" | "failed" | "given-up";
      readonly messages: number;
    }
  | {
      readonly event: "run-finished";
      readonly status: "complete" | "partial" | "aborted";
      /** Exit code of the process. */
      readonly exit: number;
      /** 0..1. */
      readonly coverage: number | null;
      readonly connections: number;
      readonly requests: number;
    };

/** A line of the log. */
export type RunLogEntry = {
  /** ULID. */
  readonly run: string;
  readonly at: Instant;
} & RunEvent;
