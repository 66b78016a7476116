import { z } from "zod";
import { CUSTOM_CHECKS } from "../model/custom-class.ts";
import { DATA_CLASSES, DATA_GROUPS } from "../model/data-class.ts";
import { DECLARED_PATH_CHARACTERS, LONGEST_DECLARED_PATH, MOST_DECLARED_PATHS } from "../model/declared-path.ts";
import {
  AUTH_ATTRIBUTES,
  AUTH_LOCATIONS,
  AUTH_PROOF_LEVELS,
  AUTH_SCHEMES,
  CLIENT_AUTHENTICATIONS,
  CRITICALITIES,
} from "../model/integration.ts";
import { DECLARED_PATH_GRAMMAR } from "../model/path-grammar.ts";
import { HMAC_ALGORITHMS, KEY_ENCODINGS, SIGNATURE_ENCODINGS, TIMESTAMP_FORMATS } from "../model/request-signing.ts";
import { SEVERITIES } from "../model/severity.ts";
import { SIGNING_ALGORITHMS } from "../model/signing-key.ts";
import { closed, day, duration, line, listOf, mapOf, matching, oneOf, reference, url, wholeNumber, yesOrNo } from "./fields.ts";
import { BASE_URL, PROXY_URL, TOKEN_URL } from "./url.ts";

/** The JSON Schema (draft 2020-12) of an inventory file, for editors. The validator says more: it knows what two fields mean together. */
export function inventoryJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(inventoryFile, {
    target: "draft-2020-12",
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) jsonSchema.patternProperties = { "^x-": {} };
    },
  });
  return { ...schema, $id: "https://apirisk.dev/schemas/inventory.schema.json", title: "apirisk inventory" };
}

const slug = () =>
  matching("a slug of lower-case letters, digits, dots, hyphens and underscores", /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/, 64);
const ruleId = () => matching("a rule, for example certificate/expired", /^[a-z]+\/[a-z0-9][a-z0-9-]*$/, 100);
/** RFC 9110 section 5.1: a field name is a token. */
const headerName = () => matching("a header name", /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 64);
const customClassName = () => z.templateLiteral(["custom/", z.string().regex(/^[a-z][a-z0-9_]{0,47}$/)], { error: CUSTOM_NAME });
const dataClass = () => z.union([z.enum(DATA_CLASSES), customClassName()], { error: `one of ${DATA_CLASSES.join(", ")}, custom/NAME` });
const person = () => line("a person or a team");

const MOST_CLASSES = 200;
const CUSTOM_NAME = "custom/ and a name of lower-case letters, digits and underscores, for example custom/member_number";

/** One pattern, because of two alternatives only the nearer one would be named in an error. */
const EXPIRY = new RegExp(`^(?:${AUTH_ATTRIBUTES.expiry.join("|")}|[1-9]\\d{0,4}[mhdw])$`);
const EXPECTED_EXPIRY = `one of ${AUTH_ATTRIBUTES.expiry.join(", ")}, a lifetime such as 1h or 90d`;

const auth = closed({
  scheme: oneOf(AUTH_SCHEMES).optional(),
  in: oneOf(AUTH_LOCATIONS).optional(),
  name: matching("the name of the header, parameter or cookie", /^[!#$%&'*+.^_`|~0-9A-Za-z[\]-]{1,64}$/).optional(),
  prefix: matching('the word before the secret, for example "Bearer"', /^[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?$/).optional(),
  credential: reference().optional(),
  auditCredential: reference().optional(),
  describedBy: slug().optional(),
  token: closed({
    url: url(TOKEN_URL),
    clientAuth: oneOf(CLIENT_AUTHENTICATIONS),
    clientId: line("the client's id; where it is left out, the credential is id:secret").optional(),
    scopes: listOf(line("a scope"), "a list of scopes", 100).optional(),
    keyId: line("the id that the server knows our key by").optional(),
    audience: line("whom our assertions are for, where that is not the token URL", 2048).optional(),
    subject: line("on whose behalf, where that is not the client").optional(),
    algorithm: oneOf(SIGNING_ALGORITHMS).optional(),
  }).optional(),
  clientCertificate: closed({ cert: reference(), key: reference() }).optional(),
  signing: closed({
    service: matching("an AWS service, for example execute-api", /^[a-z0-9][a-z0-9.-]{0,62}$/).optional(),
    region: matching("an AWS region, for example eu-west-1", /^[a-z0-9][a-z0-9-]{0,62}$/).optional(),
    template: matching("what is signed, for example {timestamp}.{body}", /^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|\n)+$/u, 1000).optional(),
    header: headerName().optional(),
    prefix: matching('the text before the signature, for example "sha256="', /^[\x21-\x7e](?:[\x20-\x7e]{0,62})$/).optional(),
    algorithm: oneOf(HMAC_ALGORITHMS).optional(),
    encoding: oneOf(SIGNATURE_ENCODINGS).optional(),
    keyEncoding: oneOf(KEY_ENCODINGS).optional(),
    timestampHeader: headerName().optional(),
    timestampFormat: oneOf(TIMESTAMP_FORMATS).optional(),
    nonceHeader: headerName().optional(),
    keyHeader: headerName().optional(),
    keyId: matching("the id that the server knows our key by", /^[\x21-\x7e]{1,200}$/).optional(),
  }).optional(),
  audiences: listOf(line("an audience"), "a list of audiences", 20).optional(),
  issuedAt: day().optional(),
  expiresAt: day().optional(),
  rotateEvery: duration().optional(),
  attributes: closed({
    scope: oneOf(AUTH_ATTRIBUTES.scope).optional(),
    expiry: z.union([matching(EXPECTED_EXPIRY, EXPIRY), z.boolean()], { error: EXPECTED_EXPIRY }).optional(),
    revocation: yesOrNo(AUTH_ATTRIBUTES.revocation).optional(),
    storage: oneOf(AUTH_ATTRIBUTES.storage).optional(),
    pkce: yesOrNo(AUTH_ATTRIBUTES.pkce).optional(),
    audience: yesOrNo(AUTH_ATTRIBUTES.audience).optional(),
    nonce: yesOrNo(AUTH_ATTRIBUTES.nonce).optional(),
    qop: oneOf(AUTH_ATTRIBUTES.qop).optional(),
    algorithm: oneOf(AUTH_ATTRIBUTES.algorithm).optional(),
  }).optional(),
  neededScopes: listOf(line("a scope"), "a list of scopes", 100).optional(),
});

/** Whether one can be read is a matter of meaning. */
const paths = () =>
  listOf(matching(DECLARED_PATH_GRAMMAR, DECLARED_PATH_CHARACTERS, LONGEST_DECLARED_PATH), "a list of paths", MOST_DECLARED_PATHS);

const authProof = closed({
  level: oneOf(AUTH_PROOF_LEVELS),
  permission: closed({ basis: line("what permits it"), reference: line("a reference").optional(), by: person(), until: day() }).optional(),
});

const endpoint = closed({
  id: slug(),
  request: matching(
    'a method and a path relative to baseUrl, for example "GET /v1/charges"',
    /^(?:GET|HEAD|OPTIONS|POST|PUT|PATCH|DELETE) \/(?![/\\])(?!(?:[^?]*\/)?(?:\.|%2[eE]){1,2}(?:[/?]|$))[^\s#\\\p{Cc}\p{Cf}]*$/u,
    2048,
  ),
  safe: z.boolean({ error: "true or false" }).optional(),
  every: duration().optional(),
  cost: oneOf(["free", "metered"]).optional(),
  expect: closed({
    status: wholeNumber("an HTTP status from 100 to 599", 100, 599).optional(),
    maxRecords: wholeNumber("a number of records", 0, 1_000_000_000).optional(),
    fields: paths().optional(),
    richText: paths().optional(),
    classes: listOf(dataClass(), "a list of data classes", MOST_CLASSES).optional(),
  }).optional(),
});

const waiver = closed({
  rule: ruleId(),
  subject: line("a subject").optional(),
  until: day(),
  reason: line("a reason", 1000),
  by: person(),
  kind: oneOf(["accepted", "false_positive", "not_applicable"]).optional(),
});

const OPENAPI_PATH = "the path of an OpenAPI document (.json, .yaml, .yml), relative to the folder of the inventory, with slashes";

const environment = () => line("an environment, for example production", 64);

const clients = () =>
  listOf(matching("a client profile, for example openjdk-17", /^[a-z0-9][a-z0-9.-]{0,63}$/), "a list of client profiles", 20);

const integration = closed({
  id: slug(),
  previousIds: listOf(slug(), "a list of former ids, oldest first", 20).optional(),
  name: line("a name").optional(),
  provider: closed({ name: line("the provider's name"), url: url(BASE_URL).optional() }).optional(),
  owner: person().optional(),
  criticality: oneOf(CRITICALITIES).optional(),
  environment: environment().optional(),
  dataClasses: listOf(dataClass(), "a list of data classes", MOST_CLASSES).optional(),
  tags: listOf(line("a tag", 64), "a list of tags", 50).optional(),
  network: oneOf(["public", "internal"]).optional(),
  baseUrl: url(BASE_URL),
  additionalUrls: listOf(
    closed({ url: url(BASE_URL), environment: environment().optional(), region: line("a region", 64).optional() }),
    "a list of { url, environment, region }",
    50,
  ).optional(),
  headers: mapOf(
    headerName(),
    matching("a header value of visible ASCII characters", /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 1024),
    "a mapping of header names to values",
  ).optional(),
  proxy: url(PROXY_URL).optional(),
  auth: auth.optional(),
  authProof: authProof.optional(),
  apiVersion: closed({
    header: headerName().optional(),
    query: matching("a query parameter", /^[\w.\-[\]]{1,64}$/).optional(),
    pinned: z.union([line("a version", 64), z.number()], { error: "a version" }),
  }).optional(),
  openapi: matching(OPENAPI_PATH, /^(?![/~])(?![A-Za-z]:)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]{1,400}\.(?:json|ya?ml)$/u, 410).optional(),
  sdk: mapOf(
    matching("a package ecosystem, for example npm", /^[a-z][a-z0-9-]{0,30}$/),
    line("a package name or a range"),
    "a mapping such as { npm: acme-node, range: ^4 }",
  ).optional(),
  budget: closed({
    connectionsPerRun: wholeNumber("a number of connections, at least 1", 1, 100_000).optional(),
    callsPerMonth: wholeNumber("a number of calls", 0, 100_000_000).optional(),
  }).optional(),
  clients: clients().optional(),
  endpoints: listOf(endpoint, "a list of endpoints", 500).optional(),
  waivers: listOf(waiver, "a list of waivers", 500).optional(),
});

const value = () => matching("a value, of at most 128 characters", /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 128);

const customClasses = listOf(
  closed({
    id: customClassName(),
    title: line("what it is, for people").optional(),
    group: oneOf(DATA_GROUPS).optional(),
    pattern: matching("a regular expression in the syntax of RE2, of at most 500 characters", /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 500),
    names: listOf(line("the name of a field, in words or as it is written", 64), "a list of names", 20).optional(),
    needsName: z.boolean({ error: "true or false" }).optional(),
    inText: z.boolean({ error: "true or false" }).optional(),
    check: oneOf(CUSTOM_CHECKS).optional(),
    examples: listOf(value(), "a list of values that are of the class", 20).optional(),
    not: listOf(value(), "a list of values that are not", 20).optional(),
  }),
  "a list of classes",
  30,
);

/** Classes of a consumer, in a file of their own. */
export const customClassesFile = closed({ version: z.literal(1, { error: "1" }), customClasses });

const CLASSES_PATH = "the path of a file of classes (.json, .yaml, .yml) below the folder of the inventory, relative to it, with slashes";

export const inventoryFile = closed({
  version: z.literal(1, { error: "1" }),
  defaults: closed({
    environment: environment().optional(),
    owner: person().optional(),
    criticality: oneOf(CRITICALITIES).optional(),
    proxy: url(PROXY_URL).optional(),
    clients: clients().optional(),
  }).optional(),
  policy: closed({
    packs: listOf(
      matching("a policy pack, for example mozilla-6.0", /^[a-z0-9][a-z0-9.-]{0,63}$/),
      "a list of policy packs",
      20,
    ).optional(),
    rules: mapOf(
      ruleId(),
      z.union([z.literal("off"), closed({ severity: oneOf(SEVERITIES) })], {
        error: `off, or { severity: one of ${SEVERITIES.join(", ")} }`,
      }),
      "a mapping of rules",
    ).optional(),
  }).optional(),
  customClasses: customClasses.optional(),
  customClassesFile: matching(
    CLASSES_PATH,
    /^(?![/~])(?![A-Za-z]:)(?!(?:.*\/)?\.\.\/)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]{1,400}\.(?:json|ya?ml)$/u,
    410,
  ).optional(),
  integrations: z
    .array(integration, { error: "a list of integrations" })
    .min(1, { error: "at least one integration" })
    .max(10_000, { error: "at most 10000 integrations in a file", abort: true }),
});

export type InventoryFile = z.infer<typeof inventoryFile>;
export type CustomClassFileEntry = z.infer<typeof customClassesFile>["customClasses"][number];
export type IntegrationEntry = z.infer<typeof integration>;
export type EndpointEntry = z.infer<typeof endpoint>;
