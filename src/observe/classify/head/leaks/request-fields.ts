import type { LeakKind } from "../../../../model/head-facts.ts";

/**
 * Fields of requests in an answer: somebody sends back what came in, or a proxy wrote to the wrong side. Accept and Accept-Encoding may be in
 * answers (RFC 9110 sections 12.5.1 and 12.5.3); what fields of forwarding say of scheme and port is nobody's secret.
 */
export function requestFieldLeaks(field: string, value: string): readonly LeakKind[] {
  return REQUEST_FIELDS.test(field) && /[\w/]/.test(value) ? ["request-field"] : [];
}

const REQUEST_FIELDS =
  /^(?:user-agent|cookie|host|referer|if-none-match|if-modified-since|max-forwards|sec-fetch-(?:site|mode|dest|user)|upgrade-insecure-requests|x-forwarded-(?:host|server|uri|path)|x-original-(?:url|uri|host|method)|x-rewrite-url|x-http-method-override|authorization|proxy-authorization)$/;
