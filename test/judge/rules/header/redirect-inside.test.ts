import { redirectInside } from "../../../../src/judge/rules/header/redirect-inside.ts";
import { response } from "../../builders.ts";
import { headCases, saysOfHead } from "../../head-cases.ts";
import { describeRule } from "../../rule-cases.ts";

const to = (location: string) => ({ status: 302, interference: "unexpected_status" as const, headers: { location } });
const inside = (location: string) => saysOfHead(location, {}, ["inside", "critical"], to(location));

describeRule(redirectInside, {
  ...headCases("not-inside"),
  pass: [
    ...headCases("not-inside").pass,
    {
      name: "an API of our own network",
      integration: { network: "internal" },
      observations: [response(to("https://10.0.0.7/v2"))],
      expect: [["endpoint:list", "own-network"]],
    },
  ],
  unobserved: [
    ...headCases("not-inside").unobserved,
    saysOfHead("a public name", {}, ["unobserved", "unexpected_status"], to("https://www.example.com/")),
    saysOfHead("a public address", {}, ["unobserved", "unexpected_status"], to("https://8.8.8.8/")),
  ],
  fail: [
    "http://127.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "https://[::ffff:127.0.0.1]/",
    "https://10.1.2.3/",
    "https://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "https://localhost:8443/x",
    "http://metadata.google.internal/",
    "https://orders.default.svc.cluster.local/",
    "\\\\localhost\\x",
  ].map(inside),
  hostile: [
    {
      name: "the credentials of a cloud, for an API of our own network",
      integration: { network: "internal" },
      observations: [response(to("http://169.254.169.254/latest"))],
      expect: [["endpoint:list", "inside", "critical"]],
    },
    inside("//127.0.0.1/a"),
    inside("https://user:canary@192.168.0.1/"),
  ],
});
