import type { Knob } from "./knob.ts";
import { LAB_SECRET } from "./lab.ts";
import { behaving, GRANTED, type Manners, ORDERS, type ProofReply, REFUSAL } from "./proof-server.ts";

export interface ProofKnob extends Pick<Knob, "turn" | "findings"> {
  readonly manners: Manners;
}

const LOGIN_PAGE: ProofReply = { headers: { "content-type": "text/html" }, body: "<html><form>Log in</form></html>" };
const QUERY_NAMES = ["api_key", "access_token", "key", "token", "apikey"];

/** What it says to a key that is not ours, and is there. */
const toOthers =
  (reply: ProofReply): Manners =>
  (request) =>
    request.scheme === "https" && request.key !== undefined && request.key !== LAB_SECRET ? reply : behaving(request);
/** What is different about what it says to us. */
const toUs =
  (reply: ProofReply): Manners =>
  (request) =>
    request.scheme === "https" && request.key === LAB_SECRET ? { ...GRANTED, ...reply } : behaving(request);

/** One of two servers behind a balancer lets in whom it should not. */
function everyOther(isMeant: (request: Parameters<Manners>[0]) => boolean): Manners {
  let asked = 0;
  return (request) => {
    const isTheOther = request.scheme === "https" && request.query.size === 0 && isMeant(request) && asked++ % 2 === 0;
    return isTheOther ? GRANTED : behaving(request);
  };
}

/** What an API does with credentials, one thing of it turned; those without a finding are what must not be taken for one. */
export const PROOF_KNOBS: readonly ProofKnob[] = [
  { turn: "any key is accepted", manners: toOthers(GRANTED), findings: ["auth/garbage-credential-accepted endpoint:orders"] },
  {
    turn: "any key is accepted, and without one there is an error dressed as a success",
    manners: (request) =>
      request.key === undefined && request.scheme === "https" ? { body: { ok: false, error: "not_authed" } } : toOthers(GRANTED)(request),
    findings: ["auth/garbage-credential-accepted endpoint:orders"],
  },
  {
    turn: "a wrong key gets an error dressed as a success",
    manners: toOthers({ body: { ok: false, error: "invalid_auth" } }),
    findings: [],
  },
  { turn: "a wrong key gets errors of GraphQL", manners: toOthers({ body: { ...ORDERS, errors: [{ message: "no" }] } }), findings: [] },
  { turn: "a wrong key gets a page to log in", manners: toOthers(LOGIN_PAGE), findings: [] },
  { turn: "a wrong key gets what a cache has", manners: toOthers({ ...GRANTED, headers: { age: "31" } }), findings: [] },
  {
    turn: "a wrong key meets a firewall",
    manners: toOthers({ ...GRANTED, status: 202, headers: { "x-amzn-waf-action": "challenge" } }),
    findings: [],
  },
  {
    turn: "a wrong key is repeated in its refusal",
    manners: (request) =>
      request.key === undefined ? behaving(request) : toOthers({ ...REFUSAL, body: { error: `unknown key ${request.key}` } })(request),
    findings: [],
  },
  {
    turn: "keys are optional, and wrong ones are overlooked",
    manners: (request) => (request.scheme === "https" ? GRANTED : behaving(request)),
    findings: ["auth/unauthenticated-access endpoint:orders"],
  },
  { turn: "every other one without a key is let in", manners: everyOther((request) => request.key === undefined), findings: [] },
  {
    turn: "every other one with any key is let in",
    manners: everyOther(({ key }) => key !== undefined && key !== LAB_SECRET),
    findings: [],
  },
  {
    turn: "keys in the query are read",
    manners: (request) =>
      QUERY_NAMES.some((name) => request.query.has(name)) ? { ...REFUSAL, body: { error: "invalid_api_key" } } : behaving(request),
    findings: ["auth/query-credential-accepted"],
  },
  {
    turn: "parameters that nobody knows are refused",
    manners: (request) => (request.query.size > 0 ? { status: 400, body: { error: "unknown_parameter" } } : behaving(request)),
    findings: [],
  },
  {
    turn: "refusals are numbered",
    manners: (request) => {
      const reply = behaving(request);
      return reply.status === 401
        ? { ...reply, body: { error: "authentication_required", id: `req_${Math.random()}`, at: new Date().toISOString() } }
        : reply;
    },
    findings: [],
  },
  {
    turn: "our key is repeated in the answer",
    manners: toUs({ headers: { "x-echo": `key=${LAB_SECRET}` } }),
    findings: ["auth/credential-echoed endpoint:orders"],
  },
  { turn: "the last four of our key are shown", manners: toUs({ headers: { "x-key": `****${LAB_SECRET.slice(-4)}` } }), findings: [] },
  {
    turn: "a loose session is opened",
    manners: toUs({ headers: { "set-cookie": "JSESSIONID=1; Path=/" } }),
    findings: ["auth/ambient-session endpoint:orders"],
  },
  { turn: "a balancer sets its cookie", manners: toUs({ headers: { "set-cookie": "AWSALB=1; Path=/" } }), findings: [] },
  {
    turn: "caches may keep what is for us",
    manners: toUs({ headers: { "cache-control": "public, max-age=60" } }),
    findings: ["auth/authenticated-response-cached endpoint:orders"],
  },
  {
    turn: "we are sent to another host",
    manners: toUs({ status: 307, headers: { location: "https://files.elsewhere.example/orders" } }),
    findings: ["auth/redirect-off-origin endpoint:orders"],
  },
  { turn: "we are sent to another path", manners: toUs({ status: 307, headers: { location: "/v2/orders" } }), findings: [] },
  {
    turn: "the API is served over http as well",
    manners: (request) => (request.scheme === "http" ? GRANTED : behaving(request)),
    findings: ["auth/credential-over-http plaintext"],
  },
  {
    turn: "a web site stands beside it on http",
    manners: (request) => (request.scheme === "http" ? { ...LOGIN_PAGE, status: 404 } : behaving(request)),
    findings: [],
  },
];
