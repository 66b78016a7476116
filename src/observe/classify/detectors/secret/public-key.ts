import type { Detector } from "../detector.ts";

/** The half of a key pair that everybody may have (RFC 7468 section 13, RFC 4253 section 6.6). */
export const publicKey: Detector = {
  class: "public_key",
  over: ["api_key", "access_token", "client_secret", "private_key"],
  inText: false,
  isNamed: ({ name }) => /\b(?:public ?key|pubkey)(?: pem)?$/.test(name),
  detect: ({ text, type }) =>
    type === "string" && FILES.some((file) => file.test(text)) ? { confidence: 0.9, cues: ["shape"] } : undefined,
};

const FILES: readonly RegExp[] = [
  /^-----BEGIN (?:RSA |EC |DSA )?PUBLIC KEY-----/,
  /^-----BEGIN PGP PUBLIC KEY BLOCK-----/,
  /^---- BEGIN SSH2 PUBLIC KEY ----/,
  /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\d{3}|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) AAAA[A-Za-z0-9+/]{16}/,
];
