/** What the patterns of a consumer may cost in one body, at the worst: a file of them may be hostile, and so may the body. */
export class StepBudget {
  #left = MOST_STEPS;

  /** Something was not looked at for want of steps. */
  get isSpent(): boolean {
    return this.#left < 0;
  }

  /** False where there are not so many left; from then on there are none. */
  spend(steps: number): boolean {
    if (this.isSpent) return false;
    this.#left -= steps;
    return !this.isSpent;
  }
}

/** An instruction of a program for a character of a text each: thirty million values by a pattern for identifiers. */
const MOST_STEPS = 5_000_000_000;
