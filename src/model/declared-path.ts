import { type DeclaredStep, elementPath, mapPath, memberPath, type PathProblem, type PathStep, ROOT, readPath } from "./path-grammar.ts";
import { ok, type Result } from "./result.ts";

/** Why a declared path cannot be read; undefined where it can. */
export function declaredPathProblem(text: string): PathProblem | undefined {
  const read = readDeclared(text);
  return read.ok ? undefined : read.error;
}

/** In a list of declared paths. */
export const MOST_DECLARED_PATHS = 2000;
export const LONGEST_DECLARED_PATH = 500;
/** Characters that a declared path may have. */
export const DECLARED_PATH_CHARACTERS = /^\$[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;

/** Whether an inventory takes this path. */
export function isDeclarable(path: string): boolean {
  return path.length <= LONGEST_DECLARED_PATH && DECLARED_PATH_CHARACTERS.test(path) && declaredPathProblem(path) === undefined;
}

/** Which paths of a body a list of declared ones speaks of. */
export interface DeclaredPaths {
  /** `path` in normal form (product.md section 4). */
  readonly covers: (path: string) => boolean;
  /** Those of the list that none of these paths is spoken of by, in their order. `open`: nothing is known of what may stand below it. */
  readonly missing: (paths: Iterable<{ readonly path: string; readonly open: boolean }>) => readonly string[];
}

/**
 * The grammar: an exact path; `.*` at the end for a place and all below it; `..name` at any depth; `[]` any element, `{}` any key. A literal name
 * stands for a dynamic key, too, whose text nobody is told; and a path for the elements of a list of plain values that stands there.
 * What cannot be read covers nothing. Built once and walked once per path, whatever the number of paths declared.
 */
export function declaredPaths(declared: readonly string[]): DeclaredPaths {
  const root = newNode();
  for (const text of declared) {
    const steps = readDeclared(text);
    if (steps.ok) plant(root, steps.value, text);
  }
  return {
    covers: (path) => reached(root, path).at.some(({ ends }) => ends.length > 0),
    missing: (paths) => {
      const met = metBy(root, paths);
      return [...new Set(declared)].filter((text) => readDeclared(text).ok && !met.has(text));
    },
  };
}

/** Places whose keys are data, as whoever declares `{}` says: in normal form, each once. Not those that are at any depth. */
export function declaredMaps(declared: readonly string[]): readonly string[] {
  const maps = declared.flatMap((text) => {
    const steps = readDeclared(text);
    return steps.ok ? mapsAlong(steps.value) : [];
  });
  return [...new Set(maps)];
}

/** The path above it, undefined for the root and for what is no path. */
export function parentPath(path: string): string | undefined {
  const steps = stepsOf(path);
  return steps === undefined || steps.length === 0 ? undefined : path.slice(0, steps.at(-1)?.start);
}

function mapsAlong(steps: readonly DeclaredStep[]): readonly string[] {
  const maps: string[] = [];
  let path = ROOT;
  for (const step of steps) {
    if (step.kind === "anywhere" || step.kind === "below") break;
    if (step.kind === "key") maps.push(path);
    path = stepPath(path, step);
  }
  return maps;
}

function stepPath(parent: string, step: PathStep): string {
  if (step.kind === "element") return elementPath(parent);
  return step.kind === "key" ? mapPath(parent) : memberPath(parent, step.name);
}

interface Node {
  readonly members: Map<string, Node>;
  readonly anywhere: Map<string, Node>;
  element?: Node;
  key?: Node;
  /** Declared paths that end here, and those that go on with `.*`. */
  readonly ends: string[];
  below: boolean;
}

function newNode(): Node {
  return { members: new Map(), anywhere: new Map(), ends: [], below: false };
}

function plant(root: Node, steps: readonly DeclaredStep[], text: string): void {
  let node = root;
  for (const step of steps) {
    if (step.kind === "below") node.below = true;
    else node = next(node, step);
  }
  node.ends.push(text);
}

function next(node: Node, step: Exclude<DeclaredStep, { kind: "below" }>): Node {
  if (step.kind === "element") {
    node.element ??= newNode();
    return node.element;
  }
  if (step.kind === "key") {
    node.key ??= newNode();
    return node.key;
  }
  const named = step.kind === "member" ? node.members : node.anywhere;
  const known = named.get(step.name) ?? newNode();
  named.set(step.name, known);
  return known;
}

/** Declared paths that are spoken of, or that nothing is known of. */
function metBy(root: Node, paths: Iterable<{ readonly path: string; readonly open: boolean }>): ReadonlySet<string> {
  const met = new Set<Node>();
  const openPlaces = new Set<Node>();
  for (const { path, open } of paths) {
    const { at, looking } = reached(root, path);
    for (const node of at) (open ? openPlaces : met).add(node);
    if (open) for (const { anywhere } of looking) for (const node of anywhere.values()) openPlaces.add(node);
  }
  return new Set([...met, ...allBelow(openPlaces)].flatMap(({ ends }) => ends));
}

interface Reached {
  /** Where the path ends, and where all below is meant. */
  readonly at: readonly Node[];
  /** Whose `..name` may stand below. */
  readonly looking: ReadonlySet<Node>;
}

function reached(root: Node, path: string): Reached {
  const steps = stepsOf(path);
  if (steps === undefined) return { at: [], looking: new Set() };
  let here = new Set([root]);
  /** Whose `..name` goes on looking. */
  const looking = new Set<Node>();
  const whole = new Set<Node>();
  /** Ends whose list of plain values this may be. */
  let lists = new Set<Node>();
  for (const { step } of steps) {
    for (const node of here) {
      if (node.anywhere.size > 0) looking.add(node);
      if (node.below) whole.add(node);
    }
    lists = step.kind === "element" ? new Set([...lists, ...[...here].filter(({ ends }) => ends.length > 0)]) : new Set();
    here = advanced(here, looking, step);
  }
  return { at: [...here, ...whole, ...lists], looking };
}

function advanced(here: ReadonlySet<Node>, looking: ReadonlySet<Node>, step: PathStep): Set<Node> {
  const there = new Set<Node>();
  const add = (node: Node | undefined) => node !== undefined && there.add(node);
  for (const node of here) {
    if (step.kind === "element") {
      add(node.element);
    } else {
      add(node.key);
      if (step.kind === "member") add(node.members.get(step.name));
      else for (const member of node.members.values()) there.add(member);
    }
  }
  if (step.kind === "member") for (const node of looking) add(node.anywhere.get(step.name));
  return there;
}

function allBelow(nodes: Iterable<Node>): ReadonlySet<Node> {
  const found = new Set(nodes);
  for (const { members, anywhere, element, key } of found) {
    for (const below of [...members.values(), ...anywhere.values(), element, key]) if (below !== undefined) found.add(below);
  }
  return found;
}

interface PlacedStep {
  readonly step: PathStep;
  /** Index at which it begins. */
  readonly start: number;
}

/** Of a path of a body; undefined where it is none. */
function stepsOf(path: string): readonly PlacedStep[] | undefined {
  const steps = readPath(path);
  if (!steps.ok) return undefined;
  return steps.value.every((placed): placed is PlacedStep => placed.step.kind !== "anywhere" && placed.step.kind !== "below")
    ? steps.value
    : undefined;
}

function readDeclared(text: string): Result<readonly DeclaredStep[], PathProblem> {
  const steps = readPath(text);
  return steps.ok ? ok(steps.value.map(({ step }) => step)) : steps;
}
