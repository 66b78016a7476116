import type { Detector } from "../detector.ts";

/** The name of a wireless network (IEEE 802.11): at most 32 bytes, whatever they say. With a database of them it is a place. */
export const wifiSsid: Detector = {
  class: "wifi_ssid",
  over: ["person_name", "internal_host", "hostname"],
  inText: false,
  needsName: true,
  isNamed: ({ name, above }) =>
    NAMES.test(name) ||
    (/^(?:network name|name)$/.test(name) && /^(?:wifi|wi fi|wlan|ssid|wifi network|wlan network)$/.test(above[0] ?? "")),
  detect: ({ text, type, near }) => {
    if (type === "number" || Buffer.byteLength(text) > MAX_BYTES || STATES.test(text) || near.isLabels()) return undefined;
    return { confidence: 0.9 };
  },
};

const MAX_BYTES = 32;
const NAMES = /^(?:(?:[a-z]+ )?(?:ssid|essid)(?: name)?|(?:wifi|wi fi|wlan|wireless) (?:name|network|network name)|wlan name|ssid \d)$/;
const STATES = /^(?:string|hidden|none|null|n\/a|unknown|enabled|disabled|true|false|connected|disconnected)$/i;
