import type { LeakKind } from "../../../../model/head-facts.ts";

/** What of the inside of a program stands in a value: paths of files, statements of a database, errors with their stack. */
export function disclosedText(field: string, value: string): readonly LeakKind[] {
  const text = FIELDS_IN_BASE64.test(field) ? decoded(value) : value;
  const found: readonly (readonly [LeakKind, boolean])[] = [
    ["file-path", holdsPath(field, text)],
    ["sql", SQL.some((statement) => statement.test(text))],
    ["stack", holdsStack(field, text)],
  ];
  return found.filter(([, is]) => is).map(([what]) => what);
}

/** Of an encoded word (RFC 2047), as ASP.NET writes it, or of plain base64. */
function decoded(value: string): string {
  const [, inner = value] = /^=\?[\w-]{1,20}\?B\?([\w+/=]*)\?=$/i.exec(value) ?? [];
  return Buffer.from(inner, "base64").toString("utf8");
}

function holdsPath(field: string, text: string): boolean {
  if (FILE_FIELDS.test(field)) return /[/\\][\w.-]/.test(text);
  return !URL_FIELDS.test(field) && (PATHS.some((path) => path.test(text)) || namesFile(text));
}

/** Under roots that routes of APIs have as well (`/opt/in/settings`): in words of a message, or with what is in trees of files alone. */
function namesFile(text: string): boolean {
  return [...text.matchAll(MAYBE_PATHS)].some(
    ({ 0: path, index }) => FILE_MARKS.test(path) || MESSAGE_BEFORE.test(text.slice(Math.max(0, index - MAX_WORD), index)),
  );
}

function holdsStack(field: string, text: string): boolean {
  if (/^x-amzn-errortype$/.test(field)) return false;
  return (EXCEPTION_FIELDS.test(field) && /[A-Za-z]{3}/.test(text) && !NO_ERROR.test(text)) || STACKS.some((stack) => stack.test(text));
}

const FIELDS_IN_BASE64 = /^x-sourcefiles$/;
/** A path is all that they ever say; X-Accel-Redirect and X-Sendfile are for the server in front, which should have taken them away. */
const FILE_FIELDS =
  /^(?:x-sourcefiles|x-sendfile2?|x-accel-redirect|x-lighttpd-send-(?:file|tempfile)|x-debug-exception-file|x-xdebug-profile-filename|x-litespeed-location|x-script-filename|x-document-root)$/;
const URL_FIELDS =
  /^(?:location|content-location|refresh|link|sourcemap|x-sourcemap|content-security-policy(?:-report-only)?|report-to|reporting-endpoints|nel|alt-svc|x-pingback|x-(?:original|rewrite|request|forwarded|matched|invoke|nextjs-matched|middleware-rewrite)-?(?:url|uri|path|prefix)|x-path|x-route|x-url|cross-origin-.*|expect-ct|p3p|service-worker-allowed|x-debug-token-link)$/;
const PATHS: readonly RegExp[] = [
  /(?<![\w:/.~-])\/home\/[\w.-]{1,64}\/[\w.-]/,
  /(?<![\w:/.~-])\/var\/(?:www|lib|log|run|task|app|opt|tmp|cache|spool|vcap)\/?[\w.-]/,
  /(?<![\w:/.~-])\/usr\/(?:local|share|lib|src|bin)\/[\w.-]/,
  /(?<![\w:/.~-])\/etc\/[\w.-]/,
  /(?<![\w:/.~-])\/[\w.-]{1,64}(?:\/[\w.-]{1,64}){1,10}\.(?:py|rb|java|go|sql|conf|ini|sqlite)(?![\w.-])/,
  /(?:^|[\s"'=([,])[A-Za-z]:[\\/](?:[\w .$-]{1,64}[\\/]){1,10}/,
  /(?:^|[\s"'=([,])\\\\[\w.-]{1,64}\\[\w.$-]/,
  /\bfile:\/\/\/[\w.-]/,
];
const MAYBE_PATHS = /(?<![\w:/.~-])\/(?:opt|srv|mnt|root|proc|workspace|tmp)(?:\/[\w.@+-]{1,64}){2,12}/g;
/** A folder of programs, a hidden one, a number or a name with an ending. */
const FILE_MARKS =
  /\/(?:app|apps|application|applications|bin|lib|libs|lib64|etc|src|conf|config\.d|log|logs|current|releases|www|html|htdocs|webapps|wwwroot|site-packages|node_modules|vendor|local|self|deploy|code|repo|bitnami|tomcat\d*|jboss|wildfly|conda|venv)(?:\/|$)|\/\.[a-z]|^\/proc\/\d|\.(?!(?:json|xml|html?|csv|txt)$)[a-z]\w{0,7}(?:$|\/)/i;
const MAX_WORD = 40;
/** "cannot open /opt/acme/billing", "file=/opt/acme/billing"; a route comes after a method in capitals, or alone. */
const MESSAGE_BEFORE = /(?:\b[a-z]{2,}[\s"'`:(]{1,4}|\b(?:file|dir|directory|template)=["']?)$/;
/** In capitals, as programs write it, few words are enough; in small letters it takes more than prose has. */
const SQL: readonly RegExp[] = [
  /\bSELECT\s[^;]{1,300}?\sFROM\s+[\w"`.[]/,
  /\bUPDATE\s+[\w"`.[\]]{1,80}\s+SET\s/,
  /\bDELETE\s+FROM\s+[\w"`.[]/,
  /\bselect\s+(?:\*|[\w"`.]{1,80}(?:\s*,\s*[\w"`.]{1,80}){0,40})\s+from\s+[\w"`.[]{1,80}\s+(?:where|order|group|limit|join|inner|left)\b/i,
  /\binsert\s+into\s+[\w"`.[]+\s*\([^()]{1,200}\)\s*values/i,
  /\bupdate\s+[\w"`.[\]]{1,80}\s+set\s+\w+\s*=/i,
  /\bdelete\s+from\s+[\w"`.[]{1,80}\s+where\s/i,
  /SQLSTATE\[|\bORA-\d{5}:|\byou have an error in your sql syntax/i,
];
const EXCEPTION_FIELDS =
  /^(?:x-)?(?:debug-|error-)?(?:exception|exception-(?:message|class|type|trace)|stack-?trace|traceback|error-trace)$/;
const NO_ERROR = /^(?:none|null|false|no|0|ok)$/i;
const STACKS: readonly RegExp[] = [
  /\bat [\w$.<>]{1,200}\([\w$.-]{1,80}\.(?:java|kt|scala|groovy|js|ts|mjs|cs):\d/,
  /\bTraceback \(most recent call last\)/,
  /\bFile "[^"]{1,300}", line \d/,
  /\bin (?:\/|[A-Za-z]:\\)[\w/\\. -]{1,300}(?::| on )line \d/,
  /\b(?:java|javax|jakarta|org|com|kotlin|scala)(?:\.[a-z_][\w$]{0,60}){1,8}\.[A-Z][\w$]{0,80}(?:Exception|Error)\b/,
  /\b(?:System|Microsoft)(?:\.[A-Z]\w{0,60}){0,6}\.\w{1,80}Exception\b/,
  /\bgoroutine \d{1,9} \[running\]/,
];
