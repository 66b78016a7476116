import { type AuditOptions, type AuditVerdict, planOnly, runAudit } from "../src/app/audit.ts";
import { type AuditSubject, auditSubject } from "../src/app/audit-request.ts";
import { checkpoint } from "../src/app/checkpoint.ts";
import { planDocument } from "../src/app/plan.ts";
import { draftExpectations, type ExpectationDraft } from "../src/app/propose-expectations.ts";
import { requestTrouble } from "../src/cli/app-command.ts";
import { type AuditFlags, auditFlags, auditOptions } from "../src/cli/audit-flags.ts";
import { EXIT, type ExitCode } from "../src/cli/exit-code.ts";
import { type Watch, WatchCommand, type WatchedRun } from "../src/cli/watch-command.ts";
import type { HistoryStore } from "../src/model/history-store.ts";
import { reportView } from "../src/tell/view/report-view.ts";

type Flags = AuditFlags & { readonly quiet: boolean; readonly verbose: boolean };

export default class Audit extends WatchCommand {
  static override summary = "Observe API integrations politely, judge what was seen, remember it, and say what changed.";
  static override description = `TARGET is an integration's id, a URL or host[:port]; without one, the whole inventory is audited.
Only declared requests and TLS handshakes are sent; --dry-run prints the most that it can be. A credential is sent only to the
origin it was bound to with "credential trust". Values of responses are classified in memory and never stored.`;
  static override usage = "audit [TARGET...] [FLAGS]";
  static override examples = [
    "<%= config.bin %> audit api.example.com",
    "<%= config.bin %> audit",
    "<%= config.bin %> audit --owner payments-team --fail-on regression",
    "<%= config.bin %> audit --dry-run",
  ];
  static override strict = false;
  static override flags = auditFlags;

  async run() {
    const { argv, flags } = await this.parse(Audit);
    const subject = await this.#subject(argv.map(String), flags);
    const options = auditOptions(flags, subject.adHoc, this.interruptSignal());
    if (flags["dry-run"]) {
      const plan = (history?: HistoryStore) => this.#plan(subject, options, flags, history);
      return flags["no-history"] ? plan() : this.withExistingHistory(flags.db, plan);
    }
    const draft = flags["propose-expectations"] ? draftExpectations(subject.integrations) : undefined;
    const { report, verdict, exit } = await this.watched(flags, (watch) => this.#audit(subject, options, flags, watch, draft));
    this.conclude(exit);
    if (draft !== undefined) return this.deliver(draft.document(), draft.text, flags.output);
    const nothingNew = report.changes.length === 0 && report.events.length === 0;
    const silent = flags.cron && verdict === "passed" && nothingNew;
    const detail = flags.quiet ? "brief" : flags.verbose ? "full" : "normal";
    checkpoint("answer-ready");
    const text = silent || this.jsonEnabled() ? undefined : await import("../src/tell/report/terminal.ts");
    return this.deliver(report, (style) => text?.renderReport(reportView(report), style, detail) ?? "", flags.output);
  }

  async #subject(targets: readonly string[], flags: Flags): Promise<AuditSubject> {
    const { inventory, owner, tag, criticality, policy } = flags;
    const filter = {
      ...(owner === undefined ? {} : { owner }),
      ...(tag === undefined ? {} : { tag }),
      ...(criticality === undefined ? {} : { criticality }),
    };
    const { cwd, files } = this.machine();
    const subject = await auditSubject(
      { targets, from: cwd, filter, packs: (policy ?? []).flat(), ...(inventory === undefined ? {} : { inventoryFile: inventory }) },
      files,
    );
    if (!subject.ok) throw requestTrouble(subject.error);
    return subject.value;
  }

  async #plan(subject: AuditSubject, options: AuditOptions, flags: Flags, history: HistoryStore | undefined) {
    const { clock, tool } = this.machine();
    const plans = await planOnly(subject, options, { clock, tool: tool([]), ...(history === undefined ? {} : { history }) });
    const document = { schemaVersion: "1.0.0", plans: plans.map(planDocument) };
    const { renderPlan } = await import("../src/tell/report/plan.ts");
    return this.deliver(document, (style) => renderPlan(plans, style), flags.output);
  }

  async #audit(subject: AuditSubject, options: AuditOptions, flags: Flags, watch: Watch, draft?: ExpectationDraft): Promise<WatchedRun> {
    const { history, authorities, log } = watch;
    const machine = this.machine();
    const progress = this.progress({ quiet: flags.quiet || flags.cron || flags["log-format"] !== undefined });
    try {
      const result = await runAudit(subject, options, {
        net: await machine.network(authorities),
        credentials: await this.credentials(subject.folder),
        lockFiles: machine.lockFiles(await this.trust(), subject.folder),
        clock: machine.clock,
        tool: machine.tool(authorities),
        onProgress: ({ current, ...state }) => progress.update({ ...state, note: current }),
        onEvent: log,
        ...(draft === undefined ? {} : { onObserved: draft.onObserved }),
        ...(history === undefined ? {} : { history }),
      });
      return { ...result, exit: EXIT_OF[result.verdict] };
    } finally {
      progress.end();
    }
  }
}

const EXIT_OF: Readonly<Record<AuditVerdict, ExitCode>> = {
  passed: EXIT.passed,
  failed: EXIT.gateFailed,
  insufficient: EXIT.notAudited,
  interrupted: EXIT.interrupted,
};
