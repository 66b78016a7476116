import { clientCertificateKeyFile } from "../../../../src/judge/rules/credential/client-certificate-key-file.ts";
import { clientCertificate } from "../../builders.ts";
import { commonCases, STRANGE, says } from "../../client-certificate-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const auth = { clientCertificate: { cert: "file:acme.crt", key: "env:ACME_KEY" }, neededScopes: [] };

describeRule(clientCertificateKeyFile, {
  pass: [says("its owner's alone", clientCertificate(), "private")],
  fail: [
    says("its group's too", clientCertificate({ keyMode: "group" }), "group-reads", "medium"),
    says("everybody's", clientCertificate({ keyMode: "others" }), "others-read", "high"),
    says("everybody's, of a key that is another's", clientCertificate({ keyMode: "others", keyMatches: "no" }), "others-read", "high"),
  ],
  "not-applicable": [
    ...commonCases["not-applicable"],
    {
      name: "a key in a variable",
      integration: { auth },
      observations: [clientCertificate({ keyMode: "unknown" })],
      known: ["client-certificate"],
      expect: [
        ["", "no-file"],
        ["client-certificate", "no-file"],
      ],
    },
  ],
  unobserved: [
    ...commonCases.unobserved,
    says("a file system without modes", clientCertificate({ keyMode: "unknown" }), "unobserved", "client_capability"),
    says(
      "a key that is not bound",
      clientCertificate({ keyMode: "unknown", keyMatches: "unknown", keyReason: "credential_not_bound" }),
      "unobserved",
      "credential_not_bound",
    ),
  ],
  hostile: [...commonCases.hostile, says("a certificate that nobody can read", STRANGE, "private")],
});
