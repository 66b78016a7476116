import { parse } from "tldts";
import { isPlaceholder } from "../../values.ts";
import type { Detector, Hit } from "../detector.ts";

/** One address, whole, under a public suffix: the value proves it (RFC 5321 section 4.1.2, without quoted local parts). */
export const email: Detector = {
  class: "email",
  over: [],
  inText: true,
  isNamed: ({ name }) => /\b(?:e ?mail|mail|courriel|correo)\b/.test(name),
  detect: ({ text, type }, { name }) =>
    type === "string" ? addressHit(text.replace(/^(?:mailto|e-?mail|smtp|sip|sips|acct|xmpp|im):/i, ""), name) : undefined,
};

function addressHit(text: string, name: string): Hit | undefined {
  const at = text.indexOf("@");
  if (at < 1 || at > MAX_LOCAL || text.length > MAX_ADDRESS || text.indexOf("@", at + 1) !== -1) return undefined;
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  if (!LOCAL.test(local) || !DOMAIN.test(domain) || MESSAGE_ID.test(name)) return undefined;
  const { isIcann, isPrivate, domain: registrable } = parse(domain);
  const reserved = RESERVED.test(domain);
  if (!reserved && (registrable === null || (isIcann !== true && isPrivate !== true))) {
    return INTERNAL.test(domain) && email.isNamed({ name, above: [], beside: new Set() }) ? { confidence: 0.7 } : undefined;
  }
  return { confidence: confidenceOf(local, domain), sample: reserved || isPlaceholder(local) };
}

function confidenceOf(local: string, domain: string): number {
  if (NOBODY.test(local) || MACHINE_MADE.test(local) || MACHINES.test(domain)) return 0.4;
  return ROLES.test(local) ? 0.7 : 0.97;
}

const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;
const LOCAL = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u;
/** RFC 2606 and RFC 6761. */
const RESERVED = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)$/;
const INTERNAL = /\.(?:local|internal|corp|lan|intra|intranet)$/;
const NOBODY = /^(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?|git)(?:[+-].*)?$/i;
const ROLES =
  /^(?:info|support|sales|help|hello|contact|office|billing|admin|service|customer-?service|team|press|jobs|privacy|legal|abuse|security|notifications?)$/i;
const MACHINE_MADE = /\d{10}|[0-9a-f]{20}/;
/** Addresses of programs, not of persons. */
const MACHINES = /(?:\.gserviceaccount\.com|^group\.calendar\.google\.com|\.calendar\.google\.com)$/;
const MESSAGE_ID = /\b(?:message id|in reply to|reference|(?:i ?)?cal uid|ssh|clone|git|remote url)\b|^(?:uid|event uid)$/;
