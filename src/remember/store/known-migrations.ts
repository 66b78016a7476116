import type { Migration } from "./migrate.ts";
import { initial } from "./migrations/0001-initial.ts";
import { retention } from "./migrations/0004-retention.ts";

/** Every migration in order. Forward only: a published one is never edited, a new one is appended. */
export const KNOWN_MIGRATIONS: readonly Migration[] = [initial, retention];
