import type { Surroundings } from "../../fields.ts";
import type { Detector } from "../detector.ts";

/** A message of a database that went through, or its statement in a report of a fault. A query that somebody saved is none. */
export const sqlError: Detector = {
  class: "sql_error",
  over: ["free_text"],
  inText: false,
  isNamed: () => false,
  detect: ({ text, type }, surroundings) => {
    if (type === "number" || text.length < 8) return undefined;
    const head = text.slice(0, MAX_LOOKED_AT);
    if (/\s/.test(head) && MESSAGES.some((message) => message.test(head)))
      return { confidence: WRITTEN_BY_PEOPLE.test(surroundings.name) ? 0.5 : 0.95, own: true, cues: ["shape"] };
    return STATEMENT.test(head) && isFault(surroundings) ? { confidence: 0.85, own: true, cues: ["shape", "above"] } : undefined;
  },
};

function isFault({ name, above, beside }: Surroundings): boolean {
  return FAULT.test(name) || above.some((parent) => FAULT.test(parent)) || [...beside].some((other) => FAULT_BESIDE.test(other));
}

const MAX_LOOKED_AT = 32 * 1024;
const WRITTEN_BY_PEOPLE = /\b(?:body|description|comment|content|markdown|html|text|note|summary|question|snippet)$/;
const MESSAGES: readonly RegExp[] = [
  /\bSQLSTATE(?:\[| ?=|: ?)/,
  /\b(?:ORA|PLS|TNS)-\d{5}\b/,
  /\byou have an error in your sql syntax\b/i,
  /\b(?:PG::\w{3,40}|psycopg2?\.(?:errors\.)?\w{3,40}|PSQLException|PDOException|SqlException|SQLException|SQLSyntaxErrorException|SQLGrammarException|MySQLSyntaxErrorException|DataIntegrityViolationException|sqlite3?\.\w{0,20}Error|pymysql\.err\.\w{3,40}|sqlalchemy\.exc\.\w{3,40})\b/,
  /\bduplicate key value violates unique constraint\b|\bviolates (?:foreign key|not-null|check|unique) constraint\b/i,
  /\b(?:relation|column|table|function) "[^"\n]{1,100}" does not exist\b|\bcolumn reference "[^"\n]{1,100}" is ambiguous\b/i,
  /\bUnknown column '[^'\n]{1,100}' in\b|\bTable '[^'\n]{1,100}' doesn't exist\b|\bDuplicate entry '[^'\n]{0,200}' for key\b|\bData too long for column '/,
  /\b(?:Incorrect syntax near|Unclosed quotation mark after|Invalid object name '|Invalid column name ')/,
  /\b(?:SQLITE_[A-Z]{4,20}|ER_[A-Z]{2,20}(?:_[A-Z]{2,20}){1,5}|SQL0\d{3}[NC])\b/,
  /\bno such (?:table|column): \w|\bnear "[^"\n]{1,60}": syntax error\b|\bUNIQUE constraint failed: \w/,
  /\bsyntax error at or near "/,
  /\bE11000 duplicate key error\b/,
  /\bMsg \d{2,5}, Level \d{1,2}, State \d/,
  /\bcannot insert (?:NULL into|the value NULL into column)/i,
  /\bDeadlock found when trying to get lock\b|\bLock wait timeout exceeded\b|\bTransaction \(Process ID \d+\) was deadlocked\b/,
];
const STATEMENT =
  /\bSELECT\s[^;]{1,400}?\sFROM\s+[\w"`.[(]|\bselect\s+(?:\*|[\w"`.]{1,80}(?:\s*,\s*[\w"`.*]{1,80}){0,40})\s+from\s+[\w"`.[\]]{1,80}(?:\s+(?:as\s+)?\w{1,40})?\s+(?:where|order|group|limit|join|inner|left)\b|\b(?:INSERT\s+INTO|insert\s+into)\s+[\w"`.[\]]{1,80}\s*\(|\bUPDATE\s+[\w"`.[\]]{1,80}\s+SET\s|\bupdate\s+[\w"`.[\]]{1,80}\s+set\s+[\w"`.[\]]{1,80}\s*=|\b(?:DELETE\s+FROM|delete\s+from)\s+[\w"`.[\]]{1,80}\s+(?:WHERE|where)\b/;
const FAULT = /\b(?:error|exception|fault|failure|traceback|debug|stack|backtrace)\b/;
const FAULT_BESIDE =
  /^(?:exception|exception (?:class|type|message)|stack|stack ?trace|stacktrace|trace|traceback|backtrace|sql ?state|sqlstate|error message)$/;
