import { compression } from "../../../../src/judge/rules/tls/compression.ts";
import { handshakeCases } from "../../handshake-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(
  compression,
  handshakeCases({ good: { compression: false }, bad: { compression: true }, passed: "not-compressed", failed: ["compressed", "low"] }),
);
