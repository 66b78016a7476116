/** First come, first served. The number of places may shrink while places are taken. */
export class Semaphore {
  #capacity: number;
  #taken = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(capacity: number) {
    this.#capacity = Math.max(1, Math.floor(capacity));
  }

  get capacity(): number {
    return this.#capacity;
  }

  /** Fewer places from now on; whoever has one keeps it. */
  shrinkTo(capacity: number): void {
    this.#capacity = Math.max(1, Math.min(this.#capacity, capacity));
  }

  /** A place, and the function that gives it back. Rejects with the signal's reason when it is aborted before. */
  async take(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.#taken >= this.#capacity || this.#waiting.length > 0) await this.#turn(signal);
    else this.#taken++;
    return once(() => this.#giveBack());
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const granted = () => {
        signal.removeEventListener("abort", aborted);
        resolve();
      };
      const aborted = () => {
        this.#waiting.splice(this.#waiting.indexOf(granted), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", aborted, { once: true });
      this.#waiting.push(granted);
    });
  }

  #giveBack(): void {
    this.#taken--;
    while (this.#taken < this.#capacity) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#taken++;
      next();
    }
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
