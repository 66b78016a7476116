import { stat, statfs } from "node:fs/promises";
import type { KeyMode } from "../model/client-certificate.ts";

/** Who may read the file of a key, by its own mode: folders above it may keep others out, and a copy or a backup has its mode and not theirs. */
export async function keyModeOf(path: string): Promise<KeyMode> {
  if (process.getuid === undefined) return "unknown";
  try {
    const [{ mode }, { type }] = await Promise.all([stat(path), statfs(path)]);
    return keyMode(mode, type);
  } catch {
    return "unknown";
  }
}

/** `filesystem`: f_type of statfs(2). */
export function keyMode(mode: number, filesystem: number): KeyMode {
  if (WITHOUT_MODES.has(filesystem)) return "unknown";
  if ((mode & OTHERS_READ) !== 0) return "others";
  return (mode & GROUP_READS) !== 0 ? "group" : "private";
}

const GROUP_READS = 0o040;
const OTHERS_READ = 0o004;
/** Their modes are made up by whoever mounts them: linux/magic.h and statfs(2) of FAT, exFAT, NTFS, SMB, 9P and FUSE. */
const WITHOUT_MODES: ReadonlySet<number> = new Set([
  0x4d44, 0x2011bab0, 0x5346544e, 0x7366746e, 0x517b, 0xfe534d42, 0xff534d42, 0x01021997, 0x65735546,
]);
