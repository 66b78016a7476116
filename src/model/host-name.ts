/** Names that no public DNS answers for (RFC 6761, RFC 6762, RFC 8375, and .internal as reserved by ICANN in 2024), and names without a dot. */
export function isPrivateName(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return !name.includes(".") || /\.(localhost|local|internal|intranet|lan|home|corp|home\.arpa)$/.test(name);
}
