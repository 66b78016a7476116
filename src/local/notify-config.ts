import type { FilePort } from "../model/file-port.ts";
import { err, ok, type Result } from "../model/result.ts";
import { writableByOthers } from "./bindings.ts";
import type { Channel, HeartbeatConfig } from "./notify-schema.ts";

export type { Channel, HeartbeatConfig } from "./notify-schema.ts";

/** Where messages go. The user's own file, never the project's: a pull request must not be able to send our findings somewhere. */
export interface NotifyConfig {
  readonly channels: readonly Channel[];
  readonly heartbeat?: HeartbeatConfig;
}

export interface NotifyProblem {
  readonly file: string;
  /** One sentence per thing that is wrong; no value of the file is repeated. */
  readonly details: readonly string[];
  readonly next: string;
}

export const NO_NOTIFICATIONS: NotifyConfig = { channels: [] };

/** `named`: the file was asked for by name, so that it has to be there. */
export async function readNotifyConfig(files: FilePort, file: string, named: boolean): Promise<Result<NotifyConfig, NotifyProblem>> {
  const writable = await writableByOthers(file);
  if (writable !== undefined) {
    const next = `chmod ${writable === file ? "600" : "go-w"} ${writable}`;
    return err({ file, details: [`${writable} may be written by other users, so what it says is not followed`], next });
  }
  const text = await files.readText(file, MAX_BYTES);
  if (!text.ok) {
    if (text.error.kind === "not-found" && !named) return ok(NO_NOTIFICATIONS);
    return err({ file, details: [`${file} ${text.error.detail}`], next: `Make ${file} a readable file.` });
  }
  const { detailsOf, notifyFile } = await import("./notify-schema.ts");
  const parsed = notifyFile.safeParse(parseJson(text.value));
  if (parsed.success) return ok(parsed.data);
  return err({ file, details: detailsOf(parsed.error.issues), next: "See docs/notifications.md, then try it with: apirisk notify test" });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const MAX_BYTES = 256 * 1024;
