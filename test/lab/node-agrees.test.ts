import { once } from "node:events";
import { type AddressInfo, connect as connectTcp, isIP } from "node:net";
import { connect, createSecureContext, createServer, type Server } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import { judgeServed } from "../../src/judge/facts/chains.ts";
import { SECOND } from "../../src/model/instant.ts";
import { anchorsOf } from "../../src/pki/build-path.ts";
import type { PathVector } from "../judge/path-vectors/vector.ts";

/**
 * OpenSSL goes on to another issuer where the authority key identifier is not the key's own, of roots as well; RFC 5280 section 4.2.1.1 has it
 * for finding paths alone. Nobody asks for these to be refused but who calls it pedantic.
 */
const KEY_IDENTIFIERS = [
  "rfc5280::aki::cross-signed-root-missing-aki",
  "webpki::aki::root-with-aki-authoritycertissuer",
  "webpki::aki::root-with-aki-authoritycertserialnumber",
  "webpki::aki::root-with-aki-all-fields",
  "webpki::aki::root-with-aki-ski-mismatch",
];

interface Verdicts {
  readonly id: string;
  readonly wanted: boolean;
  readonly ours: boolean;
  /** Undefined where node cannot be shown the chain, or has no cipher for its key. */
  readonly nodes: boolean | undefined;
}

describe("node's verifier and ours", () => {
  let all: readonly Verdicts[] = [];

  beforeAll(async () => {
    all = await askBoth();
  }, 120 * SECOND);

  test("are asked about almost all of the vectors", () => {
    expect(all.length).toBeGreaterThan(240);
    expect(all.filter(({ nodes }) => nodes === undefined).length).toBeLessThan(12);
  });

  test("agree about most", () => {
    expect(all.filter(({ nodes, ours }) => nodes === ours).length).toBeGreaterThan(180);
  });

  test("differ only where the vectors side with ours, but for key identifiers", () => {
    const differing = all.filter(({ nodes, ours }) => nodes !== undefined && nodes !== ours);
    expect(differing.filter(({ wanted, ours }) => wanted !== ours).map(({ id }) => id)).toEqual(KEY_IDENTIFIERS);
  });
});

/** One handshake for each of the vectors that are about today: node's verifier knows no other time. */
async function askBoth(): Promise<readonly Verdicts[]> {
  process.env["VECTORS_AT"] = new Date(Math.floor(Date.now() / SECOND) * SECOND).toISOString();
  const { PATH_VECTORS } = await import("../judge/path-vectors.ts");
  const { AS_OF } = await import("../judge/path-vectors/vector.ts");
  const verdicts: Verdicts[] = [];
  for (const vector of PATH_VECTORS) {
    const { chain, roots, host, asOf } = vector.build();
    if (asOf.getTime() !== AS_OF.getTime()) continue;
    const ders = chain.map(({ der }) => der);
    const ours = judgeServed(ders, host, asOf.getTime(), anchorsOf(roots.map(({ der }) => der))).isTrusted;
    verdicts.push({ id: vector.id, wanted: vector.trusted, ours, nodes: await nodesVerdict(chain, roots, host) });
  }
  return verdicts;
}

type Case = ReturnType<PathVector["build"]>;

async function nodesVerdict(chain: Case["chain"], roots: Case["roots"], host: string): Promise<boolean | undefined> {
  const pems = (certificates: Case["chain"]) => certificates.map(({ pem }) => pem);
  const [leaf] = chain;
  if (leaf === undefined) return undefined;
  let server: Server;
  let secureContext: ReturnType<typeof createSecureContext>;
  try {
    const key = leaf.key.privateKey?.export({ type: "pkcs8", format: "pem" });
    server = createServer({ cert: pems(chain).join(""), key, ciphers: "ALL:@SECLEVEL=0" });
    secureContext = createSecureContext({ ca: pems(roots) });
  } catch {
    return undefined;
  }
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await handshake((server.address() as AddressInfo).port, host, secureContext);
  } finally {
    server.close();
  }
}

function handshake(port: number, host: string, secureContext: ReturnType<typeof createSecureContext>): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const name = isIP(host) === 0 ? { servername: host } : {};
    const socket = connect({ socket: connectTcp(port, "127.0.0.1"), host, ...name, secureContext, rejectUnauthorized: false });
    const end = (verdict: boolean | undefined) => {
      socket.destroy();
      resolve(verdict);
    };
    socket.on("secureConnect", () => end(socket.authorized));
    socket.on("error", () => end(undefined));
  });
}
