import { type Change, isRegression } from "../../src/model/finding.ts";
import { Memory } from "../app/remembering.ts";
import { type Expected, oracleOf, QUESTIONS, type Quiet, type What } from "./oracle.ts";
import { type Script, scriptOf } from "./script.ts";
import { nightsOf } from "./world.ts";

/** What was reported of a history: every `new`, `worse` and `reopened` whose cause is the provider or the clock. */
export interface Alarm {
  readonly night: number;
  readonly rule: string;
  readonly subject: string;
  readonly kind: string;
  readonly cause: string;
}

export interface Played {
  readonly script: Script;
  readonly alarms: readonly Alarm[];
  /** Every change, night by night. */
  readonly changes: readonly { readonly night: number; readonly change: Change }[];
  readonly hits: readonly Expected[];
  readonly misses: readonly Expected[];
  readonly falseAlarms: readonly Alarm[];
  readonly quiet: readonly Quiet[];
}

/** Plays one history against the real judgement and counts: a hit has the rule, the subject, the kind and the night of what is expected. */
export function play(seed: number, nights: number): Played {
  const script = scriptOf(seed, nights);
  const memory = new Memory();
  const changes = nightsOf(script).flatMap((audit, night) =>
    audit === undefined ? [] : memory.audit(audit).changes.map((change) => ({ night, change })),
  );
  const alarms = changes
    .filter(({ change }) => isRegression(change))
    .map(({ night, change: { rule, subject, kind, cause } }) => ({ night, rule, subject, kind, cause }));
  const { expected, quiet } = oracleOf(script);
  const isTold = (one: Expected) => alarms.some((alarm) => keyOf(alarm) === keyOf(one));
  return {
    script,
    alarms,
    changes,
    hits: expected.filter(isTold),
    misses: expected.filter((one) => !isTold(one)),
    falseAlarms: alarms.filter(
      (alarm) => !expected.some((one) => keyOf(one) === keyOf(alarm)) && !quiet.some((one) => isEitherWay(one, alarm)),
    ),
    quiet,
  };
}

export function whatOf({ rule, subject }: Pick<Alarm, "rule" | "subject">): What | undefined {
  return QUESTIONS.find((question) => question.rule === rule && question.subject === subject)?.what;
}

function isEitherWay({ why, night, rule, subject }: Quiet, alarm: Alarm): boolean {
  return why === "while-its-rule-was-off" && night === alarm.night && rule === alarm.rule && subject === alarm.subject;
}

function keyOf({ night, rule, subject, kind }: Pick<Alarm, "night" | "rule" | "subject" | "kind">): string {
  return [night, rule, subject, kind].join(" ");
}
