import { redirectToHttp } from "../../../../src/judge/rules/header/redirect-to-http.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const to = (location: string, credential: "none" | "sent" = "none") => ({
  status: 302,
  interference: "unexpected_status" as const,
  headers: { location },
  credential: credential === "none" ? { state: "none" as const } : { state: "sent" as const, in: "header" as const },
});
const cases = headCases("stays-encrypted");

describeRule(redirectToHttp, {
  ...cases,
  "not-applicable": [
    ...cases["not-applicable"],
    saysOfHead("with our credential, which is another question", {}, ["with-credential"], to("http://www.example.com/", "sent")),
    saysOfHead("inside, which is another question", {}, ["leads-inside"], to("http://10.0.0.7/")),
    saysOfHead("an API over http", {}, ["already-http"], {
      ...to("http://www.example.com/"),
      request: { method: "GET", origin: "http://api.acme.example", path: "/v1/list", digest: "" },
    }),
  ],
  unobserved: [
    ...cases.unobserved,
    saysOfHead("another host over https", {}, ["unobserved", "unexpected_status"], to("https://www.example.com/")),
    saysOfHead("a path", {}, ["unobserved", "unexpected_status"], to("/v2/list")),
    saysOfHead("no place at all", {}, ["unobserved", "unexpected_status"], to("javascript:alert(1)")),
  ],
  fail: ["http://api.acme.example/v1/list", "http://www.example.com/", "HTTP://www.example.com/", "http://8.8.8.8/"].map((location) =>
    saysOfHead(location, {}, ["to-http", "high"], to(location)),
  ),
  hostile: [
    saysOfHead("a name of 60 KB without a domain", {}, ["leads-inside"], to(`http://${"a".repeat(60_000)}/`)),
    saysOfHead("a user in front of the host", {}, ["to-http", "high"], to("http://api.acme.example:x@www.example.com/")),
  ],
});
