import { type Instant, SECOND } from "./instant.ts";

/**
 * A date as header fields carry it: IMF-fixdate, RFC 850 and asctime (RFC 9110 section 5.6.7), structured-field dates
 * (`@1688169599`, RFC 9651 section 3.3.7), bare seconds, and ISO 8601, which the RFCs do not allow and vendors send.
 * Undefined for anything else, and for years that no announcement means (before 2000, after 2199).
 */
export function parseFieldDate(text: string): Instant | undefined {
  const trimmed = text.trim().replace(/^"(.*)"$/, "$1");
  const instant = SYNTAXES.map((parse) => parse(trimmed)).find((parsed) => parsed !== undefined);
  return instant !== undefined && instant >= EARLIEST && instant < LATEST ? instant : undefined;
}

function unixSeconds(text: string): Instant | undefined {
  const [, digits] = /^@?(-?\d{1,12})(?:\.\d{1,6})?$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * SECOND;
}

/** "Sun, 06 Nov 1994 08:49:37 GMT"; also with hyphens, one-digit days and UTC, as seen in the wild. */
function imfFixdate(text: string): Instant | undefined {
  const [, day, month, year, time] =
    /^(?:[A-Z][a-z]{2,8},? )?(\d{1,2})[ -]([A-Z][a-z]{2})[ -](\d{4}) (\d\d:\d\d:\d\d) (?:GMT|UTC|\+0000)$/.exec(text) ?? [];
  return fromParts(year, month, day, time);
}

/** "Sunday, 06-Nov-94 08:49:37 GMT": the two digits are of 2000 to 2099 here, because an announcement is never older. */
function rfc850(text: string): Instant | undefined {
  const [, day, month, year, time] = /^[A-Z][a-z]{2,8}, (\d{1,2})-([A-Z][a-z]{2})-(\d\d) (\d\d:\d\d:\d\d) GMT$/.exec(text) ?? [];
  return year === undefined ? undefined : fromParts(`20${year}`, month, day, time);
}

/** "Sun Nov  6 08:49:37 1994" */
function asctime(text: string): Instant | undefined {
  const [, month, day, time, year] = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/.exec(text) ?? [];
  return fromParts(year, month, day, time);
}

/** "2027-06-30", "2027-06-30T23:59:59Z", with an offset, or without one: then UTC. */
function iso(text: string): Instant | undefined {
  const [, day, time = "00:00", offset = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text) ?? [];
  return day === undefined ? undefined : instantOf(`${day}T${time}${offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`, day);
}

function fromParts(year = "", month = "", day = "", time = ""): Instant | undefined {
  const number = MONTHS.indexOf(month) + 1;
  if (number === 0) return undefined;
  const isoDay = `${year}-${String(number).padStart(2, "0")}-${day.padStart(2, "0")}`;
  return instantOf(`${isoDay}T${time}Z`, isoDay);
}

/** Refuses days that do not exist: the 30th of February is not the 2nd of March. */
function instantOf(text: string, isoDay: string): Instant | undefined {
  const instant = Date.parse(text);
  const midnight = Date.parse(`${isoDay}T00:00:00Z`);
  if (Number.isNaN(instant) || Number.isNaN(midnight)) return undefined;
  return new Date(midnight).toISOString().startsWith(isoDay) ? instant : undefined;
}

const SYNTAXES = [imfFixdate, unixSeconds, iso, rfc850, asctime];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
