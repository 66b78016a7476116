import type { Answer } from "../../facts/aggregate.ts";
import { ABOUT_FILES, eachCredential, withoutCredential } from "../../facts/own-credentials.ts";
import { defineRule } from "../rule.ts";

export const filePermissions = defineRule({
  meta: {
    id: "credential/file-permissions",
    revision: 1,
    title: "Nobody but its owner may read the file of the credential",
    failureTitle: "Others may read the file of the credential",
    rationale:
      "Whoever may read the file has the credential, and leaves no trace. The mode of a file goes with it into images, archives and backups; whoever may write its folder can put another file in its place.",
    remediation: {
      verb: "narrow",
      alone: true,
      effort: "low",
      text: "`chmod 600` the file and `chmod go-w` its folder, both owned by the user that the client runs as. Where everybody on a shared machine could read it, take it for known and rotate.",
    },
    severity: "high",
    likelihood: 3,
    citations: [{ id: "ASVS 5.0 13.3.2", url: "https://github.com/OWASP/ASVS/tree/v5.0.0" }],
    cwe: ["CWE-732"],
    owasp: ["API2:2023"],
    controls: ["PCI-DSS 8.6.2", "ISO27001 A.8.24", "NIST-CSF PR.AA-01"],
    confirm: 1,
    aliases: ["cred/file-permissions"],
  },
  needs: ["credential"],
  outcomes: {
    private: { verdict: "pass", message: () => "Nobody but its owner may read it." },
    "group-reads": { verdict: "fail", severity: "medium", message: ({ file }) => `The group of ${file} may read it.` },
    "others-read": {
      verdict: "fail",
      severity: "medium",
      message: ({ file }) => `Every user of the machine may read ${file}, by its mode.`,
    },
    "others-replace": {
      verdict: "fail",
      message: ({ file }) => `Others may write the folder of ${file}, and put another file in its place.`,
    },
    mounted: { verdict: "not-applicable", message: () => "The platform put it there, for whoever runs in this container." },
    ...ABOUT_FILES,
  },
  applies: withoutCredential,
  evaluate: (input) =>
    eachCredential(input, ({ lies, at }): Answer<"private" | "group-reads" | "others-read" | "others-replace" | "mounted" | "no-file"> => {
      if (lies === undefined) return { outcome: "no-file", pointer: at, summary: "no file" };
      const { mode, folder } = lies;
      const said = {
        data: { file: lies.file === "own" ? "its file" : "the .env file" },
        pointer: `${at}/lies`,
        summary: `${mode}, folder ${folder}`,
      };
      if (mode === "mounted") return { outcome: "mounted", ...said };
      if (folder === "others-write") return { outcome: "others-replace", ...said };
      if (mode === "unknown") return { outcome: "unobserved", reason: "client_capability", ...said };
      return { outcome: OUTCOMES[mode], ...said };
    }),
});

const OUTCOMES = { private: "private", group: "group-reads", others: "others-read" } as const;
