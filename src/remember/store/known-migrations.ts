import type { Migration } from "./migrate.ts";
import { initial } from "./migrations/0001-initial.ts";
import { milestones } from "./migrations/0006-milestones.ts";

/** Every migration in order. Forward only: a published one is never edited, a new one is appended. */
export const KNOWN_MIGRATIONS: readonly Migration[] = [initial, milestones];
