import type { HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation } from "../../evidence/observation.ts";
import type { HeaderLeak, LeakKind } from "../../model/head-facts.ts";
import type { Integration } from "../../model/integration.ts";
import type { RuleResult } from "../rules/rule.ts";
import { answerEach, evidenceOf } from "./aggregate.ts";
import { absentFromFields, type FieldAnswer, type NamedField, overFields } from "./named-fields.ts";
import { isSomebodyElse } from "./responses.ts";

/** What one field gives away of what a rule asks for; in the order of the rule's own list. */
export interface LeakyField extends NamedField {
  readonly kinds: readonly LeakKind[];
}

interface LeaksInput {
  readonly integration: Integration;
  readonly observations: { readonly "http-response": readonly Observation<"http-response">[] };
}

export interface LeakQuestion<K extends LeakKind, O extends string> {
  /** What is asked for; the worst first. */
  readonly kinds: readonly K[];
  readonly clean: O;
  readonly answer: (worst: NoInfer<K>, field: LeakyField, evidence: HttpResponseEvidence) => O | undefined;
}

/** One result per field and origin (`header:x-backend`), and one for the place, as of banners. */
export function overLeaks<const K extends LeakKind, const O extends string>(
  { integration, observations }: LeaksInput,
  { kinds, clean, answer }: LeakQuestion<K, O>,
): readonly RuleResult<O>[] {
  return overFields(integration, observations["http-response"], {
    fieldsOf: ({ head, redirect }) => leakyFields(head?.leaks ?? [], kinds).filter(({ field }) => !isRedirectInside(field, redirect)),
    clean,
    place: PLACE,
    wasRead,
    judge: (field, evidence): FieldAnswer<O> | undefined => {
      const [worst] = field.kinds as readonly K[];
      const outcome = worst === undefined ? undefined : answer(worst, field, evidence);
      if (outcome === undefined) return undefined;
      return saidOf(field, outcome);
    },
  });
}

/**
 * The same of an answer to a path that is nobody's, as far as no answer of an endpoint shows the same field: errors go other ways. No result where nobody asked
 * for one.
 */
export function overErrorLeaks<const K extends LeakKind, const O extends string>(
  observations: LeaksInput["observations"] & { readonly "http-not-found": readonly Observation<"http-not-found">[] },
  { kinds, clean, answer }: Omit<LeakQuestion<K, O>, "answer"> & { readonly answer: (worst: NoInfer<K>) => O },
): readonly RuleResult<O>[] {
  const errors = observations["http-not-found"];
  if (errors.length === 0) return [];
  const answers = observations["http-response"].flatMap((observation) => evidenceOf(observation) ?? []);
  const said = answers.filter((answer) => !isSomebodyElse(answer)).flatMap(({ head }) => leakyFields(head?.leaks ?? [], kinds));
  const known = new Set(said.map(({ field }) => field));
  return answerEach<"http-not-found", O>(NOT_FOUND, errors, ({ head, interference, status }) => {
    if (interference === "rate_limited" || interference === "blocked") {
      return { outcome: "unobserved", reason: interference, pointer: "/status", summary: `status ${status}` };
    }
    const fields = leakyFields(head.leaks, kinds).filter(({ field }) => !known.has(field));
    const [first] = fields;
    const [worst] = (first?.kinds ?? []) as readonly K[];
    if (first === undefined || worst === undefined) {
      if (interference === undefined && status >= 400) return { outcome: clean, pointer: PLACE, summary: "not named" };
      return { outcome: "unobserved", reason: interference ?? "evidence_ambiguous", pointer: "/status", summary: `status ${status}` };
    }
    return { ...saidOf(first, answer(worst)), pointer: first.pointer };
  });
}

/** For `absent`. */
export function absentLeak<O extends string>(subject: string, { integration, observations }: LeaksInput, clean: O): RuleResult<O> {
  if (subject === NOT_FOUND) return { outcome: "unobserved", subject, reason: "not_requested" };
  return absentFromFields(subject, integration, observations["http-response"], { clean, place: PLACE, wasRead });
}

function saidOf<O extends string>({ field, kinds }: LeakyField, outcome: O): FieldAnswer<O> {
  const what = kinds.map((kind) => LEAK_WORDS[kind]).join(" and ");
  return { outcome, data: { field, what }, summary: `${field}: ${kinds.join(", ")}` };
}

/** A redirect that leads inside is more than a name that got out, and has a question of its own. */
function isRedirectInside(field: string, redirect: HttpResponseEvidence["redirect"]): boolean {
  return field === "location" && redirect?.inside !== undefined;
}

function wasRead({ head }: HttpResponseEvidence): boolean {
  return head !== undefined;
}

function leakyFields(leaks: readonly HeaderLeak[], kinds: readonly LeakKind[]): readonly LeakyField[] {
  const fields = new Map<string, LeakyField>();
  for (const kind of kinds) {
    leaks.forEach(({ field, what }, at) => {
      if (what !== kind) return;
      const before = fields.get(field) ?? { field, pointer: `${PLACE}/${at}`, kinds: [] };
      fields.set(field, { ...before, kinds: [...before.kinds, kind] });
    });
  }
  return [...fields.values()];
}

/** "The header x-a tells ...". */
const LEAK_WORDS: Readonly<Record<LeakKind, string>> = {
  "private-address": "an address of an internal network",
  "internal-host": "the name of an internal host",
  "instance-name": "the name of a machine or a container",
  "account-id": "an account of the provider's cloud",
  environment: "an environment that is not production",
  "file-path": "a path in a file system",
  sql: "a statement of a database or an error of one",
  secret: "a secret",
  session: "a token or a session",
  "unsigned-token": "a token without a signature",
  "debug-mode": "what a profiler or a debug mode says",
  "debug-link": "where the pages of a profiler are",
  timing: "how long a database took",
  stack: "an error with the names of its code",
  "own-address": "from where we call",
  person: "something of a person",
  tenant: "as whom we are known",
  "pool-address": "the address of a server behind a balancer",
  "request-field": "what came in a request",
};
const PLACE = "/head/leaks";
const NOT_FOUND = "not-found";
