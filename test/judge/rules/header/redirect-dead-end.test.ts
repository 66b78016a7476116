import { redirectDeadEnd } from "../../../../src/judge/rules/header/redirect-dead-end.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const to = (location: string | undefined, status = 302) => ({
  status,
  interference: "unexpected_status" as const,
  headers: location === undefined ? {} : { location },
});

describeRule(redirectDeadEnd, {
  ...headCases("leads-on"),
  unobserved: [
    ...headCases("leads-on").unobserved,
    saysOfHead("to another path", {}, ["unobserved", "unexpected_status"], to("/v2/list")),
    saysOfHead("a choice", {}, ["unobserved", "unexpected_status"], to(undefined, 300)),
    saysOfHead("not modified", {}, ["unobserved", "unexpected_status"], to(undefined, 304)),
  ],
  fail: [
    saysOfHead("no Location", {}, ["nowhere", "medium"], to(undefined)),
    saysOfHead("another scheme", {}, ["nowhere", "medium"], to("javascript:alert(1)")),
    saysOfHead("the same URL", { redirectsToItself: true }, ["loops", "medium"], to("/v1/list")),
  ],
  hostile: [saysOfHead("no URL at all", {}, ["nowhere", "medium"], to("https://[::1"))],
});
