import { oracleOf } from "./oracle.ts";
import type { Played } from "./score.ts";
import { type Certificate, type Condition, type Script, timeOf } from "./script.ts";

/** One history for a reader: what happened, what had to be told, what was told; by night. */
export function storyOf({ script, changes, misses, falseAlarms }: Played): string {
  const { expected, quiet } = oracleOf(script);
  const lines = [
    ...happenings(script),
    ...expected.map(({ night, kind, rule, subject }) => ({ night, text: `  must tell: ${kind} ${rule} ${subject}` })),
    ...quiet.map(({ night, why, rule, subject }) => ({ night, text: `  no alarm:  ${rule} ${subject} (${why})` })),
    ...changes.map(({ night, change }) => ({
      night,
      text: `  told:      ${change.kind} ${change.rule} ${change.subject} (${change.cause})`,
    })),
    ...misses.map(({ night, kind, rule, subject }) => ({ night, text: `  MISSED:    ${kind} ${rule} ${subject}` })),
    ...falseAlarms.map(({ night, kind, rule, subject }) => ({ night, text: `  FALSE:     ${kind} ${rule} ${subject}` })),
  ];
  const told = lines
    .sort((a, b) => a.night - b.night)
    .map(({ night, text }) => `night ${String(night).padStart(3)}, ${dayOf(night)}  ${text}`);
  return [`History ${script.seed}: ${script.nights} nights`, ...told].join("\n");
}

interface Line {
  readonly night: number;
  readonly text: string;
}

function happenings({ certificates, conditions, faults, ours, nights }: Script): readonly Line[] {
  const begins = (night: number, text: string): readonly Line[] => (night < nights ? [{ night, text }] : []);
  return [
    ...certificates.flatMap((certificate) => begins(Math.max(0, certificate.installed), installed(certificate))),
    ...conditions.flatMap((condition) => [
      ...begins(condition.from, `provider: ${nameOf(condition)}`),
      ...begins(condition.until, `provider: no more ${condition.what === "leak" ? condition.leak : condition.what}`),
    ]),
    ...faults.map(({ what, from, until }) => ({ night: from, text: `sight: ${what} until night ${until}` })),
    ...ours.tools.map((night, index) => ({ night, text: `ours: tool ${index + 1}` })),
    ...ours.rules.map(({ until, rules, missed }) => ({
      night: until,
      text: `ours: newer ${rules.join(", ")}${missed ? ", which see more" : ""}`,
    })),
    ...ours.declared.flatMap(({ from, until, leak }) => [
      ...begins(from, `ours: ${leak} declared`),
      ...begins(until, `ours: ${leak} not declared any more`),
    ]),
    ...ours.bannerSeverity.flatMap(({ from, until, severity }) => [
      ...begins(from, `ours: banners are ${severity}`),
      ...begins(until, "ours: banners are low"),
    ]),
    ...ours.tenants.map((night) => ({ night, text: "ours: another tenant, another request" })),
    ...ours.owners.map((night) => ({ night, text: "ours: another owner" })),
    ...ours.off.flatMap(({ from, until, rule }) => [...begins(from, `ours: ${rule} off`), ...begins(until, `ours: ${rule} on`)]),
    ...ours.waivers.map(({ from, waiver }) => ({ night: from, text: `ours: ${waiver.rule} waived until ${waiver.until}` })),
  ];
}

function installed({ notBefore, notAfter }: Certificate): string {
  return `provider: certificate from ${new Date(notBefore).toISOString().slice(0, 10)} to ${new Date(notAfter).toISOString().slice(0, 10)}`;
}

function nameOf(condition: Condition): string {
  const { what, from } = condition;
  switch (what) {
    case "bad-certificate":
      return `${condition.problem} certificate${condition.edge === "second" ? " at the second edge" : ""}`;
    case "tls1.0":
      return `TLS 1.0${condition.edge === "second" ? " at the second edge" : ""}${flapping(condition.pattern)}`;
    case "banner":
      return `a version in the banner${flapping(condition.pattern)}`;
    case "leak":
      return `${condition.leak} in the answer${flapping(condition.pattern)}${condition.foundBy === undefined ? "" : `, recognised by tool ${condition.foundBy} and later`}`;
    case "open-endpoint":
      return `answers without the credential${condition.worseFrom === undefined || condition.worseFrom <= from ? "" : `, with data from night ${condition.worseFrom}`}`;
    case "sunset":
      return `an end is announced for ${new Date(condition.ends).toISOString().slice(0, 10)}${condition.postponed === undefined ? "" : `, put off on night ${condition.postponed.from}`}`;
    case "plaintext-twin":
      return "answers over http";
  }
}

function flapping(pattern: readonly boolean[] | undefined): string {
  return pattern === undefined ? "" : ` at times (${pattern.map((isBad) => (isBad ? "x" : ".")).join("")})`;
}

function dayOf(night: number): string {
  return new Date(timeOf(night)).toISOString().slice(0, 10);
}
