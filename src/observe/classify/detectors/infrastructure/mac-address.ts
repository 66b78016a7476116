import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** A MAC-48 or EUI-48 address (IEEE 802) in any of the ways people write it; twelve digits alone need a name. */
export const macAddress: Detector = {
  class: "mac_address",
  over: ["ip_address", "phone", "password"],
  inText: false,
  isNamed,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length > MAX_LENGTH || OTHERS.test(surroundings.name)) return undefined;
    const digits = text.replace(/[:.-]/g, "").toLowerCase();
    if (!/^[\da-f]{12}$/.test(digits) || NOBODY.test(digits)) return undefined;
    if (isNamed(surroundings))
      return WRITTEN.some((form) => form.test(text)) || text.length === 12 ? { confidence: 0.97, cues: ["shape"] } : undefined;
    return WRITTEN.some((form) => form.test(text)) && /[a-f]/.test(digits)
      ? { confidence: text.includes(":") ? 0.85 : 0.7, cues: ["shape"] }
      : undefined;
  },
};

function isNamed({ name }: Surroundings): boolean {
  return NAMES.test(name) && !OTHERS.test(name);
}

const MAX_LENGTH = 17;
const WRITTEN: readonly RegExp[] = [
  /^[\da-f]{2}(?::[\da-f]{2}){5}$/i,
  /^[\da-f]{2}(?:-[\da-f]{2}){5}$/i,
  /^[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}$/i,
];
/** Nobody's, and everybody's. */
const NOBODY = /^(?:0{12}|f{12})$/;
const NAMES =
  /\b(?:mac|macs|bssid|mac addr|mac address|macaddr|macaddress|hwaddr|hw address|hardware address|ethernet address|physical address|wifi mac|wlan mac|bluetooth address|bt address|bd addr|ether|ethernet|eth \d|lan mac)\b/;
const OTHERS = /\b(?:fingerprint|thumbprint|digest|hash|checksum|serial|colou?r|duration|time|version|os|app|platform|build|type)\b/;
