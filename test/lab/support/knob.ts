import { expect } from "vitest";
import type { AuditResult } from "../../../src/app/audit.ts";
import type { ApiConditions } from "../../../src/demo/conditions.ts";
import { DAY } from "../../../src/model/instant.ts";
import type { TurnableClock } from "./lab.ts";

/** One condition of the clean server, or of what is declared of it, and exactly what has to be said of it. */
export interface Knob {
  readonly turn: string;
  /** How the server is otherwise, before and after. */
  readonly always?: Partial<ApiConditions>;
  readonly server?: Partial<ApiConditions>;
  readonly declared?: Readonly<Record<string, unknown>>;
  readonly findings: readonly string[];
}

export interface Turning {
  readonly clock: TurnableClock;
  /** Until it is noticed; a day unless given. */
  readonly noticed?: number;
  /** Before it is turned, and after. */
  readonly clean: () => Promise<AuditResult>;
  readonly turned: () => Promise<AuditResult>;
  readonly turn: () => Promise<void>;
  readonly turnBack: () => Promise<void>;
  readonly findingsIn: (result: AuditResult) => readonly string[];
}

/** Three audits: as it stands, turned, and turned back. */
export async function expectTurning(
  { clock, noticed = DAY, clean, turned, turn, turnBack, findingsIn }: Turning,
  standing: readonly string[],
  findings: readonly string[],
): Promise<void> {
  expect(findingsIn(await clean())).toEqual(standing);
  await turn();
  clock.advance(noticed);
  expect(findingsIn(await turned())).toEqual(findings);
  await turnBack();
  clock.advance(noticed);
  expect(findingsIn(await clean())).toEqual(standing);
}

/** Rules that something is said by. */
export function rulesOf(knobs: readonly Pick<Knob, "findings">[]): ReadonlySet<string | undefined> {
  return new Set(knobs.flatMap(({ findings }) => findings.map((finding) => finding.split(" ")[0])));
}
