/** `__proto__`, or a path to it or to `constructor.prototype` as parsers of forms and of dotted keys read one: `__proto__[admin]`, `a.constructor.prototype.b`. */
export function isPrototypePath(key: string): boolean {
  return key.length <= MAX_KEY && (PROTO.test(key) || CONSTRUCTOR.test(key));
}

const MAX_KEY = 1024;
const PROTO = /(?:^|[.[\]"'])__proto__(?:$|[.[\]"'])/;
const CONSTRUCTOR = /(?:^|[.[\]"'])constructor["']?(?:\]?\[|\.)["']?prototype(?:$|[.[\]"'])/;
