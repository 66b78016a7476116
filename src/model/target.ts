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
}
