import { setTimeout as pause } from "node:timers/promises";
import type { AuditResult } from "../app/audit.ts";
import { checkpoint } from "../app/checkpoint.ts";
import { type Heartbeat, startHeartbeat } from "../app/heartbeat.ts";
import { unreadableSecrets } from "../app/send-message.ts";
import { countsOf, type TellingPorts, tellNow } from "../app/tell-run.ts";
import type { HistoryStore } from "../model/history-store.ts";
import { stableDelayMs } from "../model/jitter.ts";
import type { RunEvent, RunLogEntry } from "../model/run-event.ts";
import type { LogFormat } from "../tell/report/log.ts";
import { AppCommand } from "./app-command.ts";
import { fileTrouble, UserError } from "./errors.ts";
import { EXIT, type ExitCode } from "./exit-code.ts";
import { describeFailure } from "./failure.ts";
import { openRunLog, type RunLog, wantsLevels } from "./run-log.ts";

export interface WatchFlags {
  readonly db?: string | undefined;
  readonly "no-history": boolean;
  readonly wait: boolean;
  /** Started by a scheduler. */
  readonly cron: boolean;
  /** A judgement as of another day is told to nobody. */
  readonly "as-of"?: number | undefined;
  readonly jitter?: number | undefined;
  readonly ca?: string | undefined;
  readonly "log-format"?: LogFormat | undefined;
  readonly "log-file"?: string | undefined;
}

/** What a run is given besides its own ports. */
export interface Watch {
  readonly history?: HistoryStore;
  readonly authorities: readonly string[];
  readonly log: (entry: RunLogEntry) => void;
}

export interface WatchedRun extends AuditResult {
  readonly exit: ExitCode;
}

/**
 * A run as a scheduler starts it: at its own time, told to a dead-man switch, alone on its history, logged, and its news delivered.
 * Nothing of that changes what the run finds. It changes how it exits where nobody could be told: the file that names the receivers is
 * there and cannot be followed, which no run may pass over for night after night.
 */
export abstract class WatchCommand extends AppCommand {
  protected async watched(flags: WatchFlags, audit: (watch: Watch) => Promise<WatchedRun>): Promise<WatchedRun> {
    const authorities = await this.authorities(flags.ca);
    const log = await this.#openLog(flags);
    try {
      if (flags["no-history"]) {
        if (flags.jitter !== undefined)
          throw new UserError("JITTER_WITHOUT_HISTORY", "--jitter takes its time from the history; there is none with --no-history.");
        return await this.#heard(flags, authorities, (telling) =>
          this.#telling(telling(undefined), () => audit({ authorities, log: log.write }), log),
        );
      }
      await this.#waitForOurTime(flags);
      return await this.#toldAndLocked(flags, authorities, audit, log);
    } finally {
      await this.#closeLog(log);
    }
  }

  /** The switch hears of a run that finds the lock taken, too. */
  async #toldAndLocked(flags: WatchFlags, authorities: readonly string[], audit: (watch: Watch) => Promise<WatchedRun>, log: RunLog) {
    return this.#heard(flags, authorities, (telling) =>
      this.withLockedHistory(flags.db, flags.wait, (history) =>
        this.#telling(
          telling(flags["as-of"] === undefined ? history : undefined),
          () => audit({ history, authorities, log: log.write }),
          log,
        ),
      ),
    );
  }

  /** The switch guards the scheduler: an audit by hand at noon must not hide a night without one. */
  async #heard(
    flags: WatchFlags,
    authorities: readonly string[],
    run: (telling: (history: HistoryStore | undefined) => TellingPorts) => Promise<WatchedRun>,
  ): Promise<WatchedRun> {
    const config = await this.machine().notifications();
    if (!config.ok) {
      const { file, details, next } = config.error;
      this.notice(
        `Nobody is told of this run, which therefore ends with ${EXIT.usage} where it would with 0: ${file}: ${details.join("; ")}. ${next}`,
      );
    }
    const courier = await this.courier(authorities);
    const unreadable = config.ok ? await unreadableSecrets(config.value, courier) : [];
    if (unreadable.length > 0)
      this.notice(`News cannot be told where these are needed, which cannot be read here: ${unreadable.join(", ")}.`);
    const isScheduled = flags.cron && flags["as-of"] === undefined;
    const heartbeat = startHeartbeat(config.ok && isScheduled ? config.value.heartbeat : undefined, courier);
    const { clock } = this.machine();
    const ports = { config: config.ok ? config.value : undefined, courier, clock, signal: this.interruptSignal() };
    try {
      const result = await run((history) => ({ ...ports, history }));
      await this.#finish(heartbeat, result.exit, countsOf(result.report));
      return result;
    } catch (error) {
      await this.#finish(heartbeat, describeFailure(error).exitCode, {});
      throw error;
    }
  }

  async #telling(ports: TellingPorts, audit: () => Promise<WatchedRun>, log: RunLog): Promise<WatchedRun> {
    const before = await tellNow(ports);
    checkpoint("leftovers-delivered");
    const audited = await audit();
    const after = await tellNow(ports);
    checkpoint("notified");
    const result = { ...audited, exit: this.#exitOf(audited, ports) };
    const { clock } = ports;
    const { run } = result.report;
    const entry = (event: RunEvent) => log.write({ run: run.id, at: clock.now(), ...event });
    const [sent, failed] = [before.sent + after.sent, before.failed + after.failed];
    if (sent > 0) entry({ event: "delivery", channel: "all", outcome: "sent", messages: sent });
    if (failed > 0) entry({ event: "delivery", channel: "all", outcome: "failed", messages: failed });
    const { status, coverage, connections, requests } = run;
    entry({ event: "run-finished", status, exit: result.exit, coverage, connections, requests });
    for (const text of new Set([...before.notices, ...after.notices])) this.notice(text);
    return result;
  }

  #exitOf({ exit }: WatchedRun, { config, history }: TellingPorts): ExitCode {
    // Without a history nothing would be told of it anyway.
    const own = exit === EXIT.passed && config === undefined && history !== undefined ? EXIT.usage : exit;
    return this.interruptedWith() ?? own;
  }

  async #finish(heartbeat: Heartbeat, exit: number, counts: Readonly<Record<string, number>>): Promise<void> {
    for (const text of await heartbeat.finish(exit, counts)) this.notice(text);
  }

  async #waitForOurTime({ db, jitter }: WatchFlags): Promise<void> {
    if (jitter === undefined) return;
    const seed = await this.withHistory(db, (history) => history.identity());
    await pause(stableDelayMs(seed, jitter), undefined, { signal: this.interruptSignal() }).catch(() => undefined);
  }

  async #openLog({ "log-format": format, "log-file": file }: WatchFlags): Promise<RunLog> {
    if (format === undefined && file === undefined) return NO_LOG;
    const levels = file === undefined && wantsLevels(process.env, process.pid);
    const opened = await openRunLog({
      format: format ?? "text",
      levels,
      files: this.machine().files,
      scrub: (text) => this.scrub(text),
      ...(file === undefined ? {} : { file }),
    });
    if (!opened.ok) throw fileTrouble(opened.error);
    return opened.value;
  }

  async #closeLog(log: RunLog): Promise<void> {
    const closed = await log.close();
    if (!closed.ok)
      this.notice(`${closed.error.lines} lines of the log are lost: ${closed.error.problem.path} ${closed.error.problem.detail}.`);
  }
}

const NO_LOG: RunLog = { write: () => undefined, close: async () => ({ ok: true, value: undefined }) };
