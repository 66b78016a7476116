import { definedClasses, INVENTORY_NAME, type RequestProblem, readInventory } from "../app/audit-request.ts";
import { authoritiesIn, pemOf } from "../app/certificates.ts";
import { checkpoint } from "../app/checkpoint.ts";
import { type Machine, type NotifyConfig, openMachine, type TrustFile, type TrustProblem } from "../app/compose.ts";
import type { NotifyPorts } from "../app/send-message.ts";
import type { CredentialPort } from "../model/credential-port.ts";
import type { CustomClass } from "../model/custom-class.ts";
import { type HistoryStore, StoreFailure } from "../model/history-store.ts";
import { SECOND } from "../model/instant.ts";
import type { Inventory } from "../model/integration.ts";
import { renderJson } from "../tell/report/json.ts";
import type { Style } from "../tell/report/style.ts";
import { BaseCommand } from "./base-command.ts";
import { fileTrouble, heldLock, invalidClasses, invalidInventory, noHistory, storeTrouble, UserError } from "./errors.ts";
import { EXIT } from "./exit-code.ts";
import { envTwin } from "./flags.ts";
import { processPlace } from "./place.ts";
import { scrubUncaught } from "./run.ts";

/** A command that works on this machine: its files, its history, its network. */
export abstract class AppCommand extends BaseCommand {
  #machine: Machine | undefined;

  /** The user's own defaults of flags stand below the environment and above the built-in ones. */
  protected override async init(): Promise<void> {
    await super.init();
    const preferences = await this.machine().preferences();
    if (!preferences.ok) throw new UserError("USER_CONFIG", preferences.error);
    for (const [flag, value] of Object.entries(preferences.value)) process.env[envTwin(flag)] ??= String(value);
  }

  protected machine(): Machine {
    this.#machine ??= openMachine({
      ...processPlace(),
      version: this.config.version,
      runtime: { node: process.versions.node, openssl: process.versions.openssl },
    });
    return this.#machine;
  }

  /** The inventory that a flag named, or the place from which one is looked for. */
  protected async inventory(file: string | undefined): Promise<Inventory> {
    const place = { from: this.machine().cwd, ...(file === undefined ? {} : { inventoryFile: file }) };
    const inventory = await readInventory(place, this.machine().files);
    if (!inventory.ok) throw requestTrouble(inventory.error);
    return inventory.value;
  }

  /** The same, undefined where none was named and none is found. */
  protected async inventoryIfAny(file: string | undefined): Promise<Inventory | undefined> {
    const { cwd, files } = this.machine();
    if (file === undefined && (await files.findUpward(INVENTORY_NAME, cwd)) === undefined) return undefined;
    return this.inventory(file);
  }

  /** Classes of data that an inventory or a file of classes defines. */
  protected async customClasses(file: string): Promise<readonly CustomClass[]> {
    const { cwd, files } = this.machine();
    const classes = await definedClasses(file, cwd, files);
    if (!classes.ok) throw requestTrouble(classes.error);
    return classes.value;
  }

  protected async trust(): Promise<TrustFile> {
    const trust = await this.machine().trust();
    if (!trust.ok) throw trustTrouble(trust.error);
    return trust.value;
  }

  /** Secrets for the origins that they are bound to; from here on they are taken out of whatever is printed. */
  protected async credentials(folder: string): Promise<CredentialPort> {
    const credentials = this.machine().credentials(await this.trust(), folder);
    this.scrub = (text) => credentials.scrub(text);
    scrubUncaught(this.scrub);
    return credentials;
  }

  /** Where messages go. */
  protected async notifications(): Promise<NotifyConfig> {
    const read = await this.machine().notifications();
    if (read.ok) return read.value;
    const { file, details, next } = read.error;
    throw new UserError("NOTIFY_FILE", [`${file} is invalid.`, ...details].join("\n"), { suggestions: [next] });
  }

  /** What sending messages takes; the secrets of the channels are taken out of whatever is printed. */
  protected async courier(authorities: readonly string[]): Promise<NotifyPorts> {
    const machine = this.machine();
    this.scrub = (text) => machine.scrub(text);
    scrubUncaught(this.scrub);
    return machine.courier(authorities);
  }

  /** Certificates in PEM of the file that --ca names. */
  protected async authorities(file: string | undefined): Promise<readonly string[]> {
    return (await this.anchors(file)).map(pemOf);
  }

  /** The same in DER. */
  protected async anchors(file: string | undefined): Promise<readonly Uint8Array[]> {
    if (file === undefined) return [];
    const bytes = await this.machine().files.readBytes(file, MAX_CA_BYTES);
    if (!bytes.ok) throw fileTrouble(bytes.error);
    const anchors = authoritiesIn(bytes.value);
    if (!anchors.ok) throw new UserError("CA_FILE", `${file}: ${anchors.error}`);
    return anchors.value;
  }

  /** Opens the history, and closes it whatever happens to `work`. */
  protected async withHistory<T>(file: string | undefined, work: (history: HistoryStore) => Promise<T>, readOnly = false): Promise<T> {
    try {
      const history = await this.machine().openHistory(file, { readOnly });
      checkpoint("history-opened");
      try {
        return await work(history);
      } finally {
        await history.close();
      }
    } catch (error) {
      throw error instanceof StoreFailure ? storeTrouble(error) : error;
    }
  }

  /** The history for a run of our own: one at a time. With `wait`, until the other one ends. */
  protected async withLockedHistory<T>(file: string | undefined, wait: boolean, work: (history: HistoryStore) => Promise<T>): Promise<T> {
    return this.withHistory(file, async (history) => {
      const lock = await history.acquireLock(wait ? LONGEST_WAIT_MS : 0, this.interruptSignal());
      if (!lock.ok) throw heldLock(lock.error);
      checkpoint("lock-taken");
      try {
        return await work(history);
      } finally {
        await lock.value.release();
      }
    });
  }

  /** The history, if there is one: a question about it must not make one. */
  protected async withExistingHistory<T>(file: string | undefined, work: (history: HistoryStore | undefined) => Promise<T>): Promise<T> {
    return (await this.machine().hasHistory(file)) ? this.withHistory(file, work) : work(undefined);
  }

  /** The same for a question about what is remembered: where there is no history yet nothing is, but one that was named has to be there. */
  protected async withMemory<T>(
    file: string | undefined,
    work: (history: HistoryStore | undefined) => Promise<T>,
    readOnly = false,
  ): Promise<T> {
    if (await this.machine().hasHistory(file)) return this.withHistory(file, work, readOnly);
    if (file !== undefined) throw noHistory(file);
    return work(undefined);
  }

  /** The same for a question that writes nothing: what a newer apirisk wrote can be read too, where it allows that. */
  protected async withMemoryToRead<T>(file: string | undefined, work: (history: HistoryStore | undefined) => Promise<T>): Promise<T> {
    return this.withMemory(file, work, true);
  }

  /**
   * The answer, where it was asked for: on stdout, or whole in a file. Returns what `run` has to return:
   * the document for stdout, or nothing when it went into the file.
   */
  protected async deliver<T>(document: T, text: (style: Style) => string, output: string | undefined): Promise<T | undefined> {
    const { style } = this.terminal.stdout;
    if (output === undefined) {
      if (!this.jsonEnabled()) this.present(text(style));
      return document;
    }
    const content = this.jsonEnabled() ? renderJson(document) : text({ ...style, colour: false });
    const written = await this.machine().files.writeWhole(output, content);
    if (!written.ok) throw fileTrouble(written.error);
    return undefined;
  }
}

const LONGEST_WAIT_MS = 3600 * SECOND;
const MAX_CA_BYTES = 4 * 1024 * 1024;

/** What is wrong with a command line or an inventory, with what to do about it. */
export function requestTrouble(problem: RequestProblem): UserError {
  switch (problem.kind) {
    case "invalid-inventory":
      return invalidInventory(problem.problems);
    case "invalid-classes":
      return invalidClasses(problem.problems);
    case "file":
      return fileTrouble(problem.problem);
    case "no-inventory":
      return new UserError("NO_INVENTORY", "There is no apirisk.yaml here or in a folder above.", {
        exitCode: EXIT.usage,
        suggestions: ["write one with: apirisk init", "audit one API without an inventory: apirisk audit api.example.com"],
      });
    case "nothing-selected":
    case "bad-target":
      return new UserError(problem.kind === "bad-target" ? "BAD_TARGET" : "NOTHING_SELECTED", problem.message);
  }
}

export function trustTrouble({ file, detail, next }: TrustProblem): UserError {
  return new UserError("TRUST_FILE", `${file}: ${detail}.`, { suggestions: [next] });
}
