import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { SecureVersion, TLSSocket } from "node:tls";
import { onTestFinished } from "vitest";
import type { Authority } from "../../../src/demo/certificates.ts";
import { DAY } from "../../../src/model/instant.ts";
import { isBeside } from "./beside.ts";
import { CLIENT_ROOT } from "./client-certificate-knobs.ts";
import { CLEAN_RESOURCE } from "./lab.ts";

/** `demanding` ends the handshake without a certificate, `refusing` says 403, `ignoring` answers all the same. */
export type Insistence = "demanding" | "refusing" | "ignoring";

/** An API on loopback that wants a certificate of our own authority. Ends with the test. */
export interface MtlsApi {
  readonly url: string;
  /** Of each request that came, but for what is asked of every API beside its own paths: whose certificate, and what it carried. */
  readonly asked: { readonly shown: string | undefined; readonly headers: Readonly<Record<string, unknown>> }[];
  turn(insistence: Insistence): void;
}

export async function startMtlsApi(
  authority: Authority,
  { insistence = "refusing", version }: { readonly insistence?: Insistence; readonly version?: SecureVersion } = {},
): Promise<MtlsApi> {
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 60 * DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const demand = { requestCert: true, rejectUnauthorized: insistence === "demanding", ca: [CLIENT_ROOT.pem] };
  const asked: MtlsApi["asked"] = [];
  let now = insistence;
  const versions = version === undefined ? {} : { minVersion: version, maxVersion: version };
  const server = createServer({ cert, key, ...demand, ...versions }, (request, response) => {
    const socket = request.socket as TLSSocket;
    const shown = socket.authorized ? String(socket.getPeerCertificate().subject.CN) : undefined;
    if (!isBeside(request)) asked.push({ shown, headers: request.headers });
    const isLetIn = shown !== undefined || now === "ignoring";
    response.writeHead(isLetIn ? 200 : 403, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(isLetIn ? CLEAN_RESOURCE : { error: "a certificate is required" }));
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    asked,
    turn(insistence) {
      now = insistence;
    },
  };
}
