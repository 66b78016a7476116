import type { Detector } from "../detector.ts";

/** What a program calls itself (RFC 9110 section 10.1.5): products with versions. */
export const userAgent: Detector = {
  class: "user_agent",
  over: ["ip_address", "free_text", "device_id"],
  inText: false,
  isNamed: ({ name }) => NAMES.test(name),
  detect: ({ text, type }, { name }) => {
    if (type === "number" || text.length > MAX_LENGTH) return undefined;
    if (BROWSER.test(text)) return { confidence: 0.95, cues: ["shape"] };
    return NAMES.test(name) && PRODUCT.test(text) ? { confidence: 0.9, cues: ["shape"] } : undefined;
  },
};

const MAX_LENGTH = 2048;
const NAMES = /^(?:(?:http|client|browser|last|request|x|login|raw) )*(?:user ?agent|useragent|ua|user agent string|ua string)$/;
const BROWSER = /^(?:Mozilla\/[45]\.0 \(|Opera\/\d|Dalvik\/\d|AppleCoreMedia\/)/;
const PRODUCT = /^[A-Za-z][\w.+ -]{1,60}\/v?\d[\w.+-]*(?:[\s;(]|$)/;
