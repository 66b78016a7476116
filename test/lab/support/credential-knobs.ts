import { execFileSync } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { DAY, isoDay } from "../../../src/model/instant.ts";

/** What we log in with, where it lies, and what is declared of it; one thing of it turned. */
export interface CredentialKnob {
  readonly turn: string;
  /** In the place of the standing one. */
  readonly secret?: string;
  readonly auth?: Readonly<Record<string, unknown>>;
  readonly environment?: string;
  /** Of the other integration of the inventory. */
  readonly other?: { readonly secret?: string; readonly environment?: string };
  /** Done to the file that holds the secret. */
  readonly file?: (path: string, folder: string) => Promise<void>;
  readonly findings: readonly string[];
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HEX = "9f8e2a7b4c61d035e7a94b0c2d8f6153";
export const STANDING_SECRET = drawn("knob_", 40);
export const OTHER_SECRET = drawn("knob_", 39);

export const CREDENTIAL_KNOBS: readonly CredentialKnob[] = [
  { turn: "the credential is a hundred days old", auth: { issuedAt: daysAgo(100) }, findings: ["credential/stale credential"] },
  { turn: "nobody said when it was made", auth: { issuedAt: undefined }, findings: ["credential/unknown-age credential"] },
  { turn: "it ends in five days", auth: { expiresAt: daysAgo(-5) }, findings: ["credential/expiring credential"] },
  {
    turn: "it is a test key in production",
    secret: drawn("sk_test_", 40),
    findings: ["credential/unknown-age credential", "credential/wrong-environment credential"],
  },
  {
    turn: "it is a person's",
    secret: `github_pat_${drawn("", 22)}_${drawn("", 59)}`,
    findings: ["credential/personal-token credential", "credential/unknown-age credential"],
  },
  {
    turn: "it is of an old class",
    secret: `key-${HEX}`,
    findings: ["credential/legacy-class credential", "credential/unknown-age credential"],
  },
  {
    turn: "it repeats itself",
    secret: "abcd".repeat(10),
    findings: ["auth/token-opaque-low-entropy token", "credential/unknown-age credential"],
  },
  {
    turn: "another provider has the same one",
    other: { secret: STANDING_SECRET },
    findings: ["credential/shared-integrations credential"],
  },
  {
    turn: "a test system of another provider has the same one",
    other: { secret: STANDING_SECRET, environment: "staging" },
    findings: ["credential/shared-environments credential", "credential/shared-integrations credential"],
  },
  {
    turn: "everybody may read its file",
    file: (path) => chmod(path, 0o644),
    findings: ["credential/file-permissions credential"],
  },
  {
    turn: "git tracks its file",
    file: async (path, folder) => {
      execFileSync("git", ["init", "--quiet", folder]);
      execFileSync("git", ["-C", folder, "add", "--force", path]);
    },
    findings: ["credential/tracked-by-git credential"],
  },
  {
    turn: "it is another one, and the inventory has the day of the one before",
    secret: drawn("knob_", 38),
    findings: ["credential/unknown-age credential"],
  },
];

export const MISTAKEN_KNOB = { secret: drawn("sk_live_", 40), findings: ["credential/provider-mismatch credential"] } as const;

export async function writeSecret(path: string, secret: string): Promise<void> {
  await writeFile(path, secret, { mode: 0o600 });
  await chmod(path, 0o600);
}

/** The same in every run, and without a pattern that a table knows. */
function drawn(prefix: string, length: number): string {
  const letters = Array.from({ length }, (_, at) => ALPHABET[(at * at * 7 + at * 13 + length) % ALPHABET.length]);
  return prefix + letters.join("");
}

function daysAgo(days: number): string {
  return isoDay(Date.now() - days * DAY);
}
