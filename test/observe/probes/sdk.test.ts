import { describe, expect, it } from "vitest";
import type { LockFile, LockFilePort, LockFileProblem } from "../../../src/model/lock-file-port.ts";
import { err, ok } from "../../../src/model/result.ts";
import { type SdkQuestion, sdkProbe } from "../../../src/observe/probes/sdk.ts";
import { fakeNet } from "../../support/fake-net.ts";
import { context, credentials, target } from "./support.ts";

const CANARY = "Kanari-7f3a";
const ACME = { ecosystem: "npm", package: "acme-node" };
const YARN = `# yarn lockfile v1\n\nacme-node@^4:\n  version "4.1.0"\n\nother@^1:\n  version "1.0.0-${CANARY}"\n`;

/** The folder of an inventory: what is not named is not there. Every call of the network would throw. */
async function observed(files: Readonly<Record<string, string | LockFileProblem>>, question: Partial<SdkQuestion> = {}) {
  const asked: string[] = [];
  const known = new Map<string, LockFile>();
  const lockFiles: LockFilePort = {
    read: async (path) => {
      asked.push(path);
      const content = files[path] ?? { kind: "not-found", detail: "does not exist" };
      if (typeof content !== "string") return err(content);
      const file = known.get(path) ?? { name: path.split("/").at(-1) ?? "", text: content };
      known.set(path, file);
      return ok(file);
    },
  };
  const made = await sdkProbe.observe({ target: target(), sdks: [ACME], ...question }, { ...context(fakeNet({})), lockFiles });
  return { made, asked };
}

const UNKNOWN = { ...ACME, reason: "lock_file_unavailable", versions: [], unversioned: 0 };

describe("the sdk probe", () => {
  it("promises to ask nobody", () => {
    for (const depth of ["quick", "standard", "full"] as const) expect(sdkProbe.bound(depth)).toEqual({ connections: 0, requests: 0 });
  });

  it("keeps the versions of the declared package, and nothing else of the file", async () => {
    const { made, asked } = await observed({ "yarn.lock": YARN });
    expect(asked).toEqual(["npm-shrinkwrap.json", "package-lock.json", "yarn.lock"]);
    expect(made).toMatchObject({ probe: "sdk", kind: "sdk", key: { origin: "https://api.acme.example" }, outcome: "observed" });
    expect(made).toMatchObject({ evidence: { packages: [{ ...ACME, file: "yarn.lock", versions: ["4.1.0"], unversioned: 0 }] } });
    expect(JSON.stringify(made)).not.toContain(CANARY);
  });

  it("looks at the file that is named alone, and tells no folder of it", async () => {
    const { made, asked } = await observed({ "app/yarn.lock": YARN, "package-lock.json": "{}" }, { lock: "app/yarn.lock" });
    expect(asked).toEqual(["app/yarn.lock"]);
    expect(made).toMatchObject({ evidence: { packages: [{ file: "yarn.lock", versions: ["4.1.0"] }] } });
    expect(JSON.stringify(made)).not.toContain("app/");
  });

  it("looks beside the inventory for other ecosystems than the one that is named", async () => {
    const sdks = [ACME, { ecosystem: "pypi", package: "acme" }];
    const { made } = await observed({ "app/yarn.lock": YARN, "requirements.txt": "acme==4.2\n" }, { sdks, lock: "app/yarn.lock" });
    expect(made).toMatchObject({
      evidence: {
        packages: [
          { ecosystem: "npm", file: "yarn.lock" },
          { ecosystem: "pypi", file: "requirements.txt", versions: ["4.2"] },
        ],
      },
    });
  });

  it.each<readonly [string, Readonly<Record<string, string | LockFileProblem>>, object]>([
    ["there is none", {}, UNKNOWN],
    [
      "it lies elsewhere",
      { "yarn.lock": { kind: "outside", detail: "lies outside" } },
      { ...UNKNOWN, file: "yarn.lock", problem: "lies outside" },
    ],
    ["it is none", { "yarn.lock": "<html>" }, { ...UNKNOWN, file: "yarn.lock", problem: "is no lock file that we can read" }],
    [
      "one that cannot be read stands before another one",
      { "package-lock.json": { kind: "not-readable", detail: "permission denied" }, "yarn.lock": YARN },
      { ...UNKNOWN, file: "package-lock.json", problem: "permission denied" },
    ],
    [
      "one that is none stands before another one",
      { "package-lock.json": "{", "yarn.lock": YARN },
      { ...UNKNOWN, file: "package-lock.json", problem: "is no lock file that we can read" },
    ],
  ])("says that it does not know: %s", async (_title, files, told) => {
    const { made } = await observed(files);
    expect(made).toMatchObject({ outcome: "observed", evidence: { packages: [told] } });
  });

  it("is skipped where no inventory lies on this machine", async () => {
    const made = await sdkProbe.observe({ target: target(), sdks: [ACME] }, context(fakeNet({})));
    expect(made).toMatchObject({ outcome: "skipped", failure: { reason: "lock_file_unavailable", phase: "plan", retriable: false } });
  });

  it("keeps no version with a secret of ours in it", async () => {
    const keeper = { ...credentials(), scrub: (text: string) => text.replaceAll(CANARY, "[secret]") };
    const lockFiles: LockFilePort = { read: async () => ok({ name: "yarn.lock", text: YARN }) };
    const question = { target: target(), sdks: [{ ecosystem: "npm", package: "other" }], lock: "yarn.lock" };
    const made = await sdkProbe.observe(question, { ...context(fakeNet({}), keeper), lockFiles });
    expect(made).toMatchObject({ evidence: { packages: [{ versions: ["1.0.0-[secret]"] }] } });
  });
});
