import { expect, test } from "vitest";
import { ambientSession } from "../../../../src/judge/rules/auth/ambient-session.ts";
import { answerCases, saysOfAnswer } from "../../answer-cases.ts";
import { response } from "../../builders.ts";
import { describeRule, runCase } from "../../rule-cases.ts";

/** Header fields by name: of several alike the redactor is asked elsewhere. */
const setting = (cookie: string) => ({ headers: { "set-cookie": cookie } });
const shared = answerCases("no-session");

describeRule(
  ambientSession,
  {
    pass: [
      saysOfAnswer("no cookie", {}, ["no-session"]),
      saysOfAnswer("of a load balancer", setting("AWSALB=x; Path=/"), ["no-session"]),
      saysOfAnswer("of a bot filter", setting("__cf_bm=x"), ["no-session"]),
      saysOfAnswer("of who knows", setting("locale=en"), ["no-session"]),
      saysOfAnswer("kept well", setting("JSESSIONID=x; Secure; HttpOnly"), ["kept-well"]),
      saysOfAnswer("taken away", setting("JSESSIONID=x; Max-Age=0"), ["no-session"]),
      saysOfAnswer("taken away by its date", setting("sid=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), ["no-session"]),
    ],
    fail: [
      saysOfAnswer("without both", setting("JSESSIONID=x; Path=/"), ["kept-loosely", "low"]),
      saysOfAnswer("without Secure", setting("connect.sid=x; HttpOnly"), ["kept-loosely", "low"]),
      saysOfAnswer("without HttpOnly", setting("_acme_session=x; Secure; SameSite=Lax"), ["kept-loosely", "low"]),
    ],
    "not-applicable": [
      ...shared["not-applicable"],
      {
        name: "the credential is a cookie",
        integration: { auth: { scheme: "session-cookie", credential: "env:S", neededScopes: [] } },
        observations: [response(setting("JSESSIONID=x"))],
        expect: [["", "cookie-scheme"]],
      },
      {
        name: "a key in a cookie",
        integration: { auth: { scheme: "api-key", in: "cookie", credential: "env:S", neededScopes: [] } },
        expect: [["", "cookie-scheme"]],
      },
    ],
    unobserved: shared.unobserved,
    hostile: [
      saysOfAnswer("a cookie that is no cookie", setting("\u202e;;;=; Secure"), ["no-session"]),
      saysOfAnswer("a name of a method of objects", setting("constructor=x"), ["no-session"]),
    ],
  },
  () => {
    test("says what is missing", () => {
      const message = (cookie: string) =>
        runCase(ambientSession, { name: "", observations: [response(setting(cookie))], expect: [] })[0]?.message;
      expect(message("sid=x")).toBe("A session cookie is set beside our credential, without Secure and HttpOnly.");
      expect(message("sid=x; Secure")).toBe("A session cookie is set beside our credential, without HttpOnly.");
    });
  },
);
