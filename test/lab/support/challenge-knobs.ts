import type { Knob } from "./knob.ts";

/** As the clean API is used, with a token. */
export const WITH_TOKEN = { scheme: "bearer", credential: "env:LAB_KEY" };

/** What the API says when it refuses. */
export const CHALLENGE_KNOBS: readonly Knob[] = [
  {
    turn: "Basic is taken as well",
    server: { challenge: 'Bearer, Basic realm="x"' },
    findings: ["auth/challenge-downgrade endpoint:orders"],
  },
  { turn: "the challenge breaks off", server: { challenge: 'Bearer, x="' }, findings: ["auth/challenge-malformed endpoint:orders"] },
  { turn: "no challenge is sent", server: { challenge: "" }, findings: ["auth/challenge-missing endpoint:orders"] },
  { turn: "the challenge names another scheme", server: { challenge: "DPoP" }, findings: ["auth/scheme-mismatch endpoint:orders"] },
  {
    turn: "the challenge names Digest with MD5 alone",
    server: { challenge: "Digest qop=auth" },
    findings: ["auth/challenge-downgrade endpoint:orders", "auth/scheme-mismatch endpoint:orders"],
  },
  { turn: "Negotiate is taken as well", server: { challenge: "Bearer, Negotiate" }, findings: ["auth/ntlm-offered endpoint:orders"] },
  {
    turn: "the credential was revoked",
    server: { auth: { in: "header", name: "authorization", value: "Bearer another" } },
    findings: ["auth/credential-rejected endpoint:orders"],
  },
];

/** Where no scheme is declared, Digest may be what is used. */
export const DIGEST_KNOBS: readonly Knob[] = [
  { turn: "Digest is asked for with MD5", server: { challenge: "Digest qop=auth" }, findings: ["auth/digest-weak endpoint:orders"] },
];
