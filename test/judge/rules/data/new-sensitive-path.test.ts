import type { ClassFact } from "../../../../src/evidence/kinds.ts";
import { newSensitivePath } from "../../../../src/judge/rules/data/new-sensitive-path.ts";
import { DAY } from "../../../../src/model/instant.ts";
import type { Endpoint } from "../../../../src/model/integration.ts";
import { anEndpoint, answeredBefore, NOW, neverBefore, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const EMAIL: ClassFact = { path: "$.data[].email", class: "email", confidence: 0.9, count: 2, masked: false, sample: false };
const answer = (...classes: readonly ClassFact[]) => response({ body: { classes } });
const declaring = (expect: Endpoint["expect"]) => ({ endpoints: [anEndpoint({ expect })] });
const BY_CLASS = declaring({ classes: ["email"] });
/** The record was there, and the field was not. */
const BEFORE = ["$", "$.data", "$.data[]", "$.data[].id", "$.id"];
const CLEAN = [["endpoint:list", "nothing-new"]] as const;
const NEW = [["endpoint:list#$.data[].email#email", "new-field", "medium"]] as const;
const came = (how: "new-field" | "filled" | "other-data", days: number) =>
  answeredBefore([{ path: EMAIL.path, runs: 3, classes: [{ class: "email", masked: false, came: { how, since: NOW - days * DAY } }] }]);

describeRule(newSensitivePath, {
  pass: [
    { name: "nothing classified", integration: BY_CLASS, observations: [answer(), answeredBefore()], expect: CLEAN },
    {
      name: "where it always was",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore([{ path: EMAIL.path, classes: [{ class: "email", masked: false }] }])],
      expect: CLEAN,
    },
    {
      name: "declared by its path",
      integration: declaring({ fields: ["$..email"] }),
      observations: [answer(EMAIL), answeredBefore()],
      expect: CLEAN,
    },
    { name: "what nobody declared is another rule's", observations: [answer(EMAIL), answeredBefore()], expect: CLEAN },
    {
      name: "a secret is another rule's",
      integration: declaring({ classes: ["api_key"] }),
      observations: [answer({ ...EMAIL, class: "api_key" }), answeredBefore()],
      expect: CLEAN,
    },
    {
      name: "where other data stood is another rule's",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore([EMAIL.path])],
      expect: CLEAN,
    },
    { name: "masked", integration: BY_CLASS, observations: [answer({ ...EMAIL, masked: true }), answeredBefore()], expect: CLEAN },
    { name: "made up", integration: BY_CLASS, observations: [answer({ ...EMAIL, sample: true }), answeredBefore()], expect: CLEAN },
    {
      name: "of little weight",
      integration: declaring({ classes: ["username"] }),
      observations: [answer({ ...EMAIL, class: "username" }), answeredBefore()],
      expect: CLEAN,
    },
    {
      name: "in a list that was empty before, where nobody saw that it was not sent",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore(["$", "$.data"])],
      expect: CLEAN,
    },
    { name: "a month later", integration: BY_CLASS, observations: [answer(EMAIL), came("new-field", 31)], expect: CLEAN },
    {
      name: "gone",
      integration: BY_CLASS,
      observations: [answer(), answeredBefore()],
      known: ["endpoint:list#$.data[].email#email"],
      expect: [...CLEAN, ["endpoint:list#$.data[].email#email", "nothing-new"]],
    },
  ],
  fail: [
    {
      name: "a field that was not there, allowed by its class",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore(BEFORE)],
      expect: NEW,
    },
    {
      name: "allowed for the integration",
      integration: { dataClasses: ["email"] },
      observations: [answer(EMAIL), answeredBefore(BEFORE, { runs: 1 })],
      expect: NEW,
    },
    {
      name: "a field that was always empty",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore([{ path: EMAIL.path, types: ["null"], filled: false }])],
      expect: [["endpoint:list#$.data[].email#email", "filled-now", "medium"]],
    },
    { name: "for a month", integration: BY_CLASS, observations: [answer(EMAIL), came("new-field", 29)], expect: NEW },
    {
      name: "filled some days ago",
      integration: BY_CLASS,
      observations: [answer(EMAIL), came("filled", 3)],
      expect: [["endpoint:list#$.data[].email#email", "filled-now", "medium"]],
    },
    {
      name: "a token of an endpoint that hands out tokens",
      integration: declaring({ classes: ["access_token"] }),
      observations: [answer({ ...EMAIL, path: "$.t", class: "access_token" }), answeredBefore(BEFORE)],
      expect: [["endpoint:list#$.t#access_token", "new-field", "medium"]],
    },
    {
      name: "in what was seen of a cut body",
      integration: BY_CLASS,
      observations: [response({ body: { state: "truncated", classes: [EMAIL] } }), answeredBefore(BEFORE)],
      expect: [["endpoint:list", "unobserved", "body_truncated"], ...NEW],
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    {
      name: "the first answer",
      integration: BY_CLASS,
      observations: [answer(EMAIL), neverBefore()],
      expect: [["endpoint:list", "first-look"]],
    },
    ...[{ status: 4 }, { mediaType: "text/csv" }, { credential: "none" as const }].map((other) => ({
      name: `another kind of answer before: ${JSON.stringify(other)}`,
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore([], other)],
      known: ["endpoint:list#$.data[].email#email"],
      expect: [
        ["endpoint:list", "first-look"],
        ["endpoint:list#$.data[].email#email", "first-look"],
      ] as const,
    })),
  ],
  unobserved: [
    {
      name: "where not all former paths could be kept",
      integration: BY_CLASS,
      observations: [answer(EMAIL), answeredBefore([], { cut: true })],
      expect: [["endpoint:list", "unobserved", "evidence_ambiguous"]],
    },
    {
      name: "no answer",
      integration: BY_CLASS,
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" }), answeredBefore()],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    {
      name: "evidence of a release that kept no history",
      integration: BY_CLASS,
      observations: [answer(EMAIL)],
      expect: [["endpoint:list", "unobserved", "not_requested"]],
    },
    {
      name: "a history that could not be made",
      integration: BY_CLASS,
      observations: [answer(EMAIL), unseen("response-history", "internal", { endpoint: "list" })],
      expect: [["endpoint:list", "unobserved", "internal"]],
    },
  ],
  hostile: [
    {
      name: "a hundred fields at most",
      integration: BY_CLASS,
      observations: [
        answer(...Array.from({ length: 300 }, (_, at) => ({ ...EMAIL, path: `$.e${String(at).padStart(3, "0")}` }))),
        answeredBefore(BEFORE),
      ],
      expect: Array.from(
        { length: 100 },
        (_, at) => [`endpoint:list#$.e${String(at).padStart(3, "0")}#email`, "new-field", "medium"] as const,
      ),
    },
  ],
});
