import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { createAuthority } from "../../src/demo/certificates.ts";
import { canariesIn } from "../lab/support/canary.ts";
import { type CliResult, runCli } from "../lab/support/run-cli.ts";
import { temporaryFolder } from "../lab/support/temporary-folder.ts";

const FIXTURES = fileURLToPath(new URL("../fixtures/bodies/", import.meta.url));
const SHARED = fileURLToPath(new URL("../../../shared/reference/bodies/", import.meta.url));

interface LabelledBody {
  readonly file: string;
  readonly folder: string;
  readonly content: Buffer;
  readonly values: readonly string[];
}

describe("values of labelled bodies", () => {
  it("of the repository are in nothing that an audit leaves", () => audited(labelledBodies(FIXTURES)), 300_000);

  it.skipIf(!existsSync(SHARED))(
    `of real providers are in nothing that an audit leaves${existsSync(SHARED) ? "" : " (skipped: ../shared/reference/bodies is absent)"}`,
    () => audited(labelledBodies(SHARED)),
    300_000,
  );
});

/** Once with the bodies, and once with nothing in their place: what stands in the second is not from them. */
async function audited(bodies: readonly LabelledBody[]): Promise<void> {
  const values = [...new Set(bodies.flatMap((body) => body.values))];
  expect(values.length).toBeGreaterThan(100);
  const server = await startServer(bodies);
  const innocent = new Set(canariesIn(await outputsOf(bodies, server.url, server.ca), values).map(({ canary }) => canary));
  const isTelling = values.filter((value) => !innocent.has(value));
  const served = canariesIn(Buffer.concat(bodies.map(({ content }) => content)), isTelling);
  expect(new Set(served.map(({ canary }) => canary)).size).toBeGreaterThan(values.length * 0.8);
  server.serveBodies();
  const outputs = await outputsOf(bodies, server.url, server.ca);
  expect(server.served()).toBeGreaterThan(bodies.length * 0.9);
  expect(outputs.toString("latin1")).toContain("data/sensitive-field-undeclared");
  expect(canariesIn(outputs, isTelling)).toEqual([]);
}

/** Everything that is printed, written and kept of an audit, and of what looks back at it. */
async function outputsOf(bodies: readonly LabelledBody[], url: string, ca: string): Promise<Buffer> {
  const folder = await temporaryFolder();
  await folder.write("ca.pem", ca);
  const endpoints = bodies.map((_, at) => ({ id: `e${at}`, request: `GET /${at}` }));
  const integrations = chunks(endpoints, 25).map((some, at) => ({
    id: `labelled-${at}`,
    network: "internal",
    baseUrl: url,
    auth: { scheme: "none" },
    budget: { callsPerMonth: 1000 },
    endpoints: some,
  }));
  await folder.write("apirisk.yaml", stringify({ version: 1, integrations }));
  const run = (...args: readonly string[]) => runCli(args, { home: folder.path, env: { DEBUG: "apirisk*" }, timeoutMs: 120_000 });
  const results: CliResult[] = [];
  results.push(
    await run("audit", "--ca", "ca.pem", "--db", "history.db", "--only", "data,header", "--json", "--evidence", "--output", "report.json"),
  );
  for (const command of [
    ["finding", "list", "--db", "history.db", "--json"],
    ["run", "show", "latest", "--db", "history.db"],
    ["run", "replay", "latest", "--db", "history.db"],
  ]) {
    results.push(await run(...command));
  }
  expect(results.map(({ code }) => code)).not.toContain(70);
  const printed = results.map(({ stdout, stderr }) => `${stdout}\n${stderr}`).join("\n");
  const files = await folder.contents();
  expect([...files.keys()].some((file) => file.endsWith("report.json"))).toBe(true);
  return Buffer.concat([Buffer.from(printed), ...[...files].flatMap(([file, bytes]) => (file.endsWith("yaml") ? [] : [bytes]))]);
}

async function startServer(bodies: readonly LabelledBody[]) {
  const authority = createAuthority();
  const day = 86_400_000;
  const validity = { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + 200 * day) };
  const { chainPem: cert, keyPem: key } = authority.issue({ ipAddresses: ["127.0.0.1"], ...validity });
  let withBodies = false;
  let served = 0;
  const server = createServer({ cert, key }, (request, response) => {
    const body = bodies[Number((request.url ?? "").slice(1))];
    if (body === undefined) return void response.writeHead(404, { "content-type": "application/json" }).end("{}");
    if (withBodies) served += 1;
    response.writeHead(200, { "content-type": TYPES[body.file.replace(/^.*\./, "")] ?? "application/json" });
    response.end(withBodies ? body.content : "{}");
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    ca: authority.certificatePem,
    serveBodies() {
      withBodies = true;
    },
    served: () => served,
  };
}

function labelledBodies(folder: string): readonly LabelledBody[] {
  return readdirSync(folder)
    .filter((file) => BODY.test(file))
    .sort()
    .map((file) => {
      const content = readFileSync(folder + file);
      const labels = JSON.parse(readFileSync(folder + file.replace(BODY, ".labels.json"), "utf8")) as readonly { readonly path: string }[];
      return {
        file,
        folder,
        content,
        values:
          labels.length === 0
            ? []
            : valuesOf(
                content.toString("utf8"),
                labels.map(({ path }) => path),
              ),
      };
    });
}

/** Texts under the labelled paths that no other place of a report would hold: eight characters and more, and no plain word. */
function valuesOf(text: string, paths: readonly string[]): readonly string[] {
  const documents = jsonLines(text);
  return paths
    .flatMap((path) => documents.flatMap((document) => valuesAt(document, path)))
    .map((value) => value.trim())
    .filter((value) => value.length >= 8 && !/^[a-z_]+$/.test(value));
}

function jsonLines(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    const lines = text.split("\n").filter((line) => line.startsWith("{"));
    return lines.length > 0 ? [lines.map((line) => JSON.parse(line) as unknown)] : [];
  }
}

function valuesAt(document: unknown, path: string): readonly string[] {
  const steps = path.match(/\[\]|\{\}|\.[A-Za-z_@$][\w@$-]*|\['(?:[^'\\]|\\.)*'\]/g) ?? [];
  let nodes: readonly unknown[] = [document];
  for (const step of steps) {
    nodes = nodes.flatMap((node): readonly unknown[] => {
      if (step === "[]") return Array.isArray(node) ? node : [];
      if (typeof node !== "object" || node === null || Array.isArray(node)) return [];
      const key = step.startsWith(".") ? step.slice(1) : step.slice(2, -2).replace(/\\(.)/g, "$1");
      return step === "{}" ? Object.values(node) : [(node as Readonly<Record<string, unknown>>)[key]];
    });
  }
  return nodes.flatMap((node) => (typeof node === "string" || typeof node === "number" ? [String(node)] : []));
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

const BODY = /(?<!\.labels|expect)\.(?:json|ndjson|csv|xml)$/;
const TYPES: Readonly<Record<string, string>> = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv",
  xml: "application/xml",
};
