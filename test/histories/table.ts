import { QUESTIONS, QUIET_REASONS, type QuietReason, type What } from "./oracle.ts";
import { type Played, whatOf } from "./score.ts";

type Counted = Pick<Played, "alarms" | "hits" | "misses" | "falseAlarms" | "quiet"> & { readonly seed: number };

/** Precision and recall of many histories, by what happened, with every miss and every false alarm. Markdown. */
export function tableOf(played: readonly Counted[]): { readonly text: string; readonly wrong: number } {
  const all = rowOf("**all**", played, () => true);
  const kinds = ["new", "worse", "reopened"].map((kind) => rowOf(`\`${kind}\``, played, (one) => one.kind === kind));
  const whats = QUESTIONS.map(({ what }) => rowOf(NAMES[what], played, (one) => whatOf(one) === what));
  const strangers = played.flatMap(({ falseAlarms }) => falseAlarms).filter((alarm) => whatOf(alarm) === undefined);
  const lines = [
    "A hit has the rule, the subject, the kind and the night of what the script says had to be told.",
    "",
    "| what happened | had to be told | told of it | missed | false alarms | precision | recall |",
    "|---|---:|---:|---:|---:|---:|---:|",
    ...[...whats, ...kinds, all],
    ...(strangers.length === 0 ? [] : ["", `False alarms of questions that no script is about: ${strangers.length}.`]),
    "",
    "Where something became bad, or was seen to be bad, and no alarm is right:",
    "",
    "| why | times | alarms all the same |",
    "|---|---:|---:|",
    ...(Object.keys(QUIET_REASONS) as QuietReason[]).map((why) => quietRow(why, played)),
    ...listOf("Misses", played, ({ misses }) => misses),
    ...listOf("False alarms", played, ({ falseAlarms }) => falseAlarms),
  ];
  const wrong = played.reduce((sum, { misses, falseAlarms }) => sum + misses.length + falseAlarms.length, 0);
  return { text: lines.join("\n"), wrong };
}

interface Told {
  readonly rule: string;
  readonly subject: string;
  readonly kind: string;
}

function rowOf(name: string, played: readonly Counted[], isOf: (one: Told) => boolean): string {
  const count = (list: (one: Counted) => readonly Told[]) => played.flatMap(list).filter(isOf).length;
  const [hits, missed, wrong] = [count(({ hits }) => hits), count(({ misses }) => misses), count(({ falseAlarms }) => falseAlarms)];
  return `| ${[name, hits + missed, hits, missed, wrong, share(hits, hits + wrong), share(hits, hits + missed)].join(" | ")} |`;
}

function quietRow(why: QuietReason, played: readonly Counted[]): string {
  const cases = played.flatMap(({ quiet, alarms }) =>
    quiet
      .filter((one) => one.why === why)
      .map((one) => alarms.some(({ night, rule, subject }) => night === one.night && rule === one.rule && subject === one.subject)),
  );
  return `| ${QUIET_REASONS[why]} | ${cases.length} | ${cases.filter(Boolean).length} |`;
}

function listOf(
  title: string,
  played: readonly Counted[],
  of: (one: Counted) => readonly (Told & { readonly night: number })[],
): readonly string[] {
  const rows = played.flatMap((one) =>
    of(one).map(({ night, kind, rule, subject }) => `- history ${one.seed}, night ${night}: ${kind} ${rule} \`${subject}\``),
  );
  return rows.length === 0 ? ["", `${title}: none.`] : ["", `${title}:`, "", ...rows];
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : (part / whole).toFixed(4);
}

const NAMES: Readonly<Record<What, string>> = {
  "bad-certificate": "certificate replaced by a bad one",
  expiring: "certificate not renewed",
  expired: "certificate expired by neglect",
  "tls1.0": "TLS 1.0 switched on",
  banner: "a version in the banner",
  iban: "new field: iban",
  email: "new field: email",
  api_key: "new field: api key",
  "open-endpoint": "endpoint answers without credential",
  sunset: "an end announced, and nearer",
  "plaintext-twin": "answers over http",
};
