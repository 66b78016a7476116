import { weakSignatureScheme } from "../../../../src/judge/rules/tls/weak-signature-scheme.ts";
import { accepting, GOOD_12, parameters, scheme } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";
import { commonCases, OTHER, only13, speaking, unknown, versions } from "../../tls-cases.ts";

const common = commonCases("signature-schemes", "refused");
const GOOD = scheme("rsa_pss_rsae_sha256", "TLS 1.2");
const STATIC = ["TLS_RSA_WITH_AES_128_GCM_SHA256"];

describeRule(weakSignatureScheme, {
  pass: [
    { name: "SHA-2 alone", observations: [parameters()], expect: [["signature-schemes", "refused"]] },
    {
      name: "SHA-1 in the certificates of TLS 1.3, which is another question",
      observations: [parameters({ signatureSchemes: [GOOD, scheme("rsa_pkcs1_sha1", "TLS 1.3")] })],
      expect: [["signature-schemes", "refused"]],
    },
    {
      name: "SHA-224, which nobody forbids",
      observations: [parameters({ signatureSchemes: [scheme("rsa_pkcs1_sha224", "TLS 1.2")] })],
      expect: [["signature-schemes", "refused"]],
    },
  ],
  fail: [
    {
      name: "SHA-1",
      observations: [parameters({ signatureSchemes: [GOOD, scheme("rsa_pkcs1_sha1", "TLS 1.2"), scheme("ecdsa_sha1", "TLS 1.2")] })],
      expect: [["signature-schemes", "sha1", "info"]],
    },
    {
      name: "MD5 comes before SHA-1",
      observations: [parameters({ signatureSchemes: [scheme("rsa_pkcs1_sha1", "TLS 1.2"), scheme("rsa_pkcs1_md5", "TLS 1.2")] })],
      expect: [["signature-schemes", "md5", "low"]],
    },
    {
      name: "at one address of two, whatever else is unknown",
      observations: [
        parameters(),
        parameters(
          {
            signatureSchemes: [scheme("dsa_sha1", "TLS 1.2")],
            versions: versions(accepting("TLS 1.2", GOOD_12, { refusedSchemes: "", refused: "" })),
          },
          OTHER,
        ),
      ],
      expect: [["signature-schemes", "sha1", "info"]],
    },
  ],
  "not-applicable": [
    ...common["not-applicable"],
    { name: "TLS 1.3 alone", observations: [only13()], expect: [["signature-schemes", "no-tls12"]] },
    {
      name: "static keys alone: there is nothing to sign",
      observations: [speaking(accepting("TLS 1.2", STATIC, { refusedSchemes: "" }))],
      expect: [["signature-schemes", "nothing-signed"]],
    },
  ],
  unobserved: [
    ...common.unobserved,
    {
      name: "schemes that were not asked about",
      observations: [speaking(accepting("TLS 1.2", GOOD_12, { refusedSchemes: "0401-0603", reason: "not_requested", complete: false }))],
      expect: [["signature-schemes", "unobserved", "not_requested"]],
    },
    {
      name: "static keys, and a suite that may sign",
      observations: [
        speaking(
          accepting("TLS 1.2", STATIC, { refusedSchemes: "", unknown: ["TLS_DHE_RSA_WITH_AES_128_CBC_SHA"], reason: "rate_limited" }),
        ),
      ],
      expect: [["signature-schemes", "unobserved", "rate_limited"]],
    },
    {
      name: "TLS 1.2 that reset",
      observations: [speaking(unknown("TLS 1.2"))],
      expect: [["signature-schemes", "unobserved", "connection_reset"]],
    },
  ],
  hostile: [
    {
      name: "a name of MD5 with the code of something else, and a code that is in no registry",
      observations: [
        parameters({
          signatureSchemes: [
            { code: "0x0804", name: "rsa_pkcs1_md5", versions: ["TLS 1.2"] },
            { code: "0xFAFA", name: "rsa_pkcs1_md5", versions: ["TLS 1.2"] },
          ],
        }),
      ],
      expect: [["signature-schemes", "refused"]],
    },
  ],
});
