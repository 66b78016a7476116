// How fast large bodies are classified, and in how much memory:
//   node test/bench/large-bodies.mjs
// A body of 12 MB in records of about 125 octets, against JSON.parse of the same text in the same process; one of 200 MB that comes in parts and is
// never whole in memory, in a process of its own. `--only ratio` or `--only stream` for one of the two, `--json` for figures alone.
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bodyClassifier, classifyBody } from "../../dist/src/observe/classify/classify-body.js";

const MB = 1024 * 1024;
const NAMES = [
  "Anna",
  "Boris",
  "Chiara",
  "Dmitri",
  "Elena",
  "Farid",
  "Greta",
  "Hiro",
  "Ines",
  "Jonas",
  "Kwame",
  "Lena",
  "Mateo",
  "Noor",
  "Olga",
];
const OPTIONS = { contentType: "application/json", truncated: false, knownMaps: [] };
const { values: flags } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean" }, child: { type: "string" } } });

if (flags.child === "stream") {
  console.log(JSON.stringify(streamed(200 * MB)));
} else {
  const figures = {
    ...(flags.only !== "stream" && { ratio: against(12 * MB) }),
    ...(flags.only !== "ratio" && { stream: inChild("stream") }),
  };
  if (flags.json) console.log(JSON.stringify(figures));
  else print(figures);
}

/** The best of several runs of each, in turn. */
function against(size) {
  const body = Buffer.concat([...parts(size)]);
  const text = body.toString("utf8");
  const parse = [];
  const classify = [];
  for (let run = 0; run < 5; run += 1) {
    parse.push(timed(() => JSON.parse(text)));
    classify.push(timed(() => classifyBody(body, OPTIONS)));
  }
  const { state, records, subjects } = classifyBody(body, OPTIONS);
  return {
    octets: text.length,
    state,
    records,
    subjects,
    parseMs: Math.min(...parse),
    classifyMs: Math.min(...classify),
    firstClassifyMs: classify[0],
    ratio: Math.min(...classify) / Math.min(...parse),
  };
}

function streamed(size) {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  const classifier = bodyClassifier({ ...OPTIONS, maxBytes: Number.POSITIVE_INFINITY });
  let octets = 0;
  let peak = before;
  const start = performance.now();
  for (const part of parts(size)) {
    classifier.write(part);
    octets += part.length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const { state, records, subjects } = classifier.end();
  const seconds = (performance.now() - start) / 1000;
  return {
    octets,
    state,
    records,
    subjects,
    seconds,
    mbPerSecond: octets / MB / seconds,
    grownMb: (Math.max(peak, process.memoryUsage.rss()) - before) / MB,
  };
}

/** A list of people as an API sends them. */
function* parts(size) {
  yield Buffer.from('{"object":"list","data":[');
  let length = 0;
  let records = [];
  for (let id = 0; length < size; id += 1) {
    const name = NAMES[(id * 7) % NAMES.length];
    const record = `${id === 0 ? "" : ","}{"id":${100_000 + id},"name":"${name} ${NAMES[(id * 3) % NAMES.length]}","email":"${name.toLowerCase()}.${id}@acme.com","created":"2026-03-${String(1 + (id % 28)).padStart(2, "0")}T10:00:00Z","active":${id % 3 === 0},"score":${(id % 1000) / 8}}`;
    records.push(record);
    length += record.length;
    if (records.length === 500) {
      yield Buffer.from(records.join(""));
      records = [];
    }
  }
  yield Buffer.from(`${records.join("")}],"has_more":false}`);
}

function inChild(name) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), "--child", name], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function print({ ratio, stream }) {
  if (ratio !== undefined) {
    console.log(
      `${(ratio.octets / MB).toFixed(1)} MB, ${ratio.records} records: JSON.parse ${ratio.parseMs.toFixed(0)} ms, classified in ${ratio.classifyMs.toFixed(0)} ms` +
        ` (the first time ${ratio.firstClassifyMs.toFixed(0)} ms), ${ratio.ratio.toFixed(1)} times as long, ${((1000 * ratio.octets) / MB / ratio.classifyMs).toFixed(0)} MB/s`,
    );
  }
  if (stream !== undefined) {
    console.log(
      `${(stream.octets / MB).toFixed(0)} MB in parts, ${stream.records} records: ${stream.seconds.toFixed(1)} s, ${stream.mbPerSecond.toFixed(0)} MB/s, memory grew by ${stream.grownMb.toFixed(0)} MB`,
    );
  }
}
