import type { InstalledSdk } from "../../../../src/evidence/kinds.ts";
import { sdkOutOfRange } from "../../../../src/judge/rules/lifecycle/sdk-out-of-range.ts";
import { installedSdk, unseen } from "../../builders.ts";
import { describeRule, type RuleCase } from "../../rule-cases.ts";

const DECLARED = { npm: "acme-node", range: "^4" };

function installs(
  name: string,
  more: Partial<InstalledSdk>,
  said: readonly [string, string?],
  sdk: RuleCase["integration"] = {},
): RuleCase {
  const [outcome, detail] = said;
  const subject = `sdk:${more.ecosystem ?? "npm"}`;
  const expected = detail === undefined ? ([subject, outcome] as const) : ([subject, outcome, detail] as const);
  return { name, integration: { sdk: DECLARED, ...sdk }, observations: [installedSdk(more)], expect: [expected] };
}

const of = (ecosystem: string, name: string, range: string) => ({ sdk: { [ecosystem]: name, range } });

describeRule(sdkOutOfRange, {
  pass: [
    installs("in the range", {}, ["in-range"]),
    installs("several, all of them", { versions: ["4.0.0", "4.9.9"] }, ["in-range"]),
    installs("a pre-release of it", { versions: ["4.2.0-beta.1"] }, ["in-range"]),
    installs("at PyPI", { ecosystem: "pypi", package: "acme", versions: ["4.1"] }, ["in-range"], of("pypi", "acme", "~=4.0")),
    installs(
      "a Go module",
      { ecosystem: "go", package: "acme.example/go/v4", versions: ["v4.1.0"] },
      ["in-range"],
      of("go", "acme.example/go/v4", "^4"),
    ),
  ],
  fail: [
    installs("an older one", { versions: ["3.9.0"] }, ["out-of-range", "medium"]),
    installs("a newer one", { versions: ["5.0.0"] }, ["out-of-range", "medium"]),
    installs("a pre-release of the next one", { versions: ["5.0.0-rc.1"] }, ["out-of-range", "medium"]),
    installs("several, one of them outside", { versions: ["3.9.0", "4.1.0"] }, ["some-out-of-range", "low"]),
    installs("several, all of them outside", { versions: ["3.9.0", "5.0.0"] }, ["out-of-range", "medium"]),
    installs("one outside, and one from git", { versions: ["3.9.0"], unversioned: 1 }, ["some-out-of-range", "low"]),
    installs("nowhere", { versions: [] }, ["not-installed", "info"]),
  ],
  "not-applicable": [
    {
      name: "none is declared",
      known: ["sdk:npm"],
      expect: [
        ["", "none-declared"],
        ["sdk:npm", "none-declared"],
      ],
    },
    { name: "only a range and a lock file", integration: { sdk: { range: "^4", lock: "yarn.lock" } }, expect: [["", "none-declared"]] },
    { name: "no range", integration: { sdk: { npm: "acme-node" } }, expect: [["", "no-range"]] },
    {
      name: "an ecosystem that we do not read",
      integration: { sdk: { maven: "acme", range: "4" } },
      expect: [["sdk:maven", "other-ecosystem"]],
    },
    {
      name: "another ecosystem than before",
      integration: { sdk: DECLARED },
      observations: [installedSdk()],
      known: ["sdk:pypi"],
      expect: [
        ["sdk:npm", "in-range"],
        ["sdk:pypi", "none-declared"],
      ],
    },
  ],
  unobserved: [
    installs("no lock file", { versions: [], reason: "lock_file_unavailable" }, ["unobserved", "lock_file_unavailable"]),
    installs("from git", { versions: [], unversioned: 1 }, ["unobserved", "evidence_ambiguous"]),
    installs("one inside, and one from git", { unversioned: 1 }, ["unobserved", "evidence_ambiguous"]),
    installs("not in a file that takes in others", { versions: [], isPart: true }, ["unobserved", "evidence_ambiguous"]),
    installs("a range that is a tag", {}, ["unobserved", "evidence_ambiguous"], of("npm", "acme-node", "latest")),
    installs("a version that is none", { versions: ["4.1"] }, ["unobserved", "evidence_ambiguous"]),
    installs("evidence of another package", { package: "acme" }, ["unobserved", "evidence_missing"]),
    {
      name: "no port",
      integration: { sdk: DECLARED },
      observations: [unseen("sdk", "lock_file_unavailable", {}, "skipped")],
      expect: [["sdk:npm", "unobserved", "lock_file_unavailable"]],
    },
    { name: "nobody looked", integration: { sdk: DECLARED }, expect: [["sdk:npm", "unobserved", "not_requested"]] },
  ],
  hostile: [
    installs("a range that is long", {}, ["unobserved", "evidence_ambiguous"], of("npm", "acme-node", `${"^".repeat(199)}4`)),
    installs(
      "a version of another kind",
      { ecosystem: "pypi", package: "acme", versions: [`4a${"a".repeat(60)}!`] },
      ["unobserved", "evidence_ambiguous"],
      of("pypi", "acme", ">=4"),
    ),
  ],
});
