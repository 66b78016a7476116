// Writes data/{cipher-suites,named-groups,signature-schemes,tls-names}.json from the rows beside this file, or with --check says which of
// them are not what it would write. What judges the strength of a cipher suite follows from its name; data/cipher-suites.json is also an
// input, because the names of the suites are not kept twice.

import { readFileSync, writeFileSync } from "node:fs";
import { classifySuite } from "./code-points/classify-suite.mjs";
import { GROUPS } from "./code-points/group-rows.mjs";
import { ALERTS, EXTENSIONS } from "./code-points/name-rows.mjs";
import { SCHEMES } from "./code-points/scheme-rows.mjs";
import { ASSIGNED, SSL2_KINDS, UNASSIGNED } from "./code-points/suite-rows.mjs";

const LICENCE = "IANA registries are in the public domain (CC0 1.0)";
const REGISTRY = "https://www.iana.org/assignments/tls-parameters/";
const RETRIEVED = "2026-11-29";

const written = {
  "cipher-suites": cipherSuites(),
  "named-groups": dated(
    `IANA TLS Supported Groups registry, ${REGISTRY} (as of RFC 8446, 8734, 8998, 9189, 9367, 7919 and draft-ietf-tls-ecdhe-mlkem, draft-ietf-tls-mlkem)`,
    {
      groups: GROUPS.map(([code, name, kind, bits, versions]) => ({ code: hex(code), name, kind, bits, ...flags(versions) })).sort(byCode),
    },
  ),
  "signature-schemes": dated(
    `IANA TLS SignatureScheme registry, ${REGISTRY} (compared with a copy of 2023; later rows from draft-ietf-tls-mldsa and draft-reddy-tls-slhdsa), and the pairs of RFC 5246 section 7.4.1.4.1`,
    {
      schemes: SCHEMES.map(([code, name, signature, hash, versions]) => ({
        code: hex(code),
        name,
        signature,
        hash,
        ...flags(versions),
      })).sort(byCode),
    },
  ),
  "tls-names": dated(`IANA TLS Alerts and TLS ExtensionType Values registries, ${REGISTRY}`, {
    alerts: ALERTS.map(([code, name]) => ({ code, name })),
    extensions: EXTENSIONS.map(([code, name]) => ({ code, name })),
  }),
};

const check = process.argv.includes("--check");
for (const [name, facts] of Object.entries(written)) {
  const file = new URL(`../../data/${name}.json`, import.meta.url);
  const text = layout(facts);
  if (!check) writeFileSync(file, text);
  else if (readFileSync(file, "utf8") !== text) throw new Error(`data/${name}.json is not what test/support/write-code-points.mjs writes`);
}

function cipherSuites() {
  const {
    source,
    licence,
    cipherSuites: known,
  } = JSON.parse(readFileSync(new URL("../../data/cipher-suites.json", import.meta.url), "utf8"));
  const names = new Map(
    known.filter(({ unassigned }) => unassigned !== true).map(({ code, name, openssl }) => [Number(code), { name, openssl }]),
  );
  for (const [code, name] of ASSIGNED) names.set(code, { name });
  for (const [code, name, openssl] of UNASSIGNED) names.set(code, { name, openssl, unassigned: true });
  const rows = [...names].map(([code, { name, openssl, unassigned }]) => ({
    code: hex(code),
    name,
    ...(openssl === undefined ? {} : { openssl }),
    ...classifySuite(name),
    ...(unassigned === true ? { unassigned } : {}),
  }));
  return {
    source,
    retrieved: RETRIEVED,
    licence,
    cipherSuites: rows.sort(byCode),
    ssl2CipherKinds: SSL2_KINDS.map(([code, name, bits]) => ({ code, name, bits })),
  };
}

function dated(source, rows) {
  return { source, retrieved: RETRIEVED, licence: LICENCE, ...rows };
}

function flags(versions) {
  return {
    ...(versions.includes("2") ? { tls12: true } : {}),
    ...(/c3/.test(versions) ? { tls13: "certificates" } : versions.includes("3") ? { tls13: true } : {}),
  };
}

function hex(code) {
  return `0x${code.toString(16).toUpperCase().padStart(4, "0")}`;
}

function byCode(a, b) {
  return Number(a.code) - Number(b.code);
}

/** One row a line, so that a diff shows what changed. */
function layout(facts) {
  const fields = Object.entries(facts).map(([key, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const rows = value.map((row) => `    ${JSON.stringify(row).replace(/":/g, '": ').replace(/,"/g, ', "')}`);
    return `  ${JSON.stringify(key)}: [\n${rows.join(",\n")}\n  ]`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}
