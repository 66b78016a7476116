import { expect } from "vitest";
import type { EnumerationRequest } from "../../../../src/observe/enumerate/request.ts";
import type { Item, VersionResult } from "../../../../src/observe/enumerate/result.ts";
import { truthOf } from "./oracle.ts";
import type { Run } from "./run.ts";
import type { Server } from "./server.ts";

export function accepted(items: readonly Item[]): number[] {
  return codes(items, "accepted");
}

/** Everything that was to be found was found, and nothing else. */
export function expectExactly(server: Server, request: EnumerationRequest, run: Run): void {
  const newest = run.versions.find(({ version, support }) => version !== "TLS 1.3" && support === "accepted")?.version;
  for (const found of run.versions) {
    const truth = truthOf(server, request, found.version);
    expect({ version: found.version, suites: accepted(found.suites) }).toEqual({
      version: found.version,
      suites: sorted(truth.suites, found),
    });
    expect(found.support, found.version).toBe(truth.suites.size > 0 ? "accepted" : "refused");
    expect(codes(found.suites, "unknown"), found.version).toEqual([]);
    expect(found.complete, found.version).toBe(true);
    if ((found.version === newest && newest !== "SSL 3.0") || found.version === "TLS 1.3")
      expectSame(found.groups, truth.groups, `${found.version} groups`);
    if (found.version === "TLS 1.2" && request.depth === "full") expectSame(found.schemes, truth.schemes, "schemes");
  }
}

/** Whatever the network did: nothing refused that is accepted, nothing accepted that is refused. */
export function expectHonest(server: Server, request: EnumerationRequest, run: Run): void {
  for (const found of run.versions) {
    const truth = truthOf(server, request, found.version);
    for (const [kind, items] of [
      ["suites", found.suites],
      ["groups", found.groups],
      ["schemes", found.schemes],
    ] as const) {
      const wrong = items.filter(({ code, state }) => (truth[kind].has(code) ? state === "refused" : state === "accepted"));
      expect(wrong, `${found.version} ${kind}`).toEqual([]);
    }
    if (truth.suites.size > 0) expect(found.support, found.version).not.toBe("refused");
    else expect(found.support, found.version).not.toBe("accepted");
    const unseen = found.suites.some(({ state }) => state === "unknown");
    if (unseen) expect(found.complete, found.version).toBe(false);
  }
}

function expectSame(items: readonly Item[], truth: ReadonlySet<number>, what: string): void {
  const elsewhere = items.every(({ state, seen }) => state !== "accepted" && seen.what === "not-asked");
  if (elsewhere) expect(truth.size, what).toBe(0);
  else expect(accepted(items), what).toEqual(items.map(({ code }) => code).filter((code) => truth.has(code)));
}

function sorted(truth: ReadonlySet<number>, { suites }: VersionResult): number[] {
  return suites.map(({ code }) => code).filter((code) => truth.has(code));
}

function codes(items: readonly Item[], state: Item["state"]): number[] {
  return items.filter((item) => item.state === state).map((item) => item.code);
}
