import type { ClassFact, HazardFact, ReplacedFact } from "../../evidence/kinds.ts";
import type { DataClass } from "../../model/data-class.ts";
import type { DetectorSet } from "./detectors/detector-set.ts";
import { HazardCounts } from "./hazards/hazard-counts.ts";
import { Persons } from "./persons.ts";
import type { Batch, Surroundings, Watch } from "./place.ts";
import { unitedFacts } from "./united-facts.ts";
import { Vote } from "./vote.ts";

/** Everything that is asked of the values of one path. */
export class BodyWatch implements Watch {
  readonly #values: Vote;
  readonly #keys: Vote;
  readonly #hazards = new HazardCounts();
  readonly #persons = new Persons();

  constructor(surroundings: Surroundings, set: DetectorSet) {
    this.#values = new Vote(surroundings, set);
    this.#keys = new Vote(surroundings, set);
  }

  add({ nodes, owners, keys }: Batch): void {
    this.#values.add(nodes, owners);
    this.#persons.add(nodes, this.#values);
    this.#hazards.add(nodes);
    if (keys.length === 0) return;
    this.#keys.add(keys, []);
    this.#persons.add(keys, this.#keys);
    this.#hazards.addKeys(keys);
  }

  /** One per class; those of keys and values are one where both are of a class. */
  classes(path: string): readonly ClassFact[] {
    return unitedFacts([...this.#keys.facts(path), ...this.#values.facts(path)]);
  }

  /** Those that there would be if no class of a consumer stood in their place. */
  replaced(path: string): readonly ReplacedFact[] {
    const facts = [...this.#keys.replaced(path), ...this.#values.replaced(path)];
    const byOf = (dataClass: DataClass) => facts.filter((fact) => fact.class === dataClass).flatMap(({ by }) => by);
    return unitedFacts(facts).map((fact) => ({ ...fact, by: [...new Set(byOf(fact.class))].sort() }));
  }

  hazards(path: string): readonly HazardFact[] {
    return this.#hazards.facts(path);
  }

  /** Different persons that its values tell apart; 0 where they tell none. */
  get persons(): number {
    return this.#persons.size;
  }
}
