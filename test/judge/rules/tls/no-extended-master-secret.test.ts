import { noExtendedMasterSecret } from "../../../../src/judge/rules/tls/no-extended-master-secret.ts";
import { handshakeCases } from "../../handshake-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(
  noExtendedMasterSecret,
  handshakeCases({
    good: { extendedMasterSecret: true },
    bad: { extendedMasterSecret: false },
    passed: "supported",
    failed: ["missing", "info"],
  }),
);
