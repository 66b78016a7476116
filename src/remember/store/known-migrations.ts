import type { Migration } from "./migrate.ts";
import { initial } from "./migrations/0001-initial.ts";
import { identity } from "./migrations/0005-identity.ts";

/** Every migration in order. Forward only: a published one is never edited, a new one is appended. */
export const KNOWN_MIGRATIONS: readonly Migration[] = [initial, identity];
