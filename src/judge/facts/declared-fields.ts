import { type ClassDefinitions, dataClassFacts, isSecretClass } from "../../catalog/data-classes.ts";
import type { ClassFact } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import { type DeclaredPaths, declaredPaths } from "../../model/declared-path.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";

/** What the consumer says that may come at which place; undefined where nothing is said. */
export function declaredFields({ expect }: Endpoint): DeclaredPaths | undefined {
  return expect.fields === undefined ? undefined : pathsOf(expect.fields);
}

/** What is there to hold markup. */
export function richTextFields({ expect }: Endpoint): DeclaredPaths {
  return pathsOf(expect.richText ?? NONE);
}

export function isDeclaredPath(path: string, endpoint: Endpoint): boolean {
  return declaredFields(endpoint)?.covers(path) === true;
}

/** For the endpoint, or for the whole integration. */
export function isDeclaredClass(dataClass: DataClass, { expect }: Endpoint, { dataClasses }: Integration): boolean {
  return expect.classes?.includes(dataClass) === true || dataClasses.includes(dataClass);
}

/**
 * Somebody said that it may come, by its place or by its kind. No secret can be declared away but tokens that an endpoint is there to hand out; `beside` are
 * the classes of the body, for such a token may be a JWT as well (RFC 9068).
 */
export function isExpected(
  { path, class: dataClass }: PlacedClass,
  endpoint: Endpoint,
  integration: Integration,
  beside: readonly PlacedClass[] = [],
): boolean {
  const isSaid = (one: DataClass) => isDeclaredPath(path, endpoint) || isDeclaredClass(one, endpoint, integration);
  if (!isSecretClass(dataClass, integration)) return isSaid(dataClass);
  return handedOutAs(
    dataClass,
    beside.filter((other) => other.path === path).map((other) => other.class),
  ).some(isSaid);
}

/** What it is declared as; nothing where no endpoint is there to hand it out. `here`: all that stands at its place. */
export function handedOutAs(dataClass: DataClass, here: readonly DataClass[]): readonly DataClass[] {
  if (dataClass === "jwt") return here.filter(isHandedOut);
  return isHandedOut(dataClass) ? [dataClass] : [];
}

/** There are endpoints that are there to hand out secrets of this class. */
function isHandedOut(dataClass: DataClass): boolean {
  return dataClass === "access_token" || dataClass === "refresh_token";
}

/** It tells something, and is worth a finding: neither masked nor made up, nor of a class that is public or of little weight. */
export function isDisclosure({ class: dataClass, masked, sample }: ClassFact, definitions: ClassDefinitions): boolean {
  return !masked && !sample && dataClassFacts(dataClass, definitions).sensitive;
}

/** What a program says when it fails: no data that anybody asks for. */
export function isErrorDetail(dataClass: DataClass): boolean {
  return dataClass === "stack_trace" || dataClass === "sql_error";
}

type PlacedClass = Pick<ClassFact, "path" | "class">;

/** A list is read once, however often it is asked about. */
export function pathsOf(list: readonly string[]): DeclaredPaths {
  const known = read.get(list) ?? declaredPaths(list);
  read.set(list, known);
  return known;
}

const read = new WeakMap<readonly string[], DeclaredPaths>();
const NONE: readonly string[] = [];
