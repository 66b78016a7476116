import { parse } from "tldts";
import type { Detector } from "../detector.ts";

/** A name in the public DNS (RFC 1123 section 2.1) where a machine's is asked for. */
export const hostname: Detector = {
  class: "hostname",
  over: [],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => NAMES.test(name),
  detect: ({ text, type }) => {
    if (type === "number" || text.length > MAX_HOST || !HOST.test(text)) return undefined;
    const { isIcann, isPrivate, subdomain } = parse(text);
    return (isIcann === true || isPrivate === true) && subdomain ? { confidence: 0.75, cues: ["registry"] } : undefined;
  },
};

const MAX_HOST = 253;
const HOST = /^[a-z\d](?:[\w-]{0,62}\.){1,10}[a-z]{2,24}\.?$/i;
const NAMES =
  /^(?:host ?name|fqdn|rdns?|reverse dns|ptr|dns ptr|ptr record|reverse|(?:public|private) dns(?: name)?|dns name|server hostname|machine hostname)$/;
