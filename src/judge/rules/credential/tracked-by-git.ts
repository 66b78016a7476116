import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_FILES, eachCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const trackedByGit = defineRule({
  meta: {
    id: "credential/tracked-by-git",
    revision: 1,
    title: "The file of the credential is in no repository",
    failureTitle: "The file of the credential is tracked by git",
    rationale: "What git tracks is in every clone, in every fork and in all of history. Deleting the file takes it out of none of them.",
    remediation: {
      verb: "rotate",
      alone: true,
      effort: "medium",
      text: "Take the file out of the repository (`git rm --cached`, and a line in .gitignore), then change the credential: whoever has a clone has the old one.",
    },
    severity: "high",
    likelihood: 4,
    citations: [{ id: "ASVS 5.0 13.3.1", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-540", "CWE-798"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.2", "ISO27001 A.8.4"],
    confirm: 1,
  },
  needs: ["credential"],
  outcomes: {
    untracked: { verdict: "pass", message: () => "No repository tracks its file." },
    tracked: {
      verdict: "fail",
      message: ({ file }) =>
        file === "own" ? "Git tracks its file." : "Git tracks the .env file beside the inventory that assigns its variable.",
    },
    ...ABOUT_FILES,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachCredential(input, ({ lies, at }): Answer<"untracked" | "tracked" | "no-file"> => {
      if (lies === undefined) return { outcome: "no-file", pointer: at, summary: "no file" };
      const said = { pointer: `${at}/lies/tracked`, summary: lies.tracked };
      if (lies.tracked === "unknown") return { outcome: "unobserved", reason: "client_capability", ...said };
      return lies.tracked === "yes" ? { outcome: "tracked", data: { file: lies.file }, ...said } : { outcome: "untracked", ...said };
    }),
});
