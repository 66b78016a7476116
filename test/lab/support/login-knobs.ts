import { issuing, type TokenReply } from "./authorization-server.ts";
import type { Knob } from "./knob.ts";
import { LAB_SECRET } from "./lab.ts";

export interface LoginKnob extends Pick<Knob, "turn" | "findings"> {
  readonly reply: TokenReply;
}

/** What the authorisation server says, one thing of it turned. */
export const LOGIN_KNOBS: readonly LoginKnob[] = [
  {
    turn: "the client is not known any more",
    reply: { status: 401, body: '{"error":"invalid_client"}' },
    findings: ["auth/login-refused login"],
  },
  { turn: "tokens are good for a week", reply: issuing({ expires_in: 7 * 86_400 }), findings: ["auth/token-long-lived login"] },
  {
    turn: "more is granted than is needed",
    reply: issuing({ scope: "orders.read orders.write" }),
    findings: ["credential/audits-with-write-access credential", "credential/over-scoped scopes"],
  },
  {
    turn: "the secret is repeated beside the token",
    reply: issuing({ scope: "orders.read", client: { id: "lab", secret: LAB_SECRET } }),
    findings: ["auth/credential-echoed login"],
  },
  {
    turn: "the request is sent on to somebody else",
    reply: { status: 307, headers: { location: "https://tokens.example/token" }, body: "" },
    findings: ["auth/redirect-off-origin login"],
  },
  { turn: "the server is busy", reply: { status: 503, body: "" }, findings: [] },
];
