import type { AnswerShape, BodyFacts, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { HttpAnswer } from "../../model/net-port.ts";
import { isObject, type JsonObject, jsonObject } from "../classify/bounded-json.ts";
import { answerBody } from "./answer-body.ts";

/** A success without our credential, held against the one with it; nothing is compared where the latter was none. */
export async function comparedWith(
  authenticated: HttpResponseEvidence | undefined,
  answer: HttpAnswer,
  knownMaps: readonly string[],
): Promise<{ readonly shape: AnswerShape; readonly sameShape?: boolean; readonly sameRecords?: boolean }> {
  const body = await answerBody(answer, knownMaps);
  const shape = shapeOf(body, answer.body);
  const same = isComparable(authenticated) ? isSameShape(body, shape, authenticated.body) : undefined;
  if (same === undefined || authenticated === undefined) return { shape };
  return { shape, sameShape: same, ...(same && { sameRecords: hasSameRecords(body, authenticated.body) }) };
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isComparable(authenticated: HttpResponseEvidence | undefined): authenticated is HttpResponseEvidence {
  return authenticated !== undefined && isSuccess(authenticated.status) && authenticated.interference === undefined;
}

/** What two answers of one endpoint can be compared by: media type, names at the top, classes. */
function shapeOf(body: BodyFacts, bytes: Uint8Array): AnswerShape {
  return {
    ...(body.mediaType === undefined ? {} : { mediaType: body.mediaType }),
    topLevel: topLevelOf(body),
    classes: [...new Set(body.classes.map((fact) => fact.class))].sort(),
    errorShaped: isErrorShaped(bytes),
    ...(body.records !== undefined && { records: body.records }),
    ...(body.records === 0 && body.state === "classified" && valuesBelow(body).length === 0 && { empty: true }),
  };
}

/**
 * The same kind of answer: same media type, at least half of the names at the top in common, as much of what stands below them, and no error dressed as
 * a success. A frame around nothing (`{"data": [], "more": false}`) is not the list. Undefined where one of the two could not be read, so that nothing can be said.
 */
function isSameShape(body: BodyFacts, shape: AnswerShape, authenticated: BodyFacts): boolean | undefined {
  if (shape.errorShaped || body.mediaType !== authenticated.mediaType) return false;
  const expected = topLevelOf(authenticated);
  if (expected.length === 0) return undefined;
  if (shape.topLevel.length === 0) return WHOLE.includes(body.state) ? false : undefined;
  const shared = shape.topLevel.filter((name) => expected.includes(name)).length;
  if (shared * 2 < new Set([...shape.topLevel, ...expected]).size) return false;
  const below = valuesBelow(authenticated);
  const held = valuesBelow(body).filter((path) => below.includes(path));
  if (held.length * 2 >= below.length) return true;
  return WHOLE.includes(body.state) ? false : undefined;
}

/** A public part of a list is shorter, or has fewer columns. What was cut off says nothing of its length. */
function hasSameRecords(body: BodyFacts, authenticated: BodyFacts): boolean {
  const given = new Set(valuesBelow(body));
  return (
    [body, authenticated].every(({ state }) => WHOLE.includes(state)) &&
    body.records === authenticated.records &&
    valuesBelow(authenticated).every((path) => given.has(path))
  );
}

/** Paths of values that stand in something: `$.data[].id`, and neither `$.more` nor what is null or empty. */
function valuesBelow({ shape }: BodyFacts): readonly string[] {
  const isValue = (type: string) => type !== "null" && type !== "array" && type !== "object";
  return shape.filter(({ path, types }) => types.some(isValue) && !AT_TOP.test(path)).map(({ path }) => path);
}

/** `$.data[].id` is "data", `$[].id` is "[].id", `$['a b'].c` is "['a b']": the names that a reader of the API sees first. */
function topLevelOf({ shape }: BodyFacts): readonly string[] {
  const names = shape
    .map(({ path }) => (TOP_LEVEL.exec(path)?.[1] ?? "").replace(/^\./, ""))
    .filter((name) => name !== "" && !name.endsWith("[]"));
  return [...new Set(names)].sort();
}

/**
 * An error with status 200: `ok: false` (Slack), `success: false`, `errors: [...]` (GraphQL), `error: ...`, `status: "error"`, `code: 401`, also in
 * an envelope beside the data (`meta: {code: 400, error_type: ...}`).
 * Reads one object at most 64 KB long and keeps nothing of it.
 */
function isErrorShaped(bytes: Uint8Array): boolean {
  const said = parsedObject(bytes);
  return saysError(said) || ENVELOPES.some((name) => isObject(said[name]) && saysError(said[name]));
}

function saysError({ ok, success, errors, error, status, ...more }: JsonObject): boolean {
  if (ok === false || success === false) return true;
  if (typeof status === "string" && FAILED.test(status)) return true;
  if ([status, more["code"], more["statusCode"], more["status_code"], more["errcode"]].some(isErrorStatus)) return true;
  if (ERROR_NAMES.some((name) => isTruthy(more[name]))) return true;
  return (Array.isArray(errors) ? errors.length > 0 : isTruthy(errors)) || isTruthy(error);
}

/** Of HTTP, written into the body. */
function isErrorStatus(value: unknown): boolean {
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === "number" && status >= 400 && status <= 599;
}

function isTruthy(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}

function parsedObject(bytes: Uint8Array): JsonObject {
  return jsonObject(new TextDecoder().decode(bytes), bytes.length) ?? {};
}

/** What stands beside the data and is never data itself. */
const ENVELOPES = ["meta", "status", "header", "head", "response_status", "responseStatus", "envelope"];
const ERROR_NAMES = ["error_type", "errorType"];
const WHOLE: readonly BodyFacts["state"][] = ["classified", "empty"];
const TOP_LEVEL = /^\$((?:\[\])*(?:\.[^.[{]+|\['(?:[^'\\]|\\.)*'\]|\{\})?)/;
/** `$.more`, `$[]`, `$['a b']`. */
const AT_TOP = /^\$(?:\[\])*(?:\.[^.[{]+|\['(?:[^'\\]|\\.)*'\]|\{\})?$/;
const FAILED = /^(?:error|fail(?:ed|ure)?|unauthori[sz]ed|unauthenticated|forbidden|denied)$/i;
