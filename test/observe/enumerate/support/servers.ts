import type { Server } from "./server.ts";
import { ECDSA_SCHEMES, FFDHE, P256, P384, P521, RSA_SCHEMES, SUITES, X448, X25519 } from "./universe.ts";

const INTERMEDIATE = [0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8];
const OPENSSL_GROUPS = [X25519, P256, X448, P521, P384];

/** Mozilla's intermediate configuration on OpenSSL 3.0, with an RSA and an ECDSA certificate. */
export const nginx: Server = {
  suites: { "TLS 1.3": [0x1302, 0x1303, 0x1301], "TLS 1.2": INTERMEDIATE },
  groups: OPENSSL_GROUPS,
  groups13: [...OPENSSL_GROUPS, ...FFDHE],
  certificates: [
    { key: "ecdsa", group: P256, schemes: ECDSA_SCHEMES.slice(0, 3) },
    { key: "rsa", schemes: RSA_SCHEMES.slice(0, 6) },
  ],
  preference: "client",
};

const javas = SUITES.filter(
  ({ name }) =>
    /^TLS_(ECDHE_ECDSA|ECDHE_RSA|DHE_RSA|RSA|DH_anon|ECDH_anon)_/.test(name) && !/CHACHA|CCM|ARIA|CAMELLIA|SEED|IDEA|RC2_CBC_56/.test(name),
);
const old = javas.filter((suite) => !suite.since12).map((suite) => suite.code);

export const nginxWithItsOwnOrder: Server = { ...nginx, preference: "server", parameters: "server" };

/** JSSE with its limits cleared: as many suites as facts/tls.md counted with Temurin 25. */
export const jsse: Server = {
  suites: {
    "TLS 1.3": [0x1302, 0x1301, 0x1303],
    "TLS 1.2": javas.map((suite) => suite.code).slice(-43),
    "TLS 1.1": old.slice(0, 27),
    "TLS 1.0": old.slice(0, 32),
    "SSL 3.0": old.slice(0, 32),
  },
  groups: OPENSSL_GROUPS,
  groups13: [...OPENSSL_GROUPS, ...FFDHE],
  certificates: [
    { key: "ecdsa", group: P256, schemes: ECDSA_SCHEMES },
    { key: "rsa", schemes: RSA_SCHEMES },
  ],
  preference: "server",
};
