import { isLiteralAddress } from "./host-name.ts";

/** One origin that an audit talks to. */
export interface Target {
  readonly integration: string;
  readonly environment: string;
  /** Origin: scheme, host, port. */
  readonly origin: string;
  readonly scheme: "https" | "http";
  /** Host without brackets, lower-case, A-label form. */
  readonly host: string;
  readonly port: number;
  /** SNI; undefined for an IP literal (RFC 6066 section 3). */
  readonly serverName?: string;
  /** Somebody else than the user named it: it leads to public addresses alone, whatever is allowed otherwise. */
  readonly publicOnly?: true;
}

/** The target behind a URL that was validated before. `environment` is the user's word for it. */
export function targetOf(integration: string, environment: string, url: string): Target {
  const { protocol, hostname, port, origin } = new URL(url);
  const scheme = protocol === "http:" ? "http" : "https";
  const host = hostname.replace(/^\[|\]$/g, "");
  return {
    integration,
    environment,
    origin,
    scheme,
    host,
    port: port === "" ? (scheme === "https" ? 443 : 80) : Number(port),
    ...(isLiteralAddress(host) ? {} : { serverName: host }),
  };
}
