import type { Detector } from "../detector.ts";
import { addressesIn, isAddressName } from "./address.ts";

/** An address on the Internet: of a person's line, or of a machine. */
export const ipAddress: Detector = {
  class: "ip_address",
  over: ["phone", "hostname"],
  inText: false,
  isNamed: isAddressName,
  detect: (value, surroundings) => {
    const found = addressesIn(value, surroundings).filter(({ reach }) => reach === "public");
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      confidence: first.confidence,
      sample: found.every(({ sample }) => sample),
      cues: ["shape"],
      // Public and private ones stand in one list.
      ...((first.inText || isAddressName(surroundings)) && { own: true }),
    };
  },
};
