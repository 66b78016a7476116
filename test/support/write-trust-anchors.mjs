// Writes data/trust-anchors.json: the roots that the node which runs this trusts by itself, which are Mozilla's. Run it with the newest node:
//
//   /path/to/newest/node test/support/write-trust-anchors.mjs
//
// With --check any node says whether names, hashes, order and layout of the file are what this would write of the certificates in it.

import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { rootCertificates } from "node:tls";

const RETRIEVED = "2026-11-30";
const FILE = new URL("../../data/trust-anchors.json", import.meta.url);

if (!process.argv.includes("--check")) {
  const source = `Mozilla's root certificates for servers as Node.js ${process.versions.node} carries them (tls.rootCertificates); written by test/support/write-trust-anchors.mjs`;
  writeFileSync(FILE, layout(source, RETRIEVED, rootCertificates));
} else {
  const text = readFileSync(FILE, "utf8");
  const { source, retrieved, anchors } = JSON.parse(text);
  const same = layout(
    source,
    retrieved,
    anchors.map(({ der }) => Buffer.from(der, "base64")),
  );
  if (text !== same) throw new Error("data/trust-anchors.json is not what test/support/write-trust-anchors.mjs writes");
}

function layout(source, retrieved, certificates) {
  const head = Object.entries({ source, retrieved, licence: "Mozilla CA certificate list, MPL-2.0" });
  const anchors = certificates.map(anchorOf).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (new Set(anchors.map(({ name }) => name)).size < anchors.length) throw new Error("two anchors have the same name");
  const lines = head.map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const rows = anchors.map((anchor) => `    ${JSON.stringify(anchor).replace(/":/g, '": ').replace(/,"/g, ', "')}`);
  return `{\n${lines.join("\n")}\n  "anchors": [\n${rows.join(",\n")}\n  ]\n}\n`;
}

function anchorOf(certificate) {
  const { subject, raw } = new X509Certificate(certificate);
  return { name: nameIn(subject), sha256: createHash("sha256").update(raw).digest("hex"), der: raw.toString("base64") };
}

/** The common name; the unit where there is none, or where it only repeats the organisation as GlobalSign's do. */
function nameIn(subject) {
  const attribute = (type) => new RegExp(`^${type}=(.*)$`, "m").exec(subject)?.[1].replaceAll("\\", "");
  return [attribute("CN"), attribute("OU")].find((name) => name !== undefined && name !== attribute("O"));
}
