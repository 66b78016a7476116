import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Authority } from "../../src/demo/certificates.ts";
import { DAY } from "../../src/model/instant.ts";
import { isBeside } from "./support/beside.ts";
import { CLEAN_RESOURCE, cleanEntry, LAB_SECRET, startLab } from "./support/lab.ts";

/** Lets in whoever `isGood` knows; repeats in its answer every header that it was sent, as careless servers do. */
async function startApi(authority: Authority, isGood: (request: IncomingMessage) => boolean) {
  const validity = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 60 * DAY) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  const verdicts: boolean[] = [];
  const seen: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    const good = isGood(request);
    if (!isBeside(request)) verdicts.push(good);
    seen.push(
      ...[request.headers["x-signature"], request.headers.authorization].flatMap((value) => (value === undefined ? [] : [String(value)])),
    );
    const said = {
      "content-type": "application/json",
      "x-request-id": String(request.headers["x-signature"] ?? "none"),
      "cache-control": "no-store",
    };
    response.writeHead(good ? 200 : 401, said);
    response.end(JSON.stringify({ ...CLEAN_RESOURCE, echo: request.headers }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, verdicts, seen };
}

describe("an API whose requests are signed", () => {
  it("is asked as our clients ask it, each time anew; the signature and the key stay nowhere", async () => {
    const lab = await startLab();
    const api = await startApi(lab.authority, ({ method, url, headers }) => {
      const signature = createHmac("sha256", LAB_SECRET).update(`${headers["x-time"]}.${method}.${url}.`).digest("hex");
      return headers["x-signature"] === `v1=${signature}` && Math.abs(Number(headers["x-time"]) - lab.clock.now() / 1000) < 60;
    });
    const signing = { template: "{timestamp}.{method}.{target}.{body}", header: "X-Signature", prefix: "v1=", timestampHeader: "X-Time" };
    const entry = cleanEntry(api, { auth: { scheme: "hmac", credential: "env:LAB_KEY", signing } });
    const first = await lab.audit([entry], { withEvidence: true });
    lab.clock.advance(DAY);
    const second = await lab.audit([entry], { withEvidence: true });
    // Signed, and without a credential, in both audits.
    expect(api.verdicts).toEqual([true, false, true, false]);
    expect(new Set(api.seen).size).toBe(2);
    const traces = [JSON.stringify([first, second]), (await readFile(lab.databaseFile)).toString("latin1")].join("\n");
    for (const secret of [LAB_SECRET, ...api.seen.map((value) => value.slice("v1=".length))]) expect(traces).not.toContain(secret);
    expect(first.report.integrations[0]?.evidence?.["http-response"]?.[0]).toMatchObject({
      credential: { state: "sent", in: "signature" },
    });
  });
});
