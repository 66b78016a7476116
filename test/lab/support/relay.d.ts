export interface Relay {
  readonly port: number;
  counts(): { readonly connections: number; readonly bytesUp: number; readonly bytesDown: number };
  close(): Promise<void>;
}

/** Milliseconds, from any start. `after` runs once, not before so many have passed. */
export interface RelayClock {
  now(): number;
  after(milliseconds: number, run: () => void): void;
}

export function startRelay(
  target: { readonly host: string; readonly port: number },
  options?: { readonly roundTripMs?: number; readonly clock?: RelayClock },
): Promise<Relay>;
