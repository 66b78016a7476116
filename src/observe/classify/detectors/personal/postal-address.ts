import type { Surroundings } from "../../fields.ts";
import { isAboutAnother, isWholly } from "../../names.ts";
import { isPlaceholder } from "../../values.ts";
import { bySurroundings } from "../by-surroundings.ts";
import type { Detector, Hit, Value, Veto } from "../detector.ts";
import { isOfDocument } from "./documents.ts";

/** The street line of an address, or a whole address in one line. Town, postal code and country alone are other classes. */
export const postalAddress: Detector = {
  class: "postal_address",
  over: ["free_text", "location_coarse", "postal_code", "person_name"],
  inText: false,
  isNamed: (surroundings) => isStreet(surroundings),
  detect: (sent, surroundings) => {
    if (!mayBeAddress(surroundings)) return undefined;
    // An address in the adr microformat is one between its tags.
    const value = sent.text.includes("<span") ? { ...sent, text: withoutTags(sent.text.slice(0, MAX_MARKUP)) } : sent;
    if (value.type === "number" || value.text.length > MAX_LENGTH || NO_ADDRESS.some((shape) => shape.test(value.text))) return undefined;
    const hit = addressHit(value, surroundings);
    if (hit === undefined || "veto" in hit) return hit;
    if (isOfDocument(surroundings, value.near)) return { veto: "label" };
    return { ...hit, sample: isPlaceholder(value.text) };
  },
};

const mayBeAddress = bySurroundings(
  (surroundings) =>
    isStreet(surroundings) || isSecondLine(surroundings) || ADDRESS.test(surroundings.name) || PLACE.test(surroundings.name),
);

function withoutTags(text: string): string {
  return text.replace(/<[^<>]{0,200}>/g, "").trim();
}

function addressHit(value: Value, surroundings: Surroundings): Hit | Veto | undefined {
  const { text } = value;
  const look = addressLook(text);
  if (isStreet(surroundings)) return isWholly(STREET, text) && !/\d/.test(text) ? { veto: "label" } : streetHit(text, look, surroundings);
  if (isSecondLine(surroundings)) return UNIT.test(text) || look > 0 ? { confidence: 0.8, cues: ["shape", "beside"] } : undefined;
  if (PLACE.test(surroundings.name))
    return look === 2 && POSTED.test(text) && (STREET_WORD.test(text) || STREET_ENDING.test(text))
      ? { confidence: 0.8, cues: ["shape"] }
      : undefined;
  return wholeHit(text, look, surroundings);
}

function wholeHit(text: string, look: 0 | 1 | 2, surroundings: Surroundings): Hit | Veto | undefined {
  const { name } = surroundings;
  if (!ADDRESS.test(name) || isAboutAnother(name) || (look < 2 && OTHER_ADDRESS.test(name))) return undefined;
  if (isWholly(STREET, text) || isWholly(ADDRESS, text)) return { veto: "label" };
  if (OTHER_ABOVE.test(surroundings.above[0] ?? "")) return { veto: "other-address" };
  if (look === 2) return { confidence: 0.93, cues: ["shape"] };
  if (isPostal(surroundings)) return { confidence: look === 1 ? 0.9 : 0.7, cues: ["beside"] };
  return look === 1 ? { confidence: 0.85, cues: ["shape"] } : undefined;
}

function streetHit(text: string, look: number, surroundings: Surroundings): Hit | undefined {
  if (look > 0) return { confidence: 0.96, cues: ["shape"] };
  // North America counts its blocks: `335 S 560 W`.
  if (/^\d{1,6} [NSEW]\.? \d{1,6}(?: [NSEW]\.?)?$/i.test(text)) return { confidence: 0.9, cues: ["shape"] };
  if (!/\p{L}{2}/u.test(text)) return undefined;
  if (/^[a-z]+(?:[_-][a-z]+)*$/.test(text)) return undefined;
  if (OF_PLACES.test(surroundings.name) && /^(?:location|venue|premise)$/.test(surroundings.above[0] ?? "")) return undefined;
  return isPostal(surroundings) ? { confidence: 0.88, cues: ["beside"] } : { confidence: 0.62 };
}

/** 2: a street with its number; 1: a number beside words, or a street's word; 0: neither. */
function addressLook(text: string): 0 | 1 | 2 {
  const numbered = /(?:^|[\s,.#])\d{1,5}[A-Za-z]?(?:[\s,./-]|$)/.test(text) && /\p{L}{2}/u.test(text);
  const street = STREET_WORD.test(text) || STREET_ENDING.test(text);
  if (numbered && street) return 2;
  if (CJK_ADDRESS.test(text) || (numbered && text.includes(","))) return 2;
  return numbered || street ? 1 : 0;
}

/** A line of the street: `line1`, `street`, `address_line_1`, `mailingStreet`. */
function isStreet(surroundings: Surroundings): boolean {
  const { name, above } = surroundings;
  if (STREET.test(name)) return !NOT_THE_STREET.test(name);
  if (name === "name" && /^(?:street|road)$/.test(above[0] ?? "")) return true;
  if (
    LINE.test(name) ||
    name === "text" ||
    name === "formatted" ||
    name === "full" ||
    name === "string" ||
    name === "display" ||
    name === "long form" ||
    name === "one line" ||
    name === "single line" ||
    name === "formatted value"
  ) {
    return ADDRESS_OBJECT.test(above[0] ?? "") && (LINE.test(name) || isPostal(surroundings));
  }
  return LINE_1.test(name) && isPostal(surroundings);
}

/** What follows the street: `Unit 408`. */
function isSecondLine(surroundings: Surroundings): boolean {
  return LINE_2.test(surroundings.name) && isPostal(surroundings);
}

/** Other parts of an address stand beside. */
function isPostal({ beside, above }: Surroundings): boolean {
  return POSTAL_PARTS.filter((part) => part.test([...beside].join("|"))).length >= 1 || ADDRESS_OBJECT.test(above[0] ?? "");
}

const MAX_LENGTH = 300;
const MAX_MARKUP = 2000;
const NO_ADDRESS: readonly RegExp[] = [
  /\S@\S|:\/\/|[{}<>=]|^\/|^\[|\|/,
  /^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/, // hosts and numbers of the internet
  /^(?:0x)?[0-9a-fA-F:.-]{8,}$|^\+?[\d ().-]{7,}$/,
  /^[A-Za-z0-9_-]{24,}$/, // wallets, contracts, ids
  /^(?:true|false|yes|no|none|null|unknown|string|required|optional|n\/a|home|work|billing|shipping|mailing|primary|business|residential|commercial)$/i,
  /\b(?:exact_match|no_match|not found|invalid|please|must be)\b/i,
];
const STREET =
  /(?:^| )(?:street and number|street ?(?:address|line|name)?(?: (?:line )?[1-2])?|streetaddress|streetname|street ?1|address(?:es)? ?line(?: ?(?:1|one))?|addressline(?: ?1)?|address line 1 .*|address 1|addr ?1|addr line 1|address line one|first line|line one|delivery line 1|thoroughfare|address street|strasse|straße|strassenname|strasse hausnummer|anschrift|adresszeile 1|adresse ?1|adres ?1|rue|numero et rue|adresse ligne 1|ligne 1|voie|calle|direccion|direccion 1|domicilio|via|indirizzo|logradouro|endereco|morada|straat|straatnaam|ulica|adres|gate|gateadresse|gatuadress|katuosoite|utca|rua|avenida|住所|番地|адрес|улица)$/;
const NOT_THE_STREET = /\b(?:number|no|count|view|score|match|type|id|side|prefix|suffix|direction|check)\b/;
const ADDRESS =
  /(?:^| )(?:address|addr|adresse|addres|formatted ?address|full ?address|address (?:text|full|formatted|string|label|display)|formatted ?location|location address|residence|domicile|place of residence|vicinity|wohnadresse|privatadresse|heimatadresse|postadresse|wohnanschrift|privatanschrift|lieferadresse|rechnungsadresse|adresse complete|direccion completa|endereco completo|indirizzo completo|woonadres|住所|地址|详细地址|주소)$/;
/** Where something takes place: mostly a room or a town. */
const PLACE =
  /^(?:(?:event |meeting |venue |incident |work )?(?:location|venue|place)|where|destination|origin|lieu|lugar|luogo|plaats|treffpunkt|location (?:name|string|text))$/;
/** With a postal code. */
const POSTED = /\b\d{4,6}\b|\b\d{3} \d{2}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/;
const OTHER_ADDRESS =
  /(?:^| )(?:e ?mail|mail|ip|mac|web|wallet|contract|crypto|deposit|payment|blockchain|btc|eth|host|server|network|remote|local|client|peer|bind|listen|memory|email|bluetooth|hardware|public|private|url|site|dns|gateway|broadcast|smdp plus|proxy|source|destination|dest|from|to|sender|recipient|notify|node|router|physical|bus|base|start|end|token|mint|account|program) address$/;
const OTHER_ABOVE =
  /(?:^| )(?:network|interface|nic|server|listener|wallet|transaction|contract|node|peer|socket|e ?mail|token|upstream|backend|binding)$/;
const LINE = /^(?:line|addressline|address line|lines|street line)(?: ?1)?$/;
const OF_PLACES = /^(?:text|formatted|full|string|display|formatted value)$/;
const LINE_2 =
  /^(?:(?:[a-z]+ ){0,2}(?:address|addr) ?(?:line ?)?[23]|(?:address ?)?line ?[23]|(?:street|delivery line) ?(?:line ?)?[23]|apartment|unit|suite|adresszusatz|complement(?:o)?(?: (?:d )?adresse)?|complemento)$/;
const UNIT =
  /^#?\d{1,5}[A-Za-z]?$|\b(?:apt|apartment|unit|suite|ste|floor|fl|room|rm|bldg|building|block|flat|level|tower|house|p\.?o\.? ?box|c\/o|wohnung|etage|piso|puerta|depto|departamento|andar|sala|apto|bloco|bat|batiment|appartement|esc|interno|scala)\b\.?|#\s?\d/i;
const LINE_1 = /^(?:line 1|line one|l 1)$/;
const ADDRESS_OBJECT =
  /(?:^| )(?:address|addres|adr|addr|billing|shipping|location|residence|domicile|anschrift|adresse|direccion|endereco|indirizzo|ship to|bill to|billing detail|venue|address (?:to|from)|premise)$/;
const POSTAL_PARTS: readonly RegExp[] = [
  /(?:^|\||[a-z] )(?:zip|zip ?code|post ?code|postal ?code|postalcode|postcode|plz|cep|code postal|codigo postal|cap|pin ?code|eir ?code)(?:\||$)/,
  /(?:^|\||[a-z] )(?:city|town|locality|municipality|ort|stadt|ville|ciudad|cidade|citta|suburb|place name|town name|city name)(?:\||$)/,
];
/** Words for a way, in the languages that write them apart. */
const STREET_WORD =
  /(?:^|[\s,.])(?:street|str|st|road|rd|avenue|ave|av|boulevard|blvd|lane|ln|drive|dr|court|ct|way|place|pl|square|sq|terrace|ter|parkway|pkwy|highway|hwy|circle|cir|trail|crescent|close|broadway|route|rue|chemin|impasse|quai|allée|allee|calle|carrera|avenida|plaza|paseo|camino|rua|travessa|alameda|praça|via|viale|piazza|corso|ulica|ul|aleja|ulitsa|ул|улица|straße|strasse|weg|platz|gasse|p\.?o\.? box|postfach|apartado|suite|apt|floor|unit|house|flat|building|block|marg|nagar|jalan|jl|jln|soi|kungsgatan|bulevar|utca|út)(?:[\s,.;]|$)/iu;
const STREET_ENDING =
  /\p{L}{2}(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|damm|ufer|straat|laan|plein|gracht|kade|vägen|gatan|vegen|veien|gata|gate|vej|gade|katu|tie|utca|stræde)(?:[\s,.]|$)/iu;
const CJK_ADDRESS = /[\p{Script=Han}]{2,}(?:市|区|県|都|府|省|路|街|町|丁目|村|号|號|区)|\p{Script=Hangul}+(?:시|구|동|로|길)(?:\s|$)/u;
