import { loginRefused } from "../../../../src/judge/rules/auth/login-refused.ts";
import { LOGIN_CASES, saysOfLogin } from "../../login-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const refused = (
  error?: "invalid_client" | "invalid_grant" | "unauthorized_client" | "invalid_scope" | "invalid_request" | "other",
  status = 400,
) => ({
  status,
  issued: false,
  ...(error !== undefined && { error }),
});

describeRule(loginRefused, {
  pass: [saysOfLogin("a token", {}, "issued"), saysOfLogin("a token with 201", { status: 201 }, "issued")],
  fail: [
    ...(["invalid_client", "invalid_grant", "unauthorized_client"] as const).map((error) =>
      saysOfLogin(error, refused(error), "client-refused", "high"),
    ),
    saysOfLogin("a 401 without a word", refused(undefined, 401), "client-refused", "high"),
    ...(["invalid_scope", "invalid_request"] as const).map((error) => saysOfLogin(error, refused(error), "request-refused", "medium")),
  ],
  "not-applicable": LOGIN_CASES["not-applicable"],
  unobserved: [
    ...LOGIN_CASES.unobserved,
    saysOfLogin("another error", refused("other"), "unobserved", "evidence_ambiguous"),
    saysOfLogin("a success without a token", refused(undefined, 200), "unobserved", "evidence_ambiguous"),
    saysOfLogin("a 404", refused(undefined, 404), "unobserved", "evidence_ambiguous"),
  ],
  hostile: [saysOfLogin("a token with an error status", { status: 500 }, "unobserved", "evidence_ambiguous")],
});
