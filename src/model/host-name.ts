/** A name that somebody may ask public DNS for. */
export function isPublicName(host: string): boolean {
  return !isLiteralAddress(host) && !isPrivateName(host);
}

/** Of a host as URLs have it, without brackets. */
export function isLiteralAddress(host: string): boolean {
  return host.includes(":") || /^\d+(\.\d+){3}$/.test(host);
}

/** Names that no public DNS answers for (RFC 6761, RFC 6762, RFC 8375, and .internal as reserved by ICANN in 2024), and names without a dot. */
export function isPrivateName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return !name.includes(".") || /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(name);
}
