import { expect, test } from "vitest";
import facts from "../../data/cookie-names.json" with { type: "json" };
import { cookiePurpose } from "../../src/catalog/cookie-names.ts";

test.each([
  ["AWSALB", "balancer"],
  ["awsalbapp-0", "balancer"],
  ["ARRAffinitySameSite", "balancer"],
  ["__cf_bm", "balancer"],
  ["BIGipServer~Common~pool", "balancer"],
  ["TS01a2b3c4", "balancer"],
  ["heroku-session-affinity", "balancer"],
  ["JSESSIONID", "session"],
  ["PHPSESSID", "session"],
  ["connect.sid", "session"],
  ["__Secure-sid", "session"],
  ["_github_session", "session"],
  ["ASPSESSIONIDABC", "session"],
  ["csrftoken", "other"],
  ["locale", "other"],
  ["inside", "other"],
  ["constructor", "other"],
  ["", "other"],
])("%s is a cookie of kind %s", (name, purpose) => {
  expect(cookiePurpose(name)).toBe(purpose);
});

test("what a balancer sets and what stands for a session are told apart by every name listed", () => {
  const { balancers, sessions } = facts;
  expect(balancers.names.filter((name) => cookiePurpose(name) !== "balancer")).toEqual([]);
  expect(sessions.names.filter((name) => cookiePurpose(name) !== "session")).toEqual([]);
});
