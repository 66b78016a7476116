// npm run bench:chains: what judging stored chains costs beside node's own parsing and signature checks of the same certificates, in the same
// process, in turns; the medians of several rounds go into docs/benchmarks.md.
import { X509Certificate } from "node:crypto";
import { register } from "node:module";
import { cpus } from "node:os";
import { performance } from "node:perf_hooks";
import { replaceSection } from "./section.mjs";

register("./typescript-hooks.mjs", import.meta.url);
const { intermediate, rootAuthority, serverLeaf } = await import("../lab/support/certificate-factory.ts");
const { newKey } = await import("../lab/support/certificate-keys.ts");
const { anchorsOf } = await import("../../dist/src/pki/build-path.js");
const { bundledAnchors } = await import("../../dist/src/judge/facts/anchors.js");
const { judgeServed } = await import("../../dist/src/judge/facts/chains.js");
const { judge } = await import("../../dist/src/judge/rules/engine.js");
const { redact } = await import("../../dist/src/evidence/redact.js");
const { certificateFacts } = await import("../../dist/src/observe/probes/certificate-facts.js");
const { integrationIdentity } = await import("../../dist/src/model/fingerprint.js");

const CHAINS = 1000;
const ROUNDS = 9;
const AT = Date.now();
const HOSTS = Array.from({ length: CHAINS }, (_, at) => `api-${at}.acme.example`);

/** Half of them ECDSA as Let's Encrypt has it, half RSA; ten authorities of each. */
const roots = [rootAuthority({ subject: "EC root", key: newKey("p384") }), rootAuthority({ subject: "RSA root", key: newKey("rsa4096") })];
const authorities = roots.flatMap((root, kind) =>
  Array.from({ length: 10 }, (_, at) => intermediate(root, { subject: `issuing ${kind} ${at}`, key: newKey(kind === 0 ? "p384" : "rsa") })),
);
const rsaKeys = Array.from({ length: 20 }, () => newKey("rsa"));
const chains = HOSTS.map((host, at) => {
  const isRsa = at % 2 === 1;
  const authority = authorities[(isRsa ? 10 : 0) + (at % 10)];
  return {
    host,
    root: roots[isRsa ? 1 : 0],
    made: [serverLeaf(authority, { dns: [host], key: isRsa ? rsaKeys[at % 20] : newKey() }), authority],
  };
});
const stored = chains.map(({ host, made, root }) => ({ host, ders: made.map(({ der }) => Buffer.from(der)), root: Buffer.from(root.der) }));
const anchors = anchorsOf(roots.map(({ der }) => der));
// Among the bundled ones, so that the rules for public authorities have their work to do.
for (const [name, certificates] of anchors.bySubject) bundledAnchors().bySubject.set(name, certificates);

function nodesWork() {
  let valid = 0;
  for (const { ders, root } of stored) {
    const parsed = [...ders, root].map((der) => new X509Certificate(der));
    const signed = parsed.slice(0, -1).every((certificate, at) => certificate.verify(parsed[at + 1].publicKey));
    if (signed) valid += 1;
  }
  return valid;
}

function ourWork() {
  let trusted = 0;
  for (const { ders, host } of stored) if (judgeServed(ders, host, AT, anchors).isTrusted) trusted += 1;
  return trusted;
}

/** From base64, as the store keeps them, through every rule about certificates. */
const bundles = stored.map(({ host, ders }) => {
  const origin = `https://${host}`;
  const evidence = () =>
    redact(
      "tls-session",
      {
        address: "192.0.2.1",
        version: "TLS 1.3",
        cipherSuite: { name: "TLS_AES_128_GCM_SHA256" },
        trusted: true,
        chain: ders.map(certificateFacts),
        chainSource: "served",
        anchors: [],
      },
      (text) => text,
    );
  const text = JSON.stringify(evidence());
  const integration = {
    id: host,
    uid: integrationIdentity(host, []),
    previousIds: [],
    name: host,
    adHoc: false,
    criticality: "medium",
    environment: "production",
    dataClasses: [],
    tags: [],
    network: "public",
    baseUrl: origin,
    additionalUrls: [],
    headers: {},
    auth: { neededScopes: [] },
    authProof: { level: "none" },
    budget: {},
    endpoints: [],
    waivers: [],
  };
  return { origin, text, integration };
});

function allRules() {
  let results = 0;
  for (const { origin, text, integration } of bundles) {
    const key = { origin, address: "192.0.2.1" };
    const observation = {
      probe: "tls-session",
      kind: "tls-session",
      key,
      observedAt: AT,
      durationMs: 0,
      outcome: "observed",
      evidence: JSON.parse(text),
    };
    const options = { policy: { packs: [], rules: {} }, families: ["certificate"], known: [], hashOf: () => "" };
    results += judge({ integration, observations: [observation], asOf: AT }, options).length;
  }
  return results;
}

const kinds = { node: nodesWork, path: ourWork, rules: allRules };
const walls = { node: [], path: [], rules: [] };
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, work] of Object.entries(kinds)) {
    const begun = performance.now();
    const done = work();
    const wall = performance.now() - begun;
    if (name !== "rules" && done !== CHAINS) throw new Error(`${name}: ${done} of ${CHAINS} chains hold`);
    // The first round warms up.
    if (round > 0) walls[name].push(wall);
  }
}
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const node = median(walls.node);
const row = (what, name) => {
  const wall = median(walls[name]);
  return `| ${what} | ${(wall / CHAINS).toFixed(3)} ms | ${(wall / node).toFixed(2)} |`;
};
const lines = [
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:chains\` (${cpus()[0]?.model ?? "unknown"}, Node ${process.version}): ${CHAINS.toLocaleString("en-US")} chains of two certificates and a root,`,
  `half ECDSA and half RSA, on one core, the median of ${ROUNDS} rounds in turn.`,
  "",
  "| work | per chain | beside node |",
  "|---|---|---|",
  row("node: `X509Certificate` of each, and each signature checked", "node"),
  row("paths built and judged from DER", "path"),
  row("every rule about certificates, from the JSON that the store keeps", "rules"),
];
replaceSection("chains", lines.join("\n"));
process.stdout.write(`${lines.join("\n")}\n`);
