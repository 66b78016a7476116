import type { Detector } from "../detector.ts";
import { addressesIn, isAddressName } from "./address.ts";

/** An address inside somebody's network (RFC 1918, 6598, 3927, 4193, 4291 section 2.5.6). */
export const privateIp: Detector = {
  class: "private_ip",
  over: ["phone", "hostname"],
  inText: false,
  isNamed: ({ name }) => /\b(?:private|internal|local|lan) (?:ip|ip address|ipaddress|ipv 4)\b/.test(name),
  detect: (value, surroundings) => {
    const [first] = addressesIn(value, surroundings).filter(({ reach }) => reach === "private");
    if (first === undefined) return undefined;
    return {
      confidence: Math.min(first.confidence, 0.95),
      cues: ["range"],
      ...((first.inText || isAddressName(surroundings)) && { own: true }),
    };
  },
};
