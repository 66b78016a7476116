import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHECKPOINTS, type Checkpoint } from "../../src/app/checkpoint.ts";
import { type HeardPost, receiver } from "../app/receivers.ts";
import { damageOf, killAt, notifyFile, reportOf, rowsAsLeft, rowsOf, type SmallEstate, smallEstate } from "./support/small-estate.ts";

/**
 * kill -9 at every named point of a run (history.md 7, rows 1 to 3). Between a clean run and the killed one two providers got worse
 * and one went away: "first" is held back until the run knows the time, "last" is committed at once, "gone" is held back to the end.
 */
const IDS = ["first", "second", "third", "fourth", "fifth", "last", "gone"];
const HOOKS = ["hook-a", "hook-b", "hook-c"];
const FLAGS = ["--json", "--depth", "quick", "--min-coverage", "0", "--fail-on", "regression"];

let estate: SmallEstate;
let clean: string;
/** What a run that nobody kills says of the same night, by fingerprint and kind of change. */
let news: readonly string[];
let standing: readonly string[];

beforeAll(async () => {
  const banner = { headers: { server: "nginx/1.18.0" } };
  estate = await smallEstate(IDS, { conditions: { second: banner, third: { certificate: "expiring" }, gone: banner } });
  await estate.write("notify.json", notifyFile(HOOKS));
  expect((await estate.audit(FLAGS)).code).toBe(0);
  clean = join(estate.home, "history.db");
  await estate.api("first").change({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
  await estate.api("last").change({ tlsVersions: { min: "TLS 1.0", max: "TLS 1.1" } });
  await estate.api("gone").change({ listens: false });
  await onCopy(async (file) => {
    const { code } = await estate.audit([...FLAGS, "--db", file]);
    expect(code).toBe(1);
    news = changesIn(file);
    standing = findingsIn(file);
  });
  expect(news.filter((change) => change.endsWith(" new")).length).toBeGreaterThanOrEqual(4);
  expect(news.filter((change) => change.endsWith(" resolved"))).toEqual([]);
}, 300_000);

afterAll(() => estate?.close());

describe("kill -9 at every named point of a run", () => {
  it.each(CHECKPOINTS.flatMap((point) => (REPEATED.has(point) ? [[point, 1] as const, [point, 3] as const] : [[point, 1] as const])))(
    "%s, passing %i",
    async (point, nth) => {
      const { heard, origin } = await receiver();
      await onCopy(async (file) => {
        const env = telling(origin);
        const killed = await estate.audit([...FLAGS, "--db", file], { env: { ...env, ...killAt(point, nth) } });
        const reached = /^reached (\S+) with (\d+) committed$/m.exec(killed.stderr);
        expect([killed.signal, reached?.[1]]).toEqual(["SIGKILL", `${point}:${nth}`]);
        const kept = isPast(point, "held-back-committed") ? IDS.length : Number(reached?.[2]);
        expect(await rowsAsLeft(file, AUDITS_OF_SECOND_RUN)).toHaveLength(kept);

        const next = await estate.audit([...FLAGS, "--db", file], { env });
        expect([next.code, next.signal]).toEqual([expect.toSatisfy((code) => code === 0 || code === 1), undefined]);
        expect(reportOf(next).run.status).toBe("partial");
        const ended = isPast(point, "run-finished") ? ["partial"] : isPast(point, "run-begun") ? ["crashed"] : [];
        const statuses = rowsOf<{ status: string }>(file, "SELECT status FROM run ORDER BY id").map(({ status }) => status);
        expect(statuses).toEqual(["complete", ...ended, "partial"]);
        if (ended.length > 0) expect(rowsOf(file, AUDITS_OF_SECOND_RUN)).toHaveLength(kept);
        expect(damageOf(file)).toEqual([]);
        expect(changesIn(file)).toEqual(news);
        expect(findingsIn(file)).toEqual(standing);
        // Channels are told at the same time: while one is marked, another may have heard it and not be marked yet.
        expectToldOnce(heard, point === "message-sent" || (point === "message-marked" && nth === 1));
      });
    },
    300_000,
  );
});

/** Points that one run passes more than once. */
const REPEATED: ReadonlySet<Checkpoint> = new Set([
  "knowledge-read",
  "integration-observed",
  "integration-judged",
  "integration-held-back",
  "integration-committed",
  "message-sent",
  "message-marked",
]);

const AUDITS_OF_SECOND_RUN = "SELECT 1 FROM audit WHERE run_id = 2";

function isPast(point: Checkpoint, other: Checkpoint): boolean {
  return CHECKPOINTS.indexOf(point) >= CHECKPOINTS.indexOf(other);
}

async function onCopy(work: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "apirisk-kill-"));
  try {
    await copyFile(clean, join(folder, "history.db"));
    await work(join(folder, "history.db"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function telling(origin: string): Readonly<Record<string, string>> {
  const urls = Object.fromEntries(HOOKS.map((id) => [id.toUpperCase().replaceAll("-", "_"), `${origin}/${id}`]));
  return { ...urls, SIGNING: "signing-key-of-this-test-alone", APIRISK_NOTIFY: join(estate.home, "notify.json") };
}

/** Every change that history tells of, however many runs it took. */
function changesIn(file: string): readonly string[] {
  const sql = "SELECT fingerprint, kind FROM event WHERE fingerprint IS NOT NULL ORDER BY fingerprint, kind";
  return rowsOf<{ fingerprint: string; kind: string }>(file, sql).map(({ fingerprint, kind }) => `${fingerprint} ${kind}`);
}

function findingsIn(file: string): readonly string[] {
  const sql = "SELECT fingerprint, presence, severity FROM finding ORDER BY fingerprint";
  type Row = { fingerprint: string; presence: string; severity: string };
  return rowsOf<Row>(file, sql).map(({ fingerprint, presence, severity }) => `${fingerprint} ${presence} ${severity}`);
}

/** Each channel hears of each change under one id; more than once only when the program could not know that it had been heard. */
function expectToldOnce(heard: readonly HeardPost[], mayRepeat: boolean): void {
  const worse = news.filter((change) => change.endsWith(" new")).map((change) => change.split(" ")[0]);
  for (const hook of HOOKS) {
    const posts = heard.filter(({ path }) => path === `/${hook}`);
    const ids = new Map<string, Set<unknown>>();
    for (const { headers, body } of posts) {
      for (const fingerprint of fingerprintsOf(body)) {
        ids.set(fingerprint, (ids.get(fingerprint) ?? new Set()).add(headers["webhook-id"]));
      }
    }
    for (const fingerprint of worse) expect([hook, fingerprint, ids.get(fingerprint ?? "")?.size]).toEqual([hook, fingerprint, 1]);
    if (!mayRepeat) expect(posts).toHaveLength(new Set(posts.map(({ headers }) => headers["webhook-id"])).size);
  }
}

function fingerprintsOf(body: string): readonly string[] {
  const document = JSON.parse(body) as { readonly data: { readonly lines: readonly { readonly fingerprints?: readonly string[] }[] } };
  return document.data.lines.flatMap(({ fingerprints = [] }) => fingerprints);
}
