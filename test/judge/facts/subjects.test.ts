import { expect, test } from "vitest";
import {
  absentEndpoint,
  absentOrigin,
  declaredOrigins,
  endpointOfSubject,
  endpointSubject,
  fieldSubject,
  secureOrigins,
  subjectAt,
} from "../../../src/judge/facts/subjects.ts";
import { anEndpoint, anIntegration, ORIGIN } from "../builders.ts";

const SEVERAL = anIntegration({
  additionalUrls: [{ url: "https://eu.acme.example/v1" }, { url: "http://old.acme.example:8080" }, { url: `${ORIGIN}/v2` }],
});

test("origins: the primary one first, each once", () => {
  expect(declaredOrigins(SEVERAL)).toEqual([ORIGIN, "https://eu.acme.example", "http://old.acme.example:8080"]);
  expect(secureOrigins(SEVERAL)).toEqual([ORIGIN, "https://eu.acme.example"]);
});

test("the primary origin has the bare word, another one its host and port", () => {
  expect(subjectAt("leaf", ORIGIN, SEVERAL)).toBe("leaf");
  expect(subjectAt("leaf", "https://eu.acme.example", SEVERAL)).toBe("leaf@eu.acme.example:443");
  expect(subjectAt("", "http://old.acme.example:8080", SEVERAL)).toBe("@old.acme.example:8080");
  expect(subjectAt("leaf", "http://old.acme.example", SEVERAL)).toBe("leaf@old.acme.example:80");
  expect(subjectAt("leaf", "https://[2001:db8::1]:8443", SEVERAL)).toBe("leaf@[2001:db8::1]:8443");
});

test("fields: endpoint, path and class", () => {
  expect(fieldSubject("list", "$.data[].email", "email")).toBe("endpoint:list#$.data[].email#email");
});

test("a long path is cut and still told apart", () => {
  const long = `$.${"a".repeat(198)}`;
  expect(fieldSubject("list", long, "email")).toBe(`endpoint:list#${long}#email`);
  const one = fieldSubject("list", `${long}b`, "email");
  const other = fieldSubject("list", `${long}c`, "email");
  expect(one).not.toBe(other);
  expect(one).toHaveLength("endpoint:list#".length + 200 + 3 + 12 + "#email".length);
});

test("the endpoint of a subject, while it is declared", () => {
  const integration = anIntegration({ endpoints: [anEndpoint(), anEndpoint({ id: "list-all" })] });
  expect(endpointOfSubject(endpointSubject("list-all"), integration)).toBe("list-all");
  expect(endpointOfSubject("endpoint:list-all#$.a#email", integration)).toBe("list-all");
  expect(endpointOfSubject("endpoint:list", integration)).toBe("list");
  expect(endpointOfSubject("endpoint:lis", integration)).toBeUndefined();
  expect(endpointOfSubject("leaf", integration)).toBeUndefined();
});

test("what left the inventory is closed, what is still declared was not seen", () => {
  const absent = (subject: string) => absentOrigin(subject, secureOrigins(SEVERAL), SEVERAL, "gone").outcome;
  expect(["leaf", "leaf@eu.acme.example:443"].map(absent)).toEqual(["unobserved", "unobserved"]);
  const gone = ["leaf@api.acme.example:443", "leaf@old.acme.example:8080", "leaf@eu.acme.example:8443", "leaf@"];
  expect(gone.map(absent)).toEqual(["gone", "gone", "gone", "gone"]);
});

test("an endpoint that is asked no more is closed, unless nothing was ever declared", () => {
  expect(absentEndpoint("endpoint:gone#$.a#email", SEVERAL, "gone")).toEqual({ outcome: "gone", subject: "endpoint:gone#$.a#email" });
  expect(absentEndpoint("endpoint:list#$.a#email", SEVERAL, "gone")).toMatchObject({ outcome: "unobserved", reason: "evidence_missing" });
  const adHoc = { ...SEVERAL, adHoc: true };
  expect(absentEndpoint("endpoint:gone", adHoc, "gone")).toEqual({
    outcome: "unobserved",
    subject: "endpoint:gone",
    reason: "not_requested",
  });
});
