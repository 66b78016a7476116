import type { ClassFact, ReplacedFact } from "../../evidence/kinds.ts";
import { type DataClass, isCustomClassName } from "../../model/data-class.ts";
import { ClassVotes } from "./class-votes.ts";
import { classifyTruth, reviewValue, type ValueReview } from "./classify-value.ts";
import type { Detector } from "./detectors/detector.ts";
import type { DetectorSet } from "./detectors/detector-set.ts";
import { type DocumentNode, isScalar, type Scalar, scalarText } from "./document.ts";
import { type Near, nearOf, type Owner } from "./near.ts";
import type { Surroundings } from "./place.ts";
import { mayHoldSecret } from "./secret-shape.ts";
import { isNamedBeside, waysToCall } from "./ways-to-call.ts";

/**
 * What the values of one path are, by vote. A hundred are all examined by every detector; of more, the first fifty, ever fewer of the others (about fifty
 * of fifty thousand), and the last ten: a list of ten thousand is no surer than one of some hundred. Secrets and what the law protects most (GDPR article 9) are looked for in every one.
 * Which values are drawn is the same in every run.
 */
export class Vote {
  readonly #surroundings: Surroundings;
  readonly #set: DetectorSet;
  readonly #classes = new Map<DataClass, ClassVotes>();
  /** The same with what classes of a consumer stand in the place of, and those; nothing where there are none. */
  readonly #unreplaced = new Map<DataClass, ClassVotes>();
  readonly #replacedBy = new Map<DataClass, Set<DataClass>>();
  readonly #truths = new Map<DataClass, ClassVotes>();
  #filled = 0;
  #examined = 0;
  /** So many are examined before any is left out. */
  #first = 0;
  #next = 0;
  #random = SEED;
  #last: readonly Sample[] = [];
  #plan: Plan | undefined;
  readonly #besides = new Map<string, Plan>();
  #planned = -1;

  constructor(surroundings: Surroundings, set: DetectorSet) {
    this.#surroundings = surroundings;
    this.#set = set;
  }

  /** In the order of the body; `owners` are the objects that hold them. */
  add(nodes: readonly DocumentNode[], owners: readonly (Owner | undefined)[]): void {
    const plan = this.#planNow();
    if (this.#first === 0) this.#first = nodes.length > FEW ? FIRST_OF_MANY : FIRST_OF_FEW;
    for (let at = 0; at < nodes.length; at += 1) {
      const node = nodes[at];
      if (node === true && plan.facts.length > 0) this.#countTruth(owners[at], plan.facts);
      if (!isScalar(node) || node === "") continue;
      if (this.#filled < this.#first || this.#filled === this.#next) {
        if (this.#examine(node, owners[at], plan, true)) this.#draw();
      } else if (typeof node !== "string" || !isBlank(node)) {
        this.#filled += 1;
        this.#lookForWorst(node, owners[at], plan);
      }
    }
    if (this.#filled > this.#first) this.#keepLast(nodes, owners);
  }

  /** Most of what was examined is of this class, whatever a consumer calls it. */
  agreesOn(dataClass: DataClass): boolean {
    const votes = (this.#set.replaces ? this.#unreplaced : this.#classes).get(dataClass);
    return votes !== undefined && votes.hits >= AGREEMENT * this.#examined;
  }

  /** One fact per class. */
  facts(path: string): readonly ClassFact[] {
    this.#settle();
    const truths = [...this.#truths.values()].map((votes) => votes.fact(path, { share: 1, scale: 1, agrees: true }));
    return [...[...this.#classes].map(([dataClass, votes]) => this.#fact(path, dataClass, votes)), ...truths];
  }

  /** Those that there would be if no class of a consumer stood in their place. */
  replaced(path: string): readonly ReplacedFact[] {
    this.#settle();
    return [...this.#replacedBy].flatMap(([dataClass, by]) => {
      const votes = this.#unreplaced.get(dataClass);
      return votes === undefined ? [] : [{ ...this.#fact(path, dataClass, votes), by: [...by].filter(isCustomClassName).sort() }];
    });
  }

  #fact(path: string, dataClass: DataClass, votes: ClassVotes): ClassFact {
    const isWatched = this.#set.watched.has(dataClass);
    const share = isWatched && this.#filled > 0 ? votes.hits / this.#filled : votes.hits / this.#examined;
    return votes.fact(path, {
      share: Math.min(1, share),
      scale: isWatched ? 1 : this.#filled / this.#examined,
      agrees: share >= AGREEMENT || isWatched,
    });
  }

  /** False for a value that holds nothing to look at. */
  #examine(value: Scalar, owner: Owner | undefined, plan: Plan, isFirst: boolean): boolean {
    const review = reviewValue(value, this.#surroundings, nearOf(owner), isNesting(value) ? this.#set.all : plan.detectors);
    if (review === undefined) return false;
    this.#examined += 1;
    this.#count(review, value, (dataClass) => isFirst || !this.#set.watched.has(dataClass));
    return true;
  }

  /** A value of which nobody asks anything else. */
  #lookForWorst(value: Scalar, owner: Owner | undefined, plan: Plan): void {
    if (plan.isSaidBeside === true) this.#lookFor(value, nearOf(owner), this.#planBeside(nearOf(owner)));
    else if (plan.isNamed || plan.anyShape.length > 0 || (typeof value === "string" && mayHoldSecret(value)))
      this.#lookFor(value, nearOf(owner), plan);
  }

  /** What a consumer is after is looked for in more values than ours: that of ours is not found more often for it. */
  #lookFor(value: Scalar, near: Near, { watching, anyShape, isNamed }: Plan): void {
    const isForAll = isNamed || (typeof value === "string" && mayHoldSecret(value));
    const nested = isForAll ? this.#set.watching : this.#set.watchingAnyShape;
    const detectors = isNesting(value) ? nested : isForAll ? watching : anyShape;
    if (detectors.length === 0) return;
    const review = reviewValue(value, this.#surroundings, near, detectors);
    if (review !== undefined) this.#count(review, value, () => true);
  }

  #count({ classes, unreplaced }: ValueReview, value: Scalar, counts: (dataClass: DataClass) => boolean): void {
    for (const found of classes) if (counts(found.class)) votesOf(this.#classes, found.class).add(found, value);
    if (!this.#set.replaces) return;
    for (const found of unreplaced) {
      if (!counts(found.class)) continue;
      votesOf(this.#unreplaced, found.class).add(found, value);
      if (found.replacedBy === undefined) continue;
      const known = this.#replacedBy.get(found.class) ?? new Set();
      for (const by of found.replacedBy) known.add(by);
      this.#replacedBy.set(found.class, known);
    }
  }

  /** What is `true` of somebody: of the others nothing is said. */
  #countTruth(owner: Owner | undefined, detectors: readonly Detector[]): void {
    for (const found of classifyTruth(this.#surroundings, nearOf(owner), detectors)) votesOf(this.#truths, found.class).add(found, "true");
  }

  /** Where each record says what its value is called: by that name. */
  #planBeside(near: Near): Plan {
    const ways = waysToCall(this.#surroundings, near).map(({ names }) => names);
    const said = ways.map(({ name }) => name).join(" | ");
    const known = this.#besides.get(said);
    if (known !== undefined) return known;
    if (this.#besides.size >= MAX_BESIDES) return saidBeside(this.#set);
    const plan = planFor(this.#set, ...ways);
    this.#besides.set(said, plan);
    return plan;
  }

  #keepLast(nodes: readonly DocumentNode[], owners: readonly (Owner | undefined)[]): void {
    const last: Sample[] = [];
    for (let at = nodes.length - 1; at >= 0 && last.length < LAST && this.#filled - last.length > this.#first; at -= 1) {
      const node = nodes[at];
      if (isScalar(node) && node !== "") last.unshift({ value: node, owner: owners[at] });
    }
    this.#last = [...this.#last, ...last].slice(-LAST);
  }

  #settle(): void {
    const plan = this.#planNow();
    for (const { value, owner } of this.#last) this.#examine(value, owner, plan, false);
    this.#last = [];
  }

  /** Which value is examined next: of all behind the first ones, about eight in every stretch that is e times as long as the one before. */
  #draw(): void {
    this.#filled += 1;
    if (this.#filled < this.#first) return;
    this.#random = (Math.imul(this.#random, 1_664_525) + 1_013_904_223) >>> 0;
    this.#next = this.#filled + Math.floor((-Math.log((this.#random + 1) / 2 ** 32) * this.#filled) / DENSITY);
  }

  /** Which detectors there is a use for here; the names around a place may grow from piece to piece. */
  #planNow(): Plan {
    const { beside } = this.#surroundings;
    if (this.#plan === undefined || this.#planned !== beside.size) {
      this.#plan = isNamedBeside(this.#surroundings) ? saidBeside(this.#set) : planFor(this.#set, this.#surroundings);
      this.#planned = beside.size;
    }
    return this.#plan;
  }
}

interface Sample {
  readonly value: Scalar;
  readonly owner: Owner | undefined;
}

interface Plan {
  readonly detectors: readonly Detector[];
  readonly watching: readonly Detector[];
  /** Of `watching`, what is looked for whatever a value looks like. */
  readonly anyShape: readonly Detector[];
  /** Those that a `true` says something to. */
  readonly facts: readonly Detector[];
  /** The names promise something that is looked for in every value. */
  readonly isNamed: boolean;
  readonly isSaidBeside?: true;
}

function planFor({ all, watching, watchingAnyShape, facts }: DetectorSet, ...ways: readonly Surroundings[]): Plan {
  const isNamed = (detector: Detector) => ways.some((names) => detector.isNamed(names));
  const isOfUse = (detector: Detector) => detector.needsName !== true || isNamed(detector);
  return {
    detectors: all.filter(isOfUse),
    watching: watching.filter(isOfUse),
    anyShape: watchingAnyShape.filter(isOfUse),
    facts: facts.filter(isOfUse),
    isNamed: watching.some((detector) => !watchingAnyShape.includes(detector) && isNamed(detector)),
  };
}

function saidBeside({ all, watching, watchingAnyShape, facts }: DetectorSet): Plan {
  return { detectors: all, watching, anyShape: watchingAnyShape, facts, isNamed: true, isSaidBeside: true };
}

function votesOf(classes: Map<DataClass, ClassVotes>, dataClass: DataClass): ClassVotes {
  const known = classes.get(dataClass);
  if (known !== undefined) return known;
  const votes = new ClassVotes(dataClass);
  classes.set(dataClass, votes);
  return votes;
}

/** A JSON text has names of its own. */
function isNesting(value: Scalar): boolean {
  return typeof value === "string" && /^\s{0,8}[{[]/.test(value);
}

function isBlank(text: string): boolean {
  return text.charCodeAt(0) <= 0x20 && scalarText(text).trim() === "";
}

const MAX_BESIDES = 256;
/** More of them in the first piece of a body are many. */
const FEW = 200;
const FIRST_OF_FEW = 100;
const FIRST_OF_MANY = 50;
const LAST = 10;
const DENSITY = 8;
const SEED = 20_261_123;
const AGREEMENT = 0.6;
