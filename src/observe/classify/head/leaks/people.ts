import type { LeakKind } from "../../../../model/head-facts.ts";

/** People, and the tenant as whom we are known: in fields that are called after them, in what tracing carries along, and addresses of mail anywhere. */
export function peopleLeaks(field: string, value: string): readonly LeakKind[] {
  const isPerson =
    (PERSON_FIELDS.test(field) && isSomebody(value)) ||
    (BAGGAGE_FIELDS.test(field) && carriesPerson(field, value)) ||
    holdsMail(field, value);
  const isTenant = TENANT_FIELDS.test(field) && isSomebody(value) && value.length <= MAX_IDENTIFIER;
  const found: readonly (readonly [LeakKind, boolean])[] = [
    ["person", isPerson],
    ["tenant", isTenant],
  ];
  return found.filter(([, is]) => is).map(([what]) => what);
}

function isSomebody(value: string): boolean {
  return /[\p{L}\d]/u.test(value) && !NOBODY.test(value);
}

/** Members of a list (W3C Baggage section 3.3.1), and the field itself where each member has one. */
function carriesPerson(field: string, value: string): boolean {
  const [, own] = /^(?:ot-baggage|uberctx|baggage)-(.+)$/.exec(field) ?? [];
  const members = own === undefined ? value.split(",", MAX_MEMBERS).map((member) => member.split(";")[0] ?? "") : [`${own}=${value}`];
  return members.some((member) => {
    const [key = "", ...rest] = member.split("=");
    return PERSON_KEYS.test(key.trim()) && isSomebody(rest.join("=").trim());
  });
}

function holdsMail(field: string, value: string): boolean {
  if (MAIL_BELONGS.test(field) || MESSAGE_FIELDS.test(field)) return false;
  return [...value.matchAll(MAILS)].some(([, name = "", host = ""]) => !ROLES.test(name) && !NO_PEOPLE.test(host) && !MADE.test(name));
}

const MAX_MEMBERS = 200;
const MAX_IDENTIFIER = 200;
const NOBODY =
  /^(?:-|0|none|null|nil|undefined|unknown|anonymous|anon|guest|public|default|system|n\/a|false|true|\(null\)|[\da-f]{8}-0{4}-.*)$|^0+(?:-0+)*$/i;
const PERSON_FIELDS =
  /^(?:x-)?(?:tumblr-user|jive-user-id|zendesk-user-id|(?:[a-z]{1,20}-)?user-(?:id|name|email|login)|userid|username|user|user-?email|authenticated-user(?:-?id|name)?|remote-user|forwarded-(?:user|email|preferred-username)|auth-(?:user|username|email|request-user|request-email)|login|ausername|aaccountid|consumer-username|person-id|customer-email|member-id|employee-id)$/;
const TENANT_FIELDS =
  /^(?:x-)?(?:[a-z]{1,20}-)?(?:tenant(?:-(?:id|name|slug|domain))?|account-?id|org(?:-?(?:id|name|slug))?|organi[sz]ation(?:-?id)?|workspace-?id|shop-?id|customer-?id|company-?id|consumer-?id|merchant-?id|subscription-?id|team-?id)$/;
const BAGGAGE_FIELDS = /^(?:baggage|correlation-context|x-datadog-tags|(?:ot-baggage|uberctx|baggage)-.+)$/;
const PERSON_KEYS =
  /^(?:_dd\.p\.)?(?:(?:end|enduser|usr|user|customer|person|account|member|login)[._-]?(?:name|id|login)|(?:(?:enduser|usr|user|customer|person|account|member)[._-]?)?(?:user|usr|uid|user[._-]?id|e-?mail|mail|user[._-]?name|login|phone|mobile|ssn|first[._-]?name|last[._-]?name|full[._-]?name))$/i;
/** Policies and documents, where somebody to write to belongs. */
const MAIL_BELONGS =
  /^(?:report-to|reporting-endpoints|nel|content-security-policy(?:-report-only)?|link|p3p|x-contact|x-security-contact|contact|x-hacker|x-recruiting|x-we-are-hiring|user-agent)$/;
/** What they hold only looks like an address of mail: identifiers of messages and their parts (RFC 5322 section 3.6.4, RFC 2392). */
const MESSAGE_FIELDS = /(?:^|[-_.])(?:(?:message|msg|mail|email|content|thread|conversation)-?ids?|in-reply-to|references)$/;
/** By a machine, for a message or a thing. */
const MADE = /[\da-f]{16,}|^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const MAILS = /(?<![\w.+-])([\w.+-]{1,64})@((?:[a-z\d-]{1,63}\.){1,6}[a-z]{2,24})(?![\w-])/gi;
const ROLES =
  /^(?:admin|administrator|webmaster|postmaster|hostmaster|root|support|help|helpdesk|info|contact|hello|hi|sales|security|abuse|noreply|no-reply|donotreply|do-not-reply|api|dev|devs|developers?|ops|devops|sre|team|jobs|careers|hr|privacy|legal|billing|feedback|service|services|notifications?|git)\b/i;
const NO_PEOPLE =
  /(?:^|\.)(?:example|example\.(?:com|org|net)|invalid|test|gserviceaccount\.com|local|internal|png|jpe?g|gif|svg|webp|js|css)$/i;
