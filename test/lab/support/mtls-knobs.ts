import type { Knob } from "./knob.ts";
import type { Insistence } from "./mtls-api.ts";

export interface MtlsKnob extends Pick<Knob, "turn" | "findings"> {
  readonly insistence: Insistence;
}

/** What the server makes of a client without a certificate. */
export const MTLS_KNOBS: readonly MtlsKnob[] = [
  {
    turn: "it answers without a certificate",
    insistence: "ignoring",
    findings: ["auth/mtls-not-required endpoint:orders"],
  },
];

export const MTLS_AUTH = { scheme: "mtls", clientCertificate: { cert: "file:client.crt", key: "file:client.key" } } as const;
export const MTLS_FILES: readonly string[] = Object.values(MTLS_AUTH.clientCertificate);
