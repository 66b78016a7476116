import fc from "fast-check";
import { describe, it } from "vitest";
import type { EnumerationRequest } from "../../../src/observe/enumerate/request.ts";
import { expectExactly, expectHonest } from "./support/compare.ts";
import { oddServers, regularServers } from "./support/random-server.ts";
import { enumerate, lossy } from "./support/run.ts";
import { answerOf, type Server } from "./support/server.ts";
import { P256, requestFor, X25519 } from "./support/universe.ts";

describe("any server that keeps to the RFCs", () => {
  it("is listed exactly, whatever it accepts and whose order it follows", () => {
    fc.assert(
      fc.property(regularServers, fc.constantFrom(1, 6), fc.boolean(), (server, lanes, afterSession) => {
        const request = requestFor({ lanes, ...(afterSession && negotiated(server)) });
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
    fc.property(servers, fc.constantFrom(1, 6), fc.integer(), fc.boolean(), (server, lanes, seed, afterSession) => {
      const request = requestFor({ lanes, ...(afterSession && negotiated(server)) });
      const run = enumerate(
        request,
        lossy((offer) => answerOf(server, offer), part, seed),
      );
      expectHonest(server, request, run);
    }),
    { numRuns: Number(process.env["RUNS"] ?? 40) },
  );
}

/** What a connection may have got of it. */
function negotiated(server: Server): Pick<EnumerationRequest, "negotiated"> {
  const [group] = [X25519, P256].filter((code) => server.groups13?.includes(code));
  const [cipherSuite] = (server.suites["TLS 1.3"] ?? []).filter((code) => [0x1301, 0x1302, 0x1303].includes(code));
  return group === undefined || cipherSuite === undefined ? {} : { negotiated: { cipherSuite, group } };
}
