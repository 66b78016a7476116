import { isLiteralAddress } from "../../model/host-name.ts";

/** Where a URL leads that a document of somebody else names. `address`: to a host without a name. */
export function urlPlace(value: unknown): "https" | "http" | "address" | "elsewhere" {
  if (typeof value !== "string" || value.length > MAX_URL || !URL.canParse(value)) return "elsewhere";
  const { protocol, hostname } = new URL(value);
  if (protocol !== "https:" && protocol !== "http:") return "elsewhere";
  if (isLiteralAddress(hostname.replace(/^\[|\]$/g, ""))) return "address";
  return protocol === "https:" ? "https" : "http";
}

const MAX_URL = 4096;
