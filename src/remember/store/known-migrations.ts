import type { Migration } from "./migrate.ts";
import { initial } from "./migrations/0001-initial.ts";
import { memory } from "./migrations/0002-memory.ts";
import { outbox } from "./migrations/0003-outbox.ts";
import { retention } from "./migrations/0004-retention.ts";
import { identity } from "./migrations/0005-identity.ts";
import { milestones } from "./migrations/0006-milestones.ts";
import { waysBack } from "./migrations/0007-ways-back.ts";
import { scope } from "./migrations/0008-scope.ts";
import { told } from "./migrations/0009-told.ts";

/** Every migration in order. Forward only: a published one is never edited, a new one is appended. */
export const KNOWN_MIGRATIONS: readonly Migration[] = [initial, memory, outbox, retention, identity, milestones, waysBack, scope, told];
