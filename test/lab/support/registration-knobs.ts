import type { Knob } from "./knob.ts";
import type { RdapAnswer } from "./rdap-answer.ts";
import type { RdapReply } from "./rdap-server.ts";

/** What a registry says of one domain, one thing of it turned. */
export interface RegistrationKnob extends Pick<Knob, "turn" | "findings"> {
  readonly answer?: Partial<RdapAnswer>;
  /** In the place of an answer. */
  readonly reply?: RdapReply;
}

export const REGISTRATION_KNOBS: readonly RegistrationKnob[] = [
  {
    turn: "another registrar keeps the domain",
    answer: { registrar: { name: "Elsewhere LLC", ianaId: "1068" } },
    findings: ["domain/registrar-changed registration"],
  },
  {
    turn: "the registrar is called otherwise",
    answer: { registrar: { name: "Registrar of Acme Holding", ianaId: "292" } },
    findings: [],
  },
  { turn: "three weeks are left", answer: { endsIn: 28 }, findings: ["domain/registration-expiring registration"] },
  { turn: "a month and a half is left", answer: { endsIn: 50 }, findings: [] },
  {
    turn: "it ended, and can be bought back",
    answer: { status: ["client transfer prohibited", "redemptionPeriod"] },
    findings: ["domain/registration-expiring registration"],
  },
  { turn: "its lock is taken off", answer: { status: ["active"] }, findings: ["domain/transfer-unlocked registration"] },
  { turn: "no state is given any more", answer: { status: [] }, findings: [] },
  { turn: "the registry slows us down", reply: { status: 429 }, findings: [] },
  { turn: "the registry does not know the domain any more", reply: { status: 404 }, findings: [] },
];
