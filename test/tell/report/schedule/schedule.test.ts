import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { readTrust } from "../../../../src/local/bindings.ts";
import { createFilePort } from "../../../../src/local/files.ts";
import { readNotifyConfig } from "../../../../src/local/notify-config.ts";
import { MINUTE } from "../../../../src/model/instant.ts";
import type { Result } from "../../../../src/model/result.ts";
import { type CronOptions, cronSchedule } from "../../../../src/tell/report/schedule/cron.ts";
import { type GithubActionsOptions, githubActionsSchedule } from "../../../../src/tell/report/schedule/github-actions.ts";
import { type KubernetesOptions, kubernetesSchedule } from "../../../../src/tell/report/schedule/kubernetes.ts";
import type { Refusal, ScheduleFile } from "../../../../src/tell/report/schedule/schedule.ts";
import { type SystemdOptions, systemdSchedule } from "../../../../src/tell/report/schedule/systemd.ts";

const NIGHT = { at: { hour: 3, minute: 17 }, jitterMs: 15 * MINUTE, maxTimeMs: 45 * MINUTE };
const HERE = { ...NIGHT, program: ["/usr/bin/node", "/opt/apirisk/main.js"], inventory: "/etc/apirisk/apirisk.yaml" };
const cron = (over: Partial<CronOptions> = {}) => cronSchedule({ ...HERE, ...over });
const systemd = (over: Partial<SystemdOptions> = {}) => systemdSchedule({ ...HERE, credentials: [], ...over });
const kubernetes = (over: Partial<KubernetesOptions> = {}) =>
  kubernetesSchedule({ ...NIGHT, image: "registry.example.com/apirisk:1", inventory: "apirisk.yaml", ...over });
const github = (over: Partial<GithubActionsOptions> = {}) =>
  githubActionsSchedule({ ...NIGHT, jitterMs: 0, inventory: "apirisk.yaml", version: "0.1.0", ...over });

function text(made: Result<readonly ScheduleFile[], Refusal>, index = 0): string {
  if (!made.ok) throw new Error(`${made.error.flag} ${made.error.reason}`);
  return made.value[index]?.content ?? "";
}

/** Values of a unit's setting. */
function setting(unit: string, name: string): readonly string[] {
  return unit.split("\n").flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));
}

const ODD_PATHS = [
  "/a b/c",
  "/it's",
  '/say "x"',
  "/100%",
  "/%n%%",
  "/$HOME/$\u007bX}/$(id)/`id`",
  "/a;b&c|d>e*?[x]!#~",
  "/ünïcödé",
  "/-x",
  "/a'%'b",
];
const UNPRINTABLE = ["/a\nb", "/a\rb", "/a\tb", "/a\0b", "/a\u202eb", "/a\u2028b", "/a\ud800b", "/a\u001bb"];

describe("cron", () => {
  it("is one line with absolute paths, after what cron knows", () => {
    const lines = text(cron()).split("\n");
    expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
      "PATH=/usr/bin:/usr/local/bin:/bin",
      "CRON_TZ=UTC",
      "17 3 * * * /usr/bin/node /opt/apirisk/main.js audit --cron --inventory /etc/apirisk/apirisk.yaml --max-time 45m --jitter 15m",
      "",
    ]);
  });

  it("has the history's own delay in the minute, over the hour and over midnight", () => {
    const start = (at: CronOptions["at"], ownDelayMs: number) => text(cron({ at, ownDelayMs })).match(/^\d+ \d+ \*/m)?.[0];
    expect(start({ hour: 3, minute: 17 }, 4 * MINUTE + 59_999)).toBe("21 3 *");
    expect(start({ hour: 3, minute: 50 }, 14 * MINUTE)).toBe("4 4 *");
    expect(start({ hour: 23, minute: 50 }, 14 * MINUTE)).toBe("4 0 *");
    expect(text(cron({ ownDelayMs: 0 }))).not.toContain("--jitter ");
  });

  it("has a column for the user in a table of the system, and an address for what is printed", () => {
    const made = cron({ user: "apirisk", mailTo: "ops@example.com", db: "/var/lib/apirisk/history.db" });
    expect(made.ok && made.value[0]?.path).toBe("/etc/cron.d/apirisk");
    expect(text(made)).toMatch(/^MAILTO=ops@example\.com$/m);
    expect(text(made)).toMatch(/^17 3 \* \* \* apirisk \/usr\/bin\/node .* --db \/var\/lib\/apirisk\/history\.db /m);
  });

  it("gives the program the words that were meant, by way of cron and of the shell", () => {
    const show = "process.stdout.write(JSON.stringify(process.argv.slice(1)))";
    for (const path of ODD_PATHS) {
      const line =
        text(cron({ program: [process.execPath, "-e", show], inventory: path, db: path }))
          .trimEnd()
          .split("\n")
          .at(-1) ?? "";
      const command = asCronReads(line.replace(/^(\S+ ){5}/, ""));
      // node takes --cron for one of its own options, unless a -- stands before it
      const printed = execFileSync("/bin/sh", ["-c", command.replace(" audit --cron ", " -- audit --cron ")], { encoding: "utf8" });
      expect(JSON.parse(printed)).toEqual(["audit", "--cron", "--inventory", path, "--db", path, "--max-time", "45m", "--jitter", "15m"]);
    }
  });

  it.each([...UNPRINTABLE, "/a\\b", `/${"x".repeat(1000)}`])("refuses %j", (path) => {
    expect(cron({ inventory: path })).toMatchObject({ ok: false, error: { flag: "--inventory" } });
  });
});

/** As Vixie's cron does it: the command ends at the first % without a backslash, and \% is %. */
function asCronReads(command: string): string {
  return (/^(?:\\.|[^%\\])*/.exec(command)?.[0] ?? "").replaceAll("\\%", "%");
}

describe("systemd", () => {
  it("is a service that ends, confined, with findings for a result", () => {
    const unit = text(systemd());
    const stated = (name: string) => setting(unit, name);
    expect(stated("Type")).toEqual(["oneshot"]);
    expect(stated("DynamicUser")).toEqual(["yes"]);
    expect(stated("StateDirectory")).toEqual(["apirisk"]);
    expect(stated("StateDirectoryMode")).toEqual(["0700"]);
    expect(stated("UMask")).toEqual(["0077"]);
    expect(stated("ProtectSystem")).toEqual(["strict"]);
    expect(stated("ProtectHome")).toEqual(["yes"]);
    expect(stated("NoNewPrivileges")).toEqual(["yes"]);
    expect(stated("MemoryMax")).toEqual(["1G"]);
    expect(stated("SuccessExitStatus")).toEqual(["1"]);
    expect(stated("IPAddressDeny")).toEqual(["link-local multicast"]);
    expect(stated("MemoryDenyWriteExecute")).toEqual([]);
    expect(Number(stated("TimeoutStartSec")[0])).toBeGreaterThan(45 * 60);
    expect(stated("ExecStart")).toEqual([
      "/usr/bin/node /opt/apirisk/main.js audit --cron --log-format text --inventory /etc/apirisk/apirisk.yaml --max-time 45m",
    ]);
  });

  it("has a timer in UTC that makes up for what was missed and always waits the same while", () => {
    const unit = text(systemd(), 1);
    expect(setting(unit, "OnCalendar")).toEqual(["*-*-* 03:17:00 UTC"]);
    expect(setting(unit, "Persistent")).toEqual(["true"]);
    expect(setting(unit, "RandomizedDelaySec")).toEqual(["900"]);
    expect(setting(unit, "FixedRandomDelay")).toEqual(["true"]);
  });

  it("hands over credentials as files", () => {
    const unit = text(systemd({ credentials: [{ name: "acme", file: "/etc/apirisk/credentials/acme%1" }] }));
    expect(setting(unit, "LoadCredential")).toEqual(["acme:/etc/apirisk/credentials/acme%%1"]);
    expect(systemd({ credentials: [{ name: "acme", file: "/etc/a b" }] })).toMatchObject({ ok: false });
  });

  it("lets the account of another history write there, and nowhere else", () => {
    const unit = text(systemd({ user: "apirisk", db: "/srv/a b/history.db" }));
    expect([setting(unit, "User"), setting(unit, "DynamicUser"), setting(unit, "ReadWritePaths")]).toEqual([
      ["apirisk"],
      [],
      ['"/srv/a b"'],
    ]);
    expect(systemd({ db: "/srv/history.db" })).toMatchObject({ ok: false, error: { flag: "--db" } });
  });

  it.each(["/home/kim/apirisk.yaml", "/root/apirisk.yaml", "/run/user/1000/apirisk.yaml"])("can read %s", (inventory) => {
    expect(setting(text(systemd({ inventory })), "ProtectHome")).toEqual(["read-only"]);
  });

  it("gives the program the words that were meant", () => {
    const path = fc.oneof(
      fc.constantFrom(...ODD_PATHS, "/a\\b", "/a\\nb", '/a\\"b'),
      fc.string({ unit: fc.constantFrom(..."ab \"'\\$%{}();") }),
    );
    fc.assert(
      fc.property(path, (odd) => {
        const inventory = `/${odd}`;
        expect(asSystemdReads(setting(text(systemd({ inventory })), "ExecStart")[0] ?? "")).toEqual([
          ...HERE.program,
          ...["audit", "--cron", "--log-format", "text", "--inventory", inventory, "--max-time", "45m"],
        ]);
      }),
    );
  });

  it.each(UNPRINTABLE)("refuses %j", (path) => {
    expect(systemd({ inventory: path })).toMatchObject({ ok: false, error: { flag: "--inventory" } });
  });

  it.each(["/a'b", '/a"b', "/a\\b", "/a$b"])("refuses a program called %j", (program) => {
    expect(systemd({ program: [program] })).toMatchObject({ ok: false, error: { flag: "--program" } });
  });

  it("is what systemd understands", ({ skip }) => {
    if (spawnSync("systemd-analyze", ["--version"]).error !== undefined) return skip("systemd-analyze is not installed");
    const folder = mkdtempSync(join(tmpdir(), "apirisk-units-"));
    try {
      const variants: readonly Partial<SystemdOptions>[] = [
        { credentials: [{ name: "acme", file: "/etc/apirisk/credentials/acme" }] },
        { user: "root", db: '/srv/a b "c" 100% $HOME\\x/history.db', inventory: "/home/it's/apirisk.yaml" },
      ];
      for (const [index, variant] of variants.entries()) {
        const place = join(folder, String(index));
        mkdirSync(place);
        const made = systemd({ program: [process.execPath, "/opt/apirisk/main.js"], ...variant });
        if (!made.ok) throw new Error(made.error.reason);
        const units = made.value.map(({ path, content }) => {
          const unit = join(place, path.split("/").at(-1) ?? "");
          writeFileSync(unit, content);
          return unit;
        });
        const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...units], { encoding: "utf8" });
        expect({ status, said: `${stdout}${stderr}` }).toEqual({ status: 0, said: "" });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** As systemd.service(5), "Command lines", has it: quotes, C escapes, then specifiers and variables. */
function asSystemdReads(line: string): readonly string[] {
  const words = line.match(/"(?:\\.|[^"\\])*"|[^\s"]+/g) ?? [];
  expect(words.join(" ")).toBe(line);
  return words.map((word) => {
    const unquoted = word.startsWith('"') ? word.slice(1, -1).replace(/\\(["\\])/g, "$1") : word;
    expect(unquoted.replace(/%%|\$\$/g, "")).not.toMatch(/[%$]/);
    return unquoted.replace(/%%|\$\$/g, ([sign]) => sign ?? "");
  });
}

describe("kubernetes", () => {
  const documents = (over: Partial<KubernetesOptions> = {}) =>
    parseAllDocuments(text(kubernetes(over))).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS();
    });

  it("is a CronJob that runs once, alone, and on a volume of one node", () => {
    const [claim, job] = documents();
    expect(claim).toMatchObject({ kind: "PersistentVolumeClaim", spec: { accessModes: ["ReadWriteOnce"] } });
    expect(text(kubernetes())).toContain("Not NFS");
    expect(job).toMatchObject({
      apiVersion: "batch/v1",
      kind: "CronJob",
      spec: { schedule: "17 3 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid", startingDeadlineSeconds: 3600 },
    });
    const { backoffLimit, activeDeadlineSeconds, template } = job.spec.jobTemplate.spec;
    expect(backoffLimit).toBe(0);
    expect(activeDeadlineSeconds).toBeGreaterThan((45 + 15) * 60);
    expect(template.spec).toMatchObject({
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    });
    const [container] = template.spec.containers;
    expect(container).toMatchObject({
      image: "registry.example.com/apirisk:1",
      envFrom: [{ secretRef: { name: "apirisk" } }],
      securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    });
    expect(container.args.join(" ")).toBe(
      "audit --cron --log-format json --inventory /etc/apirisk/apirisk.yaml --db /var/lib/apirisk/history.db --max-time 45m --jitter 15m",
    );
    const mounted = container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    for (const { value } of container.env) expect(mounted).toContain(value);
    for (const file of ["apirisk.yaml", "trust.json", "notify.json"]) {
      expect(text(kubernetes())).toMatch(new RegExp(`--from-file=\\S*${file}=`));
      expect(mounted).toContain(`/etc/apirisk/${file}`);
    }
    const volumes = template.spec.volumes.map(({ name }: { name: string }) => name);
    for (const mount of container.volumeMounts) expect(volumes).toContain(mount.name);
  });

  it("shows empty files that apirisk itself accepts", async () => {
    const [trust = "", notify = ""] = [...text(kubernetes()).matchAll(/\((\{"version".*?\}) for \w+\)/g)].map(([, sample]) => sample);
    const folder = mkdtempSync(join(tmpdir(), "apirisk-samples-"));
    try {
      for (const [name, sample] of Object.entries({ trust, notify })) writeFileSync(join(folder, name), sample, { mode: 0o600 });
      const files = createFilePort();
      expect(await readTrust(files, join(folder, "trust"))).toMatchObject({ ok: true, value: { bindings: [] } });
      expect(await readNotifyConfig(files, join(folder, "notify"), true)).toMatchObject({ ok: true, value: { channels: [] } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("names the image as it was given", () => {
    for (const image of ['a": {x', "a: b", "a #b", "'", "100%", "a\\nb"]) {
      expect(documents({ image })[1].spec.jobTemplate.spec.template.spec.containers[0].image).toBe(image);
    }
  });

  it.each(UNPRINTABLE)("refuses %j", (path) => {
    expect(kubernetes({ inventory: path })).toMatchObject({ ok: false, error: { flag: "--inventory" } });
  });
});

describe("github-actions", () => {
  it("is a workflow that may only read, at an odd minute, and says that it can be switched off", () => {
    const workflow = parse(text(github()));
    expect(workflow.on.schedule).toEqual([{ cron: "17 3 * * *" }]);
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.concurrency).toEqual({ group: "apirisk", "cancel-in-progress": false });
    expect(workflow.jobs.audit["timeout-minutes"]).toBeGreaterThan(45);
    expect(workflow.jobs.audit.steps.map((step: { uses?: string; name?: string }) => step.uses ?? step.name)).toEqual([
      "actions/checkout@v4",
      "actions/setup-node@v4",
      "Install apirisk 0.1.0",
      "Bindings of credentials and channels, outside of the checkout",
      "actions/cache/restore@v4",
      "The history is there",
      "Audit",
      "actions/cache/save@v4",
      "Heartbeat",
    ]);
    expect(text(github())).toMatch(/60 days/);
  });

  it("installs from a tarball that it was told of, never by a name that anybody may take", ({ skip }) => {
    if (spawnSync("bash", ["--version"]).error !== undefined) return skip("bash is not installed");
    const { run } = parse(text(github())).jobs.audit.steps.find(({ name = "" }: { name?: string }) => name.startsWith("Install"));
    const folder = mkdtempSync(join(tmpdir(), "apirisk-step-"));
    try {
      writeFileSync(join(folder, "npm"), '#!/bin/sh\necho "npm $*"\n', { mode: 0o755 });
      const install = (name: string) =>
        spawnSync("bash", ["-e", "-c", run], { encoding: "utf8", env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, PACKAGE: name } });
      expect(install("tools/apirisk-1.2.3.tgz")).toMatchObject({ status: 0, stdout: "npm install --global tools/apirisk-1.2.3.tgz\n" });
      expect(install("https://example.com/a.tgz?t=1")).toMatchObject({
        status: 0,
        stdout: "npm install --global https://example.com/a.tgz?t=1\n",
      });
      for (const name of ["", "apirisk", "apirisk@1.2.3", "http://example.com/a.tar"]) {
        expect(install(name)).toMatchObject({ status: 2, stdout: expect.stringContaining("APIRISK_PACKAGE") });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("ends with the exit code of the audit, and tells it to later steps", ({ skip }) => {
    if (spawnSync("bash", ["--version"]).error !== undefined) return skip("bash is not installed");
    const { run } = parse(text(github())).jobs.audit.steps.find(({ id }: { id?: string }) => id === "audit");
    const folder = mkdtempSync(join(tmpdir(), "apirisk-step-"));
    try {
      writeFileSync(join(folder, "apirisk"), '#!/bin/sh\n[ "$*" = "audit --cron --log-format text --max-time 45m" ] && exit 3\n', {
        mode: 0o755,
      });
      const step = spawnSync("bash", ["-e", "-c", `${run}\ncat "$GITHUB_OUTPUT"`], {
        env: { PATH: `${folder}:${process.env["PATH"] ?? ""}`, GITHUB_OUTPUT: join(folder, "output") },
      });
      expect(step.status).toBe(3);
      expect(execFileSync("cat", [join(folder, "output")], { encoding: "utf8" })).toBe("code=3\n");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("names the inventory as it was given", () => {
    for (const inventory of ["a b/c.yaml", 'x": {y', "it's $HOME.yaml", "# no", "deps/..x/apirisk.yaml"]) {
      expect(parse(text(github({ inventory }))).jobs.audit.env.APIRISK_INVENTORY).toBe(inventory);
    }
  });

  it.each([...UNPRINTABLE, "$\u007b{ secrets.X }}", "/etc/passwd", "../x.yaml", "a/../../x", "a\\b", "C:/x"])("refuses %j", (inventory) => {
    expect(github({ inventory })).toMatchObject({ ok: false, error: { flag: "--inventory" } });
  });
});
