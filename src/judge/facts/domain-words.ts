import type { RegionSeen } from "../../evidence/kinds.ts";

/** Names from DNS in a sentence: the first three of them, and nothing that is no name. */
export function namesInWords(names: readonly string[]): string {
  const readable = names.map((name) => (READABLE.test(name) ? name : "(no host name)"));
  const more = readable.length - MOST_NAMES;
  return `${readable.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** "eu-west-1 (AWS, Ireland)"; of what is none nothing is repeated. */
export function regionInWords({ cloud, region, country }: Omit<RegionSeen, "since">): string {
  const isKnown = /^[A-Za-z ]{1,40}$/.test(cloud) && /^[a-z0-9-]{1,40}$/.test(region) && /^[A-Z]{2}$/.test(country);
  return isKnown ? `${region} (${cloud}, ${COUNTRIES.of(country) ?? country})` : "(no region)";
}

const COUNTRIES = new Intl.DisplayNames(["en"], { type: "region" });
const READABLE = /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;
const MOST_NAMES = 3;
