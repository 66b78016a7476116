import { StoreFailure } from "../model/history-store.ts";
import { readInventory } from "./audit-request.ts";
import type { Machine } from "./compose.ts";

export interface DoctorCheck {
  readonly check: string;
  readonly state: "ok" | "note" | "problem";
  readonly detail: string;
  /** What to do about it. */
  readonly next?: string;
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
    await history(machine, options.databaseFile),
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
  if (found.ok) return { check: "inventory", state: "ok", detail: `${found.value.file}: ${found.value.integrations.length} integrations` };
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

async function history(machine: Machine, named: string | undefined): Promise<DoctorCheck> {
  try {
    if (!(await machine.hasHistory(named))) return { check: "history", state: "note", detail: "none yet", next: "apirisk audit" };
    const store = await machine.openHistory(named);
    try {
      const health = await store.health();
      const megabytes = (health.bytes / 1e6).toFixed(1);
      const detail = `${health.path}: schema ${health.schemaVersion}, SQLite ${health.sqliteVersion}, ${megabytes} MB, integrity ${health.integrity}`;
      return { check: "history", state: health.integrity === "ok" ? "ok" : "problem", detail };
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreFailure) return { check: "history", state: "problem", detail: error.message, next: error.next };
    throw error;
  }
}

function network({ vantage, proxies }: Machine): DoctorCheck {
  const direct = vantage === "local";
  return {
    check: "network",
    state: direct ? "ok" : "note",
    detail: direct ? "direct, no proxy set" : `${vantage}${proxies.no === undefined ? "" : ", with exceptions in NO_PROXY"}`,
  };
}
