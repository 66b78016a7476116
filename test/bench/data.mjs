// npm run bench:data: precision and recall of the classifier on labelled bodies, how often what is sure is right, and what large bodies cost; the
// tables go into docs/benchmarks.md. The real and the own bodies stand beside the repository and are left out, with that reason, where they do not.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import {
  BLIND,
  FIXTURES,
  isOnlyMeasured,
  isOnlyMeasuredRare,
  precision,
  RARE,
  recall,
  rowsOf,
  scoredBodies,
  sharedBodies,
} from "./label-scores.mjs";
import { replaceSection } from "./section.mjs";

/** Classes that several names fit: once counted strictly, once as one. */
const FOLDED = new Set(["access_token", "refresh_token", "session_token", "jwt", "api_key", "client_secret"]);
const SECRETS = new Set([
  ...FOLDED,
  ...["password", "password_hash", "pin", "webhook_secret", "private_key", "connection_string", "secret_url", "secret_blob", "otp_secret"],
  "security_question",
]);
const BUCKETS = [0.6, 0.7, 0.8, 0.9];

const shared = sharedBodies();
const labelled = shared === undefined ? [] : scoredBodies(shared);
const real = labelled.filter(({ file }) => !file.startsWith("own-"));
const own = labelled.filter(({ file }) => file.startsWith("own-"));
const fixtures = scoredBodies(FIXTURES);
const blind = scoredBodies(BLIND);
const rare = scoredBodies(RARE);
const groups = [
  ["real bodies", real],
  ["real bodies of providers that were looked at", real.filter(({ file }) => !isOnlyMeasured(file))],
  ["real bodies of providers that were only measured", real.filter(({ file }) => isOnlyMeasured(file))],
  ["self-made bodies beside the repository", own],
  ["of these, only measured", own.filter(({ file }) => isOnlyMeasured(file))],
  ["blind bodies (test/fixtures/blind-bodies), looked at since", blind],
  ["rare classes (test/fixtures/rare-bodies), looked at after the first measurement", rare.filter(({ file }) => !isOnlyMeasuredRare(file))],
  ["rare classes, only measured", rare.filter(({ file }) => isOnlyMeasuredRare(file))],
  ["self-made with the detectors (test/fixtures/bodies)", fixtures],
].filter(([, bodies]) => bodies.length > 0);

const lines = [
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench:data\` (${cpus()[0]?.model ?? "unknown"}, Node ${process.version}). A prediction is a pair of path and class;`,
  "it is right where a label requires it, wrong on a path without a label or with another class, and neither where a label calls the path ambiguous.",
  ...(shared === undefined ? ["", "The labelled bodies beside the repository are absent here: their rows are left out."] : []),
  "",
  "| bodies | number | required labels | precision | recall | F1 | wrong per 1,000 leaf paths | clean bodies that stay clean | mean over providers P / R |",
  "|---|---|---|---|---|---|---|---|---|",
  ...groups.map(([name, bodies]) => groupRow(name, bodies)),
  "",
  "Secrets, strictly and with tokens, keys and client secrets as one class:",
  "",
  "| bodies | strictly P / R | as one class P / R |",
  "|---|---|---|",
  ...groups.map(([name, bodies]) => secretsRow(name, bodies)),
  "",
  "Calibration: of what is reported at a confidence, how much is right (ambiguous paths left out):",
  "",
  "| confidence | real | self-made beside the repository | blind | rare classes | made with the detectors |",
  "|---|---|---|---|---|---|",
  ...BUCKETS.map(
    (from, at) =>
      `| ${from} to ${BUCKETS[at + 1] ?? 1} | ${[real, own, blind, rare, fixtures].map((bodies) => calibration(bodies, from, BUCKETS[at + 1])).join(" | ")} |`,
  ),
  "",
  "By class (right / missed / wrong):",
  "",
  "| class | real | self-made beside the repository | blind | rare classes | made with the detectors |",
  "|---|---|---|---|---|---|",
  ...classRows(),
  "",
  ...largeBodies(),
];
replaceSection("data", lines.join("\n"));
process.stdout.write(`${lines.join("\n")}\n`);

function groupRow(name, bodies) {
  const all = rowsOf(bodies).get("all");
  const [p, r] = [precision(all), recall(all)];
  const leaves = bodies.reduce((sum, body) => sum + body.leaves, 0);
  const clean = bodies.filter(({ isClean }) => isClean);
  const stillClean = clean.filter(({ wrong }) => wrong.length === 0).length;
  const perThousand = ((1000 * all.wrong) / leaves).toFixed(2);
  return `| ${name} | ${bodies.length} | ${all.right + all.missed} | ${share(p)} | ${share(r)} | ${share((2 * p * r) / (p + r))} | ${perThousand} | ${stillClean} of ${clean.length} | ${macro(bodies)} |`;
}

/** The mean of each provider's own figures: bodies of one provider repeat the same blocks. */
function macro(bodies) {
  const providers = new Map();
  for (const body of bodies) {
    const name = body.file.slice(0, body.file.indexOf("-"));
    providers.set(name, [...(providers.get(name) ?? []), body]);
  }
  const rows = [...providers.values()].map((of) => rowsOf(of).get("all"));
  const mean = (values) => {
    const known = values.filter((value) => value !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  return providers.size < 2 ? "-" : `${share(mean(rows.map(precision)))} / ${share(mean(rows.map(recall)))}`;
}

function secretsRow(name, bodies) {
  const only = bodies.map((body) => ({
    right: body.right.filter((label) => SECRETS.has(label.class)),
    missed: body.missed.filter((label) => SECRETS.has(label.class)),
    wrong: body.wrong.filter((fact) => SECRETS.has(fact.class)),
  }));
  const strict = rowsOf(only).get("all");
  const folded = rowsOf(only.map(foldedBody)).get("all");
  return `| ${name} | ${share(precision(strict))} / ${share(recall(strict))} | ${share(precision(folded))} / ${share(recall(folded))} |`;
}

/** A label that was missed and a fact that is wrong on the same path are one hit, where both are of the folded classes. */
function foldedBody({ right, missed, wrong }) {
  const isHit = (label) => FOLDED.has(label.class) && wrong.some((fact) => FOLDED.has(fact.class) && fact.path === label.path);
  const hits = missed.filter(isHit);
  return {
    right: [...right, ...hits],
    missed: missed.filter((label) => !isHit(label)),
    wrong: wrong.filter(
      (fact) => !(FOLDED.has(fact.class) && [...right, ...hits].some((label) => FOLDED.has(label.class) && label.path === fact.path)),
    ),
  };
}

function calibration(bodies, from, to = Number.POSITIVE_INFINITY) {
  const judged = bodies.flatMap((body) => body.judged).filter(({ fact }) => fact.confidence >= from && fact.confidence < to);
  const right = judged.filter(({ isRight }) => isRight).length;
  return judged.length === 0 ? "none" : `${right} of ${judged.length} (${share(right / judged.length)})`;
}

function classRows() {
  const columns = [real, own, blind, rare, fixtures].map((bodies) => rowsOf(bodies));
  const names = new Set(columns.flatMap((rows) => [...rows.keys()]));
  names.delete("all");
  const cell = (row) => (row === undefined ? "-" : `${row.right} / ${row.missed} / ${row.wrong}`);
  return [...names].sort().map((name) => `| ${name} | ${columns.map((rows) => cell(rows.get(name))).join(" | ")} |`);
}

/** In a process of its own, which nothing warmed up. */
function largeBodies() {
  const { stdout } = spawnSync(process.execPath, [join(import.meta.dirname, "large-bodies.mjs"), "--json"], { encoding: "utf8" });
  const { ratio, stream } = JSON.parse(stdout);
  const ms = (value) => Math.round(value).toLocaleString("en-US");
  const mb = (octets) => Math.round(octets / 1024 / 1024);
  return [
    "Large bodies, in records of about 125 octets, best of five runs in turn with `JSON.parse` of the same text:",
    "",
    "| body | `JSON.parse` alone | classified | ratio | first run | memory grown | throughput |",
    "|---|---|---|---|---|---|---|",
    `| ${mb(ratio.octets)} MB, whole, ${ratio.records.toLocaleString("en-US")} records | ${ms(ratio.parseMs)} ms | ${ms(ratio.classifyMs)} ms | ${ratio.ratio.toFixed(1)} | ${ms(ratio.firstClassifyMs)} ms | - | ${(mb(ratio.octets) / (ratio.classifyMs / 1000)).toFixed(0)} MB/s |`,
    `| ${mb(stream.octets)} MB, in parts | - | ${ms(stream.seconds * 1000)} ms | - | - | ${Math.round(stream.grownMb)} MB | ${stream.mbPerSecond.toFixed(0)} MB/s |`,
  ];
}

function share(part) {
  return part === undefined || Number.isNaN(part) ? "-" : part.toFixed(3);
}
