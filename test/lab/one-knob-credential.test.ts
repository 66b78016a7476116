import { execFileSync } from "node:child_process";
import { rm } from "node:fs/promises";
import { describe, it } from "vitest";
import type { AuditResult } from "../../src/app/audit.ts";
import { CLEAN } from "../../src/demo/conditions.ts";
import { DAY, isoDay } from "../../src/model/instant.ts";
import { PUBLIC_ROOT } from "../judge/public-authority.ts";
import {
  CREDENTIAL_KNOBS,
  type CredentialKnob,
  MISTAKEN_KNOB,
  OTHER_SECRET,
  STANDING_SECRET,
  writeSecret,
} from "./support/credential-knobs.ts";
import { HOST, ISSUED, WELL_KNOWN } from "./support/domain-knobs.ts";
import { expectTurning } from "./support/knob.ts";
import { allOpenFindings, cleanEntry, startLab } from "./support/lab.ts";
import { TOKEN_KNOBS, type TokenKnob, tokenOf } from "./support/token-knobs.ts";

describe("one-knob matrix of our own credentials: one thing turned, exactly its findings appear, information too, and go when it is turned back", () => {
  for (const knob of CREDENTIAL_KNOBS) {
    const needsGit = knob.turn.startsWith("git");
    it.skipIf(needsGit && !HAS_GIT)(needsGit && !HAS_GIT ? `${knob.turn} (skipped: git is not installed)` : knob.turn, () => turning(knob));
  }
});

describe("one-knob matrix of whom our credential goes to", () => {
  it("it is the key of somebody else", () => turningKey(MISTAKEN_KNOB));
});

describe("one-knob matrix of our own token", () => {
  for (const knob of TOKEN_KNOBS) it(knob.turn, () => turningToken(knob));
});

async function turning({ secret = STANDING_SECRET, auth = {}, environment = "production", other = {}, file, findings }: CredentialKnob) {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "open" } });
  const path = `${lab.folder}/key`;
  const standing = { scheme: "bearer", credential: "file:key", issuedAt: isoDay(Date.now() - 10 * DAY) };
  const audit = (declared: object, envs: readonly [string, string], otherSecret: string) =>
    lab.audit(
      [
        { ...cleanEntry(api), authProof: { level: "none" }, environment: envs[0], auth: declared },
        {
          id: "other",
          owner: "platform-team",
          network: "internal",
          environment: envs[1],
          baseUrl: named(api.url),
          auth: { ...standing, credential: "env:OTHER_KEY" },
        },
      ],
      { boundFiles: ["file:key"], env: { OTHER_KEY: otherSecret } },
    );
  await writeSecret(path, STANDING_SECRET);
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit(standing, ["production", "production"], OTHER_SECRET),
      turned: () => audit({ ...standing, ...auth }, [environment, other.environment ?? "production"], other.secret ?? OTHER_SECRET),
      turn: async () => {
        await writeSecret(path, secret);
        await file?.(path, lab.folder);
      },
      turnBack: async () => {
        await rm(`${lab.folder}/.git`, { recursive: true, force: true });
        await writeSecret(path, STANDING_SECRET);
      },
      findingsIn: findingsOfFirst,
    },
    [],
    [...findings].sort(),
  );
}

/** To a name that anybody may look up. */
async function turningKey({ secret, findings }: typeof MISTAKEN_KNOB) {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "open" }, certificate: ISSUED });
  lab.dns.turn(WELL_KNOWN);
  const auth = { scheme: "bearer", credential: "env:KEY" };
  const entry = { ...cleanEntry({ url: `https://${HOST}:${api.port}` }), network: "public", authProof: { level: "none" }, auth };
  const audit = (key: string) => lab.audit([entry], { addresses: [api.host], roots: [PUBLIC_ROOT.pem], env: { KEY: key } });
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit(STANDING_SECRET),
      turned: () => audit(secret),
      turn: async () => undefined,
      turnBack: async () => undefined,
      findingsIn: findingsOfFirst,
    },
    ["credential/unknown-age credential"],
    [...findings, "credential/unknown-age credential"].sort(),
  );
}

async function turningToken({ header = {}, claims = {}, signature, findings }: TokenKnob) {
  const lab = await startLab();
  const api = await lab.start({ ...CLEAN, auth: { in: "open" } });
  const audit = (token: string) =>
    lab.audit(
      [
        cleanEntry(
          { url: named(api.url) },
          { authProof: { level: "none" }, auth: { scheme: "bearer", credential: "env:TOKEN", audiences: ["https://localhost"] } },
        ),
      ],
      {
        env: { TOKEN: token },
      },
    );
  const at = () => lab.clock.now();
  await expectTurning(
    {
      clock: lab.clock,
      clean: () => audit(tokenOf(at())),
      turned: () => audit(tokenOf(at(), header, claims, signature)),
      turn: async () => undefined,
      turnBack: async () => undefined,
      findingsIn: findingsOfFirst,
    },
    [],
    [...findings].sort(),
  );
}

/** By the name that a token of the lab is for. */
function named(url: string): string {
  return url.replace(/\/\/[^:/]+/, "//localhost");
}

/** Of the integration that is turned; what stands for every API of the lab is none of it. */
function findingsOfFirst(result: AuditResult): readonly string[] {
  const [integration] = result.report.integrations;
  const only = { ...result, report: { ...result.report, integrations: integration === undefined ? [] : [integration] } };
  return allOpenFindings(only).filter((finding) => /^(?:credential|auth)\//.test(finding) && !STANDING.includes(finding));
}

/** Of a bearer token, whatever it is like. */
const STANDING: readonly string[] = ["auth/inherent-strength scheme"];
const HAS_GIT = hasGit();

function hasGit(): boolean {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
