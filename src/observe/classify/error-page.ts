import type { DebugPage, ErrorPageFacts, StackKind } from "../../model/posture.ts";

/**
 * What the content of an error gives away. Words like "internal error" say nothing: a stack is two frames of one language at least, or a member that
 * is named like one and holds a path. Of a long page the first 64 KB count.
 */
export function errorPageFacts(body: Uint8Array, contentType: string | undefined): ErrorPageFacts {
  const text = Buffer.from(body.subarray(0, MOST_OCTETS)).toString("utf8");
  const format = errorFormat(text, contentType);
  const plain = withoutEscapes(text);
  const debugPage = debugPageIn([plain, text], format);
  const stack = stackIn(plain) ?? (STACK_MEMBER.test(text) ? "member" : undefined);
  return {
    format,
    ...(stack === undefined ? {} : { stack }),
    ...(debugPage === undefined ? {} : { debugPage }),
    signatures: format === "page" || format === "text" ? signaturesIn(plain) : [],
  };
}

function errorFormat(text: string, contentType = ""): ErrorPageFacts["format"] {
  if (text.trim() === "") return "empty";
  if (/^\s*application\/problem\+(?:json|xml)\b/i.test(contentType)) return "problem";
  if (/^\s*[[{]/.test(text)) return "json";
  if (/^\s*(?:<!doctype html|<html|<head|<body|<center|<h1|<title|<!--)/i.test(text) || /^\s*text\/html/i.test(contentType)) return "page";
  return /^\s*<(?:\?xml|[a-z])/i.test(text) ? "xml" : "text";
}

function stackIn(text: string): StackKind | undefined {
  return FRAMES.find(([, frame]) => (text.match(frame)?.length ?? 0) >= LEAST_FRAMES)?.[0];
}

function signaturesIn(text: string): readonly string[] {
  const signed = text.replace(/\bJetty:\/\/ ?/g, "Jetty/").replace(/\bIIS (\d{1,2}\.\d) Detailed Error/g, "Microsoft-IIS/$1 ");
  const found = [...signed.matchAll(SIGNATURES)].map(([, product = "", version = "", distro]) =>
    distro === undefined ? `${product}/${version}` : `${product}/${version} (${distro})`,
  );
  return [...new Set(found)].sort().slice(0, MOST_SIGNATURES);
}

/** They are pages; only Spring has none, and tells the same in a member of its JSON. */
function debugPageIn(readings: readonly string[], format: ErrorPageFacts["format"]): DebugPage | undefined {
  const marks = format === "page" || format === "text" ? PAGE_MARKS : format === "json" ? JSON_MARKS : [];
  return marks.find(([, ...all]) => all.every((mark) => readings.some((text) => mark.test(text))))?.[0];
}

/**
 * Frames stand on lines of their own, which JSON and HTML write in their own ways. A backslash that is itself escaped begins no escape, and outside of
 * JSON none does: it stands in a path.
 */
function withoutEscapes(text: string): string {
  return (/^\s*[[{"]/.test(text) ? text.replace(/\\(["\\/nrt])/g, (_, escaped: string) => ESCAPED[escaped] ?? escaped) : text)
    .replace(/<br\s{0,4}\/?>|<\/?(?:p|li|div|pre|code|span|td|th|tr|dd|dt|h[1-6]|a|b|i)\b[^<>]{0,200}>/gi, "\n")
    .replace(/&nbsp;/g, " ")
    .replace(/&(?:quot|#34|#x22);/g, '"')
    .replace(/&(?:#39|#x27|apos);/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">");
}

const MOST_OCTETS = 64 * 1024;
const LEAST_FRAMES = 2;
const MOST_SIGNATURES = 5;

const FRAMES: readonly (readonly [StackKind, RegExp])[] = [
  ["java", /^\s{0,20}at [\w$.<>/@-]{1,200}\((?:[\w$]{1,80}\.(?:java|kt|scala|groovy|clj):\d{1,6}|Native Method|Unknown Source)\)/gm],
  ["python", /File "[^"\n]{1,300}", line \d{1,6}, in [\w<]/g],
  ["dotnet", /^\s{0,20}at [\w.`<>[\],+]{1,200}\([^()\n]{0,300}\)(?: in [^\n]{1,300}:line \d{1,6})?\s*$/gm],
  ["javascript", /^\s{0,20}at (?:[^\n()]{1,200} \(|async )?(?:file:\/\/|node:|webpack|\/|[A-Z]:\\)[^\n()]{0,300}:\d{1,6}:\d{1,6}\)?/gm],
  [
    "php",
    /#\d{1,4} (?:\/|[A-Z]:\\)[^\s(]{1,300}\.php\(\d{1,6}\)|"file"\s{0,4}:\s{0,4}"[^"\n]{1,300}\.php",\s{0,40}"line"\s{0,4}:\s{0,4}\d{1,6}/g,
  ],
  ["ruby", /(?<![\w/.-])[\w/.-]{1,300}\.rb:\d{1,6}:in [`'"]/g],
  ["go", /^\s{0,20}\/?[\w/.@-]{1,300}\.go:\d{1,6}(?: \+0x[0-9a-f]{1,8})/gm],
];

/** A path with a file at its end, which is part of no URL, or a class with a line. */
const STACK_MEMBER =
  /"(?:stack|stack_?trace|trace|backtrace|exception)"\s{0,4}:\s{0,4}\[?\s{0,20}"[^"]{0,500}?(?:(?<![\w:/.-])\/[\w.-]{1,80}\/[\w./-]{1,200}\.(?:js|ts|py|rb|php|java|cs|go)\b|file:\/\/\/|\b[A-Z]:\\\\|[\w$]\.(?:java|kt|py|rb|js|ts|php|cs|go):\d)/i;

/** Each with everything that has to be there. */
type Mark = readonly [DebugPage, ...RegExp[]];

const PAGE_MARKS: readonly Mark[] = [
  ["django", /seeing this error because you have\s{0,20}DEBUG = True|Django Version:\s/],
  ["werkzeug", /The debugger caught an exception in your WSGI application|__debugger__=yes|\/\/ Werkzeug Debugger/],
  ["laravel", /window\.ignite\b|laravel-ignition|<title>Whoops! There was an error\.|Ignition\\/],
  ["aspnet", /Server Error in '[^'\n]{1,100}' Application\./, /Stack Trace:|Source Error:/],
  ["aspnet", /id="stackpage"/],
  ["rails", /\bRails\.root:|Action Controller: Exception caught|<title>Routing Error/],
  ["symfony", /Symfony Exception|sf-toolbar|exception-message-wrapper/],
];

const JSON_MARKS: readonly Mark[] = [
  ["spring", /"trace"\s{0,4}:\s{0,4}"(?:[\w$]{1,80}\.){1,20}[\w$]{0,80}(?:Exception|Error)\b[\s\S]{0,2000}?\n\s{0,8}at /],
];

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\n", t: " " };

const SIGNATURES =
  /\b(nginx|openresty|tengine|Apache Tomcat|Apache|lighttpd|Jetty|Microsoft-IIS|Werkzeug|WEBrick|LiteSpeed|PHP|Undertow|GlassFish|WildFly|Payara|squid|Varnish|Caddy|gunicorn|Kestrel|IBM_HTTP_Server|WebLogic|Puma|Phusion Passenger|mod_perl)\/(\d[\w.-]{0,30}?)(?=[\s<,;)(]|\.?$)(?:\s?\((Ubuntu|Debian|CentOS|Red Hat|Amazon|Unix|Win32|Win64|Fedora|SUSE)[^()\n]{0,40}\))?/g;
