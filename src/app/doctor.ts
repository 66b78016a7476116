import { ageingFacts } from "../catalog/ageing.ts";
import { StoreFailure, type StoreHealth } from "../model/history-store.ts";
import { DAY, type Instant } from "../model/instant.ts";
import { readInventory } from "./audit-request.ts";
import type { Machine } from "./compose.ts";
import { unreadableSecrets } from "./send-message.ts";

export interface DoctorCheck {
  readonly check: string;
  readonly state: "ok" | "note" | "problem";
  readonly detail: string;
  /** What to do about it. */
  readonly next?: string;
  /** The history is there, and cannot be read or is damaged. */
  readonly storage?: true;
}

export interface DoctorOptions {
  readonly inventoryFile?: string;
  readonly databaseFile?: string;
  readonly node: string;
}

/** Looks at this machine, and at nothing else: no packet is sent. */
export async function examine(machine: Machine, options: DoctorOptions): Promise<readonly DoctorCheck[]> {
  return [
    nodeVersion(options.node),
    await inventory(machine, options.inventoryFile),
    await trust(machine),
    await fingerprints(machine),
    await notifications(machine),
    ...(await history(machine, options.databaseFile)),
    ...factsChecks(machine.clock.now()),
    network(machine),
  ];
}

function nodeVersion(version: string): DoctorCheck {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const supported = major > 20 || (major === 20 && minor >= 19);
  return {
    check: "node",
    state: supported ? "ok" : "problem",
    detail: `Node ${version}`,
    ...(supported ? {} : { next: "use Node 20.19 or newer" }),
  };
}

async function inventory(machine: Machine, named: string | undefined): Promise<DoctorCheck> {
  const found = await readInventory({ from: machine.cwd, ...(named === undefined ? {} : { inventoryFile: named }) }, machine.files);
  if (found.ok) return { check: "inventory", state: "ok", detail: `${found.value.file}, integrations: ${found.value.integrations.length}` };
  if (found.error.kind === "no-inventory") {
    return { check: "inventory", state: "note", detail: "no apirisk.yaml here or above", next: "apirisk init" };
  }
  return { check: "inventory", state: "problem", detail: "it cannot be read or is invalid", next: "apirisk inventory validate" };
}

async function trust(machine: Machine): Promise<DoctorCheck> {
  const read = await machine.trust();
  if (!read.ok) return { check: "credential bindings", state: "problem", detail: read.error.detail, next: read.error.next };
  const { bindings, exec } = read.value;
  return {
    check: "credential bindings",
    state: "ok",
    detail: `${machine.trustFile ?? "no folder for them"}: ${bindings.length} pairs${exec ? ", exec: enabled" : ""}`,
  };
}

async function fingerprints({ fingerprints: { file, state } }: Machine): Promise<DoctorCheck> {
  const check = "fingerprint key";
  const found = await state();
  if (found === "there") return { check, state: "ok", detail: `${file}, for its owner alone` };
  if (found === "none") return { check, state: "ok", detail: `none yet; the first audit with a credential makes ${file}` };
  return {
    check,
    state: "problem",
    detail: `${file ?? "there is no folder for it"}: it cannot be used, so that nobody knows how old credentials are, nor who shares them`,
    next:
      file === undefined
        ? "set HOME or XDG_CONFIG_HOME, or name a file in APIRISK_FINGERPRINT_KEY"
        : `chmod 600 ${file}; where it is damaged, remove it`,
  };
}

async function notifications(machine: Machine): Promise<DoctorCheck> {
  const read = await machine.notifications();
  if (!read.ok) return { check: "notifications", state: "problem", detail: read.error.details.join("; "), next: read.error.next };
  const { channels, heartbeat } = read.value;
  const told = `channels: ${channels.length}, heartbeat: ${heartbeat === undefined ? "none" : "yes"}`;
  const missing = await unreadableSecrets(read.value, await machine.courier([]));
  if (missing.length > 0) {
    const detail = `${told}; cannot be read here: ${missing.join(", ")}`;
    return { check: "notifications", state: "note", detail, next: "set them where the audit runs, then: apirisk notify test" };
  }
  if (channels.length > 0) return { check: "notifications", state: "ok", detail: told, next: "try them: apirisk notify test" };
  return { check: "notifications", state: "note", detail: told, next: "nobody is told of anything: see docs/notifications.md" };
}

async function history(machine: Machine, named: string | undefined): Promise<readonly DoctorCheck[]> {
  try {
    if (!(await machine.hasHistory(named))) return [{ check: "history", state: "note", detail: "none yet", next: "apirisk audit" }];
    const store = await machine.openHistory(named, { readOnly: true });
    try {
      return historyChecks(await store.health());
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreFailure) {
      const { kind, message, next } = error;
      return [{ check: "history", state: "problem", detail: message, next, ...(kind === "no-place" ? {} : { storage: true }) }];
    }
    throw error;
  }
}

/** Size, wholeness, and whether evidence is stored once: a probe that keeps something volatile fills the disk and hides changes. */
export function historyChecks(health: StoreHealth): readonly DoctorCheck[] {
  const { path, schemaVersion, sqliteVersion, integrity, bytes, freeBytes, evidence, restless } = health;
  const size = `${megabytes(bytes)} MB, ${megabytes(freeBytes)} of them free`;
  const isWhole = integrity === "ok";
  const file: DoctorCheck = {
    check: "history",
    state: isWhole ? "ok" : "problem",
    detail: `${path}: schema ${schemaVersion}, SQLite ${sqliteVersion}, ${size}, integrity ${integrity}`,
    ...(isWhole ? {} : { next: "apirisk run verify, then restore a backup", storage: true }),
  };
  if (evidence.length === 0) return [file];
  const rates = evidence.map(({ kind, observed, stored }) => `${kind} ${percent(1 - stored / observed)}`).join(", ");
  const storedOnce: DoctorCheck = { check: "evidence stored once", state: "ok", detail: rates };
  return [file, storedOnce, ...restless.map(restlessCheck)];
}

function restlessCheck({ probe, share }: StoreHealth["restless"][number]): DoctorCheck {
  return {
    check: "evidence stored once",
    state: "note",
    detail: `what ${probe} keeps changes in ${percent(share)} of its observations`,
    next: "report it: something volatile is kept as evidence",
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** What apirisk knows of the world comes with it, and is as old as it. */
export function factsChecks(now: Instant): readonly DoctorCheck[] {
  const check = "dated facts";
  const facts = ageingFacts();
  const old = facts.filter(({ retrieved }) => now - Date.parse(retrieved) > OLD_AFTER_DAYS * DAY);
  if (old.length === 0) {
    const [oldest = ""] = facts.map(({ name, retrieved }) => `${retrieved} (data/${name}.json)`).sort();
    return [{ check, state: "ok", detail: `files: ${facts.length}, the oldest of ${oldest}` }];
  }
  return old.map(({ name, about, effect, retrieved }) => ({
    check,
    state: "note",
    detail: `${about} (data/${name}.json): of ${retrieved}, ${Math.floor((now - Date.parse(retrieved)) / DAY)} days old; ${effect}`,
    next: "update apirisk: a newer release brings newer facts",
  }));
}

function network({ vantage, proxies }: Machine): DoctorCheck {
  const direct = vantage === "local";
  return {
    check: "network",
    state: direct ? "ok" : "note",
    detail: direct ? "direct, no proxy set" : `${vantage}${proxies.no === undefined ? "" : ", with exceptions in NO_PROXY"}`,
  };
}

const OLD_AFTER_DAYS = 120;
