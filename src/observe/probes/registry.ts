import { httpPlaintextProbe } from "./http-plaintext.ts";
import { httpResponseProbe } from "./http-response.ts";
import { httpUnauthenticatedProbe } from "./http-unauthenticated.ts";
import { tlsSessionProbe } from "./tls-session.ts";
import { tlsVersionsProbe } from "./tls-versions.ts";

/** Every question that may be put to the network, in the order in which a plan lists them. */
export const PROBES = [tlsSessionProbe, tlsVersionsProbe, httpResponseProbe, httpUnauthenticatedProbe, httpPlaintextProbe] as const;
