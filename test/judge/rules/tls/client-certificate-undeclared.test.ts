import { clientCertificateUndeclared } from "../../../../src/judge/rules/tls/client-certificate-undeclared.ts";
import { anIntegration, parameters } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, featuring, muteCases, OTHER, only13 } from "../../tls-cases.ts";

const common = commonCases("client-certificate", "not-requested");
const { auth } = anIntegration();

function asking(authorities: readonly string[], count = authorities.length) {
  return featuring({ clientCertificate: { requested: true, authorities, count } });
}

describeRule(clientCertificateUndeclared, {
  pass: [
    { name: "none is asked for", observations: [parameters()], expect: [["client-certificate", "not-requested"]] },
    { name: "nor in TLS 1.3 alone", observations: [only13()], expect: [["client-certificate", "not-requested"]] },
  ],
  fail: [
    { name: "of any authority", observations: [asking([])], expect: [["client-certificate", "requested", "info"]] },
    { name: "of one authority", observations: [asking(["CN=Acme Partners"])], expect: [["client-certificate", "requested", "info"]] },
    {
      name: "of more than are named, where nothing is declared",
      integration: { auth: { neededScopes: [] } },
      observations: [asking(["CN=1", "CN=2", "CN=3", "CN=4"], 90)],
      expect: [["client-certificate", "requested", "info"]],
    },
    {
      name: "at one address of two",
      observations: [parameters({}, OTHER), asking([])],
      expect: [["client-certificate", "requested", "info"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    {
      name: "mtls is declared",
      integration: { auth: { ...auth, scheme: "mtls" } },
      observations: [asking([])],
      expect: [["", "declared"]],
    },
    {
      name: "a certificate is declared beside another scheme",
      integration: { auth: { ...auth, clientCertificate: { cert: "file:acme.crt", key: "file:acme.key" } } },
      observations: [asking([])],
      known: ["client-certificate"],
      expect: [
        ["", "declared"],
        ["client-certificate", "declared"],
      ],
    },
  ],
  unobserved: [
    ...common.unobserved,
    ...muteCases("client-certificate", { clientCertificate: { requested: true, authorities: [], count: 0 } }),
    {
      name: "no flight was whole",
      observations: [parameters({ features: {} })],
      expect: [["client-certificate", "unobserved", "evidence_ambiguous"]],
    },
  ],
  hostile: [
    {
      name: "names of endless length, and with what moves a terminal",
      observations: [asking(["x".repeat(100_000), "CN=\u001b[2J\u202e", "CN=<script>"], -5)],
      expect: [["client-certificate", "requested", "info"]],
    },
  ],
});
