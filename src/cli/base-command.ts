import { Command } from "@oclif/core";
import { paragraph } from "../tell/report/prose.ts";
import type { ExitCode } from "./exit-code.ts";
import { describeFailure, renderFailure, requestedExit } from "./failure.ts";
import { sharedFlags } from "./flags.ts";
import { type Interrupt, interruptible } from "./interrupt.ts";
import { aside, present, presentJson } from "./present.ts";
import { type Progress, progressFor } from "./progress.ts";
import { processTerminal, type Terminal, wantsDebug, wantsJson } from "./terminal.ts";

/**
 * What every command stands on. `run()` returns the document of `--json` and presents the text of the other mode.
 * oclif's own ways with exit codes and errors differ between the two modes, so both are settled here.
 */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = sharedFlags;

  protected readonly terminal: Terminal = processTerminal(this.argv);
  /** Takes secrets out of text; set it as soon as there is a credential port. */
  protected scrub: (text: string) => string = (text) => text;
  readonly #notices: string[] = [];
  #interrupt: Interrupt | undefined;

  override jsonEnabled(): boolean {
    return wantsJson(this.argv, process.env);
  }

  /** The answer for people. Nothing under --json, where the result of `run` is the answer. */
  protected present(text: string): void {
    if (!this.jsonEnabled()) present(text);
  }

  /** Something the user should know: always on stderr, and in the document's `notices` where it has them. */
  protected notice(text: string): void {
    if (this.#notices.includes(text)) return;
    this.#notices.push(text);
    aside(paragraph(this.scrub(text), this.terminal.stderr.style, { lead: "Notice: " }));
  }

  /** How the process will exit: unlike `exit()`, it does not end anything. */
  protected conclude(code: ExitCode): void {
    process.exitCode = code;
  }

  protected progress(options: { readonly quiet: boolean }): Progress {
    return progressFor(this.terminal, (text) => process.stderr.write(text), options.quiet);
  }

  /** Aborted by the first SIGINT, SIGTERM or SIGHUP; from then on the exit code is 130 or 143, and a second signal ends the process. */
  protected interruptSignal(): AbortSignal {
    this.#interrupt ??= interruptible(
      process,
      (text) => aside(text),
      (code) => process.exit(code),
    );
    return this.#interrupt.signal;
  }

  /** Of the signal that came; undefined when none did. */
  protected interruptedWith(): ExitCode | undefined {
    return this.#interrupt?.exitCode();
  }

  override warn(input: Error | string): Error | string {
    this.notice(input instanceof Error ? input.message : input);
    return input;
  }

  /** Never rethrows: oclif would print the error again, and exit with a code of its own. */
  protected override async catch(error: Error): Promise<void> {
    const requested = requestedExit(error);
    if (requested !== undefined) {
      process.exitCode = requested;
      return;
    }
    const report = describeFailure(error, {
      knownFlags: Object.keys({ ...this.ctor.baseFlags, ...this.ctor.flags }),
      ...(this.id === undefined ? {} : { command: this.id.replaceAll(":", " ") }),
      scrub: this.scrub,
      debug: wantsDebug(process.env),
    });
    process.exitCode = report.exitCode;
    if (this.jsonEnabled()) this.logJson({ error: report });
    else aside(renderFailure(report, this.terminal.stderr.style));
  }

  protected override async finally(_error: Error | undefined): Promise<void> {
    this.#interrupt?.release();
    const interrupted = this.interruptedWith();
    if (interrupted !== undefined) process.exitCode = interrupted;
  }

  protected override toSuccessJson(result: unknown): unknown {
    if (!hasNotices(result)) return result;
    return { ...result, notices: [...new Set([...result.notices, ...this.#notices])] };
  }

  protected override logJson(document: unknown): void {
    presentJson(document);
  }
}

function hasNotices(result: unknown): result is { readonly notices: readonly unknown[] } {
  return typeof result === "object" && result !== null && "notices" in result && Array.isArray(result.notices);
}
