import type { ClassFact } from "../../../../src/evidence/kinds.ts";
import { classChanged } from "../../../../src/judge/rules/data/class-changed.ts";
import { DAY } from "../../../../src/model/instant.ts";
import type { Endpoint } from "../../../../src/model/integration.ts";
import { anEndpoint, answeredBefore, NOW, neverBefore, response, unseen } from "../../builders.ts";
import { describeRule } from "../../rule-cases.ts";

const EMAIL: ClassFact = { path: "$.owner", class: "email", confidence: 0.9, count: 1, masked: false, sample: false };
const CARD: ClassFact = { ...EMAIL, path: "$.card", class: "payment_card" };
const answer = (...classes: readonly ClassFact[]) => response({ body: { classes } });
const declaring = (expect: Endpoint["expect"]) => ({ endpoints: [anEndpoint({ expect })] });
const BY_PATH = declaring({ fields: ["$.owner", "$.card"] });
const MASKED = answeredBefore([{ path: "$.card", classes: [{ class: "payment_card", masked: true }] }]);
const CLEAN = [["endpoint:list", "unchanged"]] as const;
const OTHER = [["endpoint:list#$.owner#email", "other-data", "medium"]] as const;

describeRule(classChanged, {
  pass: [
    {
      name: "the same as ever",
      integration: BY_PATH,
      observations: [answer(EMAIL), answeredBefore([{ path: "$.owner", classes: [{ class: "email", masked: false }] }])],
      expect: CLEAN,
    },
    { name: "still masked", integration: BY_PATH, observations: [answer({ ...CARD, masked: true }), MASKED], expect: CLEAN },
    { name: "what nobody declared is another rule's", observations: [answer(EMAIL), answeredBefore(["$.owner"])], expect: CLEAN },
    { name: "a new field is another rule's", integration: BY_PATH, observations: [answer(EMAIL), answeredBefore()], expect: CLEAN },
    {
      name: "its path and its class are declared",
      integration: declaring({ fields: ["$.owner"], classes: ["email"] }),
      observations: [answer(EMAIL), answeredBefore(["$.owner"])],
      expect: CLEAN,
    },
    {
      name: "a text that names somebody now and then",
      integration: BY_PATH,
      observations: [answer({ ...EMAIL, share: 0.3 }), answeredBefore(["$.owner"])],
      expect: CLEAN,
    },
    {
      name: "a month later",
      integration: BY_PATH,
      observations: [
        answer(EMAIL),
        answeredBefore([
          { path: "$.owner", classes: [{ class: "email", masked: false, came: { how: "other-data", since: NOW - 31 * DAY } }] },
        ]),
      ],
      expect: CLEAN,
    },
    {
      name: "as it was again",
      integration: BY_PATH,
      observations: [answer(), answeredBefore(["$.owner"])],
      known: ["endpoint:list#$.owner#email"],
      expect: [...CLEAN, ["endpoint:list#$.owner#email", "unchanged"]],
    },
  ],
  fail: [
    {
      name: "an identifier becomes an address",
      integration: BY_PATH,
      observations: [answer({ ...EMAIL, share: 1 }), answeredBefore(["$.owner"])],
      expect: OTHER,
    },
    {
      name: "declared by its class",
      integration: { dataClasses: ["email"] },
      observations: [answer(EMAIL), answeredBefore(["$.owner"])],
      expect: OTHER,
    },
    {
      name: "a mask falls away",
      integration: BY_PATH,
      observations: [answer(CARD), MASKED],
      expect: [["endpoint:list#$.card#payment_card", "unmasked", "high"]],
    },
    {
      name: "for a month",
      integration: BY_PATH,
      observations: [
        answer(CARD),
        answeredBefore([
          { path: "$.card", classes: [{ class: "payment_card", masked: false, came: { how: "unmasked", since: NOW - 5 * DAY } }] },
        ]),
      ],
      expect: [["endpoint:list#$.card#payment_card", "unmasked", "high"]],
    },
  ],
  "not-applicable": [
    { name: "no endpoint", integration: { endpoints: [] }, expect: [["", "no-endpoint"]] },
    {
      name: "the first answer",
      integration: BY_PATH,
      observations: [answer(EMAIL), neverBefore()],
      expect: [["endpoint:list", "first-look"]],
    },
  ],
  unobserved: [
    {
      name: "no answer",
      integration: BY_PATH,
      observations: [unseen("http-response", "http_timeout", { endpoint: "list" }), answeredBefore()],
      expect: [["endpoint:list", "unobserved", "http_timeout"]],
    },
    { name: "no history", integration: BY_PATH, observations: [answer(EMAIL)], expect: [["endpoint:list", "unobserved", "not_requested"]] },
  ],
  hostile: [
    {
      name: "a history of another request says nothing",
      integration: BY_PATH,
      observations: [
        response({
          request: { method: "GET", origin: "https://api.acme.example", path: "/x", digest: "other" },
          body: { classes: [EMAIL] },
        }),
        answeredBefore(["$.owner"]),
      ],
      expect: [["endpoint:list", "first-look"]],
    },
  ],
});
