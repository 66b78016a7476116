import { filePermissions } from "../../../../src/judge/rules/credential/file-permissions.ts";
import type { Whereabouts } from "../../../../src/model/own-credential.ts";
import { commonCases, says } from "../../credential-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const lies = (more: Partial<Whereabouts> = {}) => ({
  lies: { file: "own" as const, mode: "private" as const, folder: "private" as const, tracked: "no" as const, ...more },
});

describeRule(filePermissions, {
  pass: [
    says("its owner's alone", lies(), "private"),
    says("in a folder of which nothing is known", lies({ folder: "unknown" }), "private"),
  ],
  fail: [
    says("its group's too", lies({ mode: "group" }), "group-reads", "medium"),
    says("everybody's", lies({ mode: "others", file: "env-file" }), "others-read", "medium"),
    says("in a folder that everybody may write", lies({ folder: "others-write" }), "others-replace", "high"),
    says("in such a folder, without modes", lies({ folder: "others-write", mode: "unknown" }), "others-replace", "high"),
  ],
  "not-applicable": [
    ...commonCases["not-applicable"],
    says("in no file", {}, "no-file"),
    says("a secret of the platform", lies({ mode: "mounted" }), "mounted"),
  ],
  unobserved: [
    ...commonCases.unobserved,
    says("a file system without modes", lies({ mode: "unknown" }), "unobserved", "client_capability"),
  ],
  hostile: commonCases.hostile,
});
