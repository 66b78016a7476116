import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import type { Detector, Hit, Value } from "../detector.ts";

/**
 * Half of a pair of latitude and longitude, a pair in one text, or a position of GeoJSON (RFC 7946 section 3.1.1). Four decimals are ten
 * metres; a pair of whole numbers is a country, or nothing on Earth.
 */
export const geoCoordinates: Detector = {
  class: "geo_coordinates",
  over: ["phone", "postal_code", "location_coarse", "financial_amount", "person_name", "postal_address"],
  inText: false,
  isNamed: ({ name }) => PAIR_NAMES.test(name),
  detect: (value, surroundings) => {
    const { text, type, near } = value;
    if (type === "string" && text.length > 24) return pairHit(text.slice(0, MAX_PAIR), surroundings);
    const axis = axisOf(surroundings);
    if (axis !== undefined) return halfHit(value, axis, surroundings);
    return listHit(text, surroundings, near) ?? (type === "string" ? pairHit(text, surroundings) : undefined);
  },
};

interface Axis {
  readonly limit: 90 | 180;
  readonly hasOther: boolean;
  /** Degrees in tens of millionths, as whole numbers. */
  readonly scaled: boolean;
}

function axisOf({ name, beside }: Surroundings): Axis | undefined {
  const isLatitude = LATITUDE.test(name);
  if (!isLatitude && !LONGITUDE.test(name)) return undefined;
  const others = isLatitude ? LONGITUDE : LATITUDE;
  const hasOther = [...beside].some((other) => others.test(other));
  if (name === "long" && !hasOther) return undefined;
  return { limit: isLatitude ? 90 : 180, hasOther, scaled: /\be 7$|\bmicro/.test(name) };
}

function halfHit({ text }: Value, { limit, hasOther, scaled }: Axis, surroundings: Surroundings): Hit | undefined {
  if (scaled) return /^-?\d{7,10}$/.test(text) ? { confidence: 0.9, cues: ["shape", "beside"] } : undefined;
  if (DEGREES.test(text)) return { confidence: 0.9, cues: ["shape"] };
  if (!DECIMAL.test(text) || Math.abs(Number(text)) > limit || Number(text) === 0) return undefined;
  const decimals = decimalsOf(text);
  if (!hasOther) return decimals >= 4 ? { confidence: 0.75, cues: ["shape"] } : undefined;
  if (decimals === 0 && !surroundings.beside.has("accuracy")) return { confidence: 0.55 };
  return { confidence: decimals >= 4 ? 0.97 : decimals >= 2 ? 0.93 : 0.75, cues: ["shape", "beside"] };
}

/** An element of `coordinates` beside the type of a geometry, or of a list of two or three numbers that is called a place. */
function listHit(text: string, surroundings: Surroundings, near: Near): Hit | undefined {
  if (!DECIMAL.test(text) || Math.abs(Number(text)) > 180) return undefined;
  const { name } = surroundings;
  if (GEOJSON.test(name) && GEOMETRIES.test(near.beside("type") ?? "")) return { confidence: 0.95, cues: ["shape", "beside"] };
  if (!LIST_NAMES.test(name)) return undefined;
  const numbers = near.below(name).filter((other) => DECIMAL.test(other));
  const isPrecise =
    numbers.length >= 2 &&
    numbers.slice(0, 2).every((other) => decimalsOf(other) >= (BOTH_NAMED.test(name) ? 2 : 3)) &&
    numbers.some((other) => Math.abs(Number(other)) > 1);
  return isPrecise && numbers.slice(0, 16).every((other) => Math.abs(Number(other)) <= 180)
    ? { confidence: GEOJSON.test(name) ? 0.85 : 0.75, cues: ["shape"] }
    : undefined;
}

function pairHit(text: string, { name }: Surroundings): Hit | undefined {
  if (URI.test(text) || WELL_KNOWN.test(text)) return { confidence: 0.95, cues: ["shape"] };
  if (DEGREES_PAIR.test(text)) return { confidence: 0.93, cues: ["shape"] };
  const [, first = "", second = ""] = PAIR.exec(text) ?? [];
  if (first === "" || Math.abs(Number(first)) > 180 || Math.abs(Number(second)) > 180) return undefined;
  if (Math.abs(Number(first)) > 90 && Math.abs(Number(second)) > 90) return undefined;
  const decimals = Math.min(decimalsOf(first), decimalsOf(second));
  if (PAIR_NAMES.test(name)) return decimals >= 2 ? { confidence: decimals >= 4 ? 0.95 : 0.85, cues: ["shape"] } : undefined;
  if (OTHER_PAIRS.test(name) || decimals < 4) return undefined;
  return Math.abs(Number(first)) > 1 || Math.abs(Number(second)) > 1 ? { confidence: 0.8, cues: ["shape"] } : undefined;
}

function decimalsOf(text: string): number {
  return text.split(".")[1]?.length ?? 0;
}

const MAX_PAIR = 256;
const LATITUDE =
  /(?:^|\s)(?:lat|latitude|latitud|breite|breitengrad|geolat|lat e 7|latitude e 7)$|^(?:geo |gps )?y lat$|^(?:lat|latitude) (?:decimal|deg|degree|value)$/;
const LONGITUDE =
  /(?:^|\s)(?:lng|lon|long|longitude|longitud|lange|laengengrad|langengrad|laenge|geolng|geolon|geolong|lng e 7|lon e 7|longitude e 7)$|^(?:lng|lon|longitude) (?:decimal|deg|degree|value)$/;
const DECIMAL = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/;
/** 52° 31' 12" N, N52.520, 52.52N */
const DEGREES =
  /^[NSEW]?\s?\d{1,3}(?:\.\d{1,10})?\s?°\s?(?:\d{1,2}(?:\.\d{1,10})?\s?['′’]\s?(?:\d{1,2}(?:\.\d{1,10})?\s?["″”]\s?)?)?[NSEW]?$|^\d{1,3}\.\d{3,10}\s?[NSEW]$/i;
const DEGREES_PAIR =
  /^\d{1,3}(?:\.\d{1,10})?\s?°[^\d]{0,3}(?:\d{1,2}[^\d]{1,3}){0,2}(?:\d{1,2}\.\d{1,6}[^\d]{1,3})?[NS][,;\s]{1,3}\d{1,3}(?:\.\d{1,10})?\s?°[^\n]{0,24}[EW]$/i;
const GEOJSON = /^(?:coordinate|coord)$/;
const GEOMETRIES = /^(?:multi)?(?:point|line ?string|polygon)$/;
const LIST_NAMES =
  /^(?:(?:[a-z]+ )?(?:coordinate|coord|location|position|center|centre|centroid|point|geo|geopoint|geo point|loc|lat ?lng|lng ?lat|lat ?lon|lon ?lat|gps|geolocation|standort|ubicacion))$/;
const BOTH_NAMED = /(?:^| )(?:lat ?lng|lng ?lat|lat ?lon|lon ?lat)$/;
const PAIR_NAMES =
  /\b(?:lat ?lng|lat ?lon|lat ?long|latlng|latlon|latlong|lng ?lat|ll|geo|gps|geo ?location|geolocation|geo ?point|geopoint|coordinate|coord|coordenada|koordinate|coordonnee|position|location|loc|center|centroid|point)$/;
const OTHER_PAIRS =
  /\b(?:range|price|amount|score|size|dimension|ratio|version|interval|bound|vector|embedding|weight|rgb|color|colour|limit|pixel|px|offset|viewbox|path|viewport)\b/;
const PAIR =
  /^[[(]?\s?(?:lat(?:itude)?[:=]\s?)?([+-]?\d{1,3}\.\d{1,20})\s?[,; ]\s?(?:lng|lon(?:gitude)?[:=]\s?)?([+-]?\d{1,3}\.\d{1,20})\s?[\])]?$/;
/** RFC 5870. */
const URI = /^geo:-?\d{1,2}\.\d{2,20},-?\d{1,3}\.\d{2,20}/;
const WELL_KNOWN = /^(?:SRID=\d{4};)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON) ?Z? ?\(\(?\(?\s?-?\d{1,3}\.\d{2,20} -?\d{1,2}\.\d{2,20}/i;
