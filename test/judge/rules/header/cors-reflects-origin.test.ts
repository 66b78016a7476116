import { corsReflectsOrigin } from "../../../../src/judge/rules/header/cors-reflects-origin.ts";
import { notFound, preflight, response } from "../../builders.ts";
import { CORS_UNOBSERVED, saysOfCors } from "../../posture-cases.ts";
import { describeRule } from "../../rule-cases.ts";

describeRule(corsReflectsOrigin, {
  pass: [
    saysOfCors("nothing is said", {}, ["not-reflected"]),
    saysOfCors("everybody, as token APIs have it", { allowOrigin: "any" }, ["not-reflected"]),
    saysOfCors("everybody with credentials, which browsers refuse", { allowOrigin: "any", credentials: true }, ["not-reflected"]),
    saysOfCors("an origin of their own", { allowOrigin: "own", credentials: true }, ["not-reflected"]),
    saysOfCors("several", { allowOrigin: "several", credentials: true }, ["not-reflected"]),
    saysOfCors("named back, without credentials, and caches know", { allowOrigin: "echoed", varies: true }, ["not-reflected"]),
  ],
  fail: [
    {
      name: "with credentials, where clients send a key",
      observations: [response(), preflight({ cors: { allowOrigin: "echoed", credentials: true, varies: true } })],
      expect: [["cors", "reflected-key", "low"]],
    },
    saysOfCors("without credentials, and caches do not know", { allowOrigin: "echoed" }, ["reflected-unvaried", "low"]),
    {
      name: "of an API with sessions",
      observations: [
        preflight({ cors: { allowOrigin: "echoed", credentials: true } }),
        response({ headers: { "set-cookie": "session=1; Secure; HttpOnly" } }),
      ],
      expect: [["cors", "reflected-session", "high"]],
    },
    {
      name: "our own login is a cookie",
      integration: { auth: { scheme: "api-key", in: "cookie", name: "sid", credential: "env:KEY", neededScopes: [] } },
      observations: [preflight({ cors: { allowOrigin: "echoed", credentials: true } })],
      expect: [["cors", "reflected-session", "high"]],
    },
    {
      name: "of the GET alone, which a refused preflight hides",
      observations: [response(), preflight({ status: 401 }), notFound({ cors: { allowOrigin: "echoed", credentials: true } })],
      expect: [["cors", "reflected-key", "low"]],
    },
  ],
  "not-applicable": [{ name: "an ad hoc target", integration: { adHoc: true }, expect: [["", "ad-hoc"]] }],
  unobserved: CORS_UNOBSERVED,
  hostile: [
    {
      name: "cookies that nobody could see tonight",
      observations: [preflight({ cors: { allowOrigin: "echoed", credentials: true } })],
      expect: [["cors", "unobserved", "evidence_missing"]],
    },
    saysOfCors("null", { allowOrigin: "null", credentials: true }, ["not-reflected"]),
  ],
});
