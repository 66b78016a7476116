import { trackedByGit } from "../../../../src/judge/rules/credential/tracked-by-git.ts";
import type { Whereabouts } from "../../../../src/model/own-credential.ts";
import { commonCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const lies = (more: Partial<Whereabouts>) => ({
  lies: { file: "own" as const, mode: "private" as const, folder: "private" as const, tracked: "no" as const, ...more },
});

describeRule(trackedByGit, {
  pass: [says("in no repository", lies({ tracked: "no" }), "untracked")],
  fail: [
    says("its own file", lies({ tracked: "yes" }), "tracked", "high"),
    says("the file of its variable", lies({ tracked: "yes", file: "env-file" }), "tracked", "high"),
  ],
  "not-applicable": [...commonCases["not-applicable"], says("in no file", {}, "no-file")],
  unobserved: [...commonCases.unobserved, says("without git", lies({ tracked: "unknown" }), "unobserved", "client_capability")],
  hostile: commonCases.hostile,
});
