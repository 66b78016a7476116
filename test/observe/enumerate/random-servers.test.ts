import fc from "fast-check";
import { describe, it } from "vitest";
import { expectExactly, expectHonest } from "./support/compare.ts";
import { oddServers, regularServers } from "./support/random-server.ts";
import { enumerate, lossy } from "./support/run.ts";
import { answerOf } from "./support/server.ts";
import { requestFor } from "./support/universe.ts";

describe("any server that keeps to the RFCs", () => {
  it("is listed exactly, whatever it accepts and whose order it follows", () => {
    fc.assert(
      fc.property(regularServers, fc.constantFrom(1, 6), (server, lanes) => {
        const request = requestFor({ lanes });
        expectExactly(
          server,
          request,
          enumerate(request, (offer) => answerOf(server, offer)),
        );
      }),
      { numRuns: Number(process.env["RUNS"] ?? 60) },
    );
  });

  it.each([0.1, 0.3, 0.6])("is not lied about where %d of the answers are lost", (part) => {
    expectHonesty(regularServers, part);
  });
});

describe("any server with oddities", () => {
  it.each([0, 0.2])("is not lied about, where %d of the answers are lost", (part) => {
    expectHonesty(oddServers, part);
  });
});

function expectHonesty(servers: typeof regularServers, part: number): void {
  fc.assert(
    fc.property(servers, fc.constantFrom(1, 6), fc.integer(), (server, lanes, seed) => {
      const request = requestFor({ lanes });
      const run = enumerate(
        request,
        lossy((offer) => answerOf(server, offer), part, seed),
      );
      expectHonest(server, request, run);
    }),
    { numRuns: Number(process.env["RUNS"] ?? 40) },
  );
}
