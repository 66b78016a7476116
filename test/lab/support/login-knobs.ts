import { issuing, type TokenReply } from "./authorization-server.ts";
import type { Knob } from "./knob.ts";

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
  { turn: "the server is busy", reply: { status: 503, body: "" }, findings: [] },
];
