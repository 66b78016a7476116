import { GIVEN_NAMES } from "./given-names.ts";

/** How much a text looks like the name of a natural person. */
export type NameLook =
  /** No name of a person: signs, digits, a company's form. */
  | "never"
  /** With a word that nobody is called, or that stands in for a name: `Test`, `Support`. */
  | "nobody"
  /** One word, or words without capitals: a name under a key that says so. */
  | "maybe"
  /** Two to six words as names are written, or one in a script that writes names without a space. */
  | "full"
  /** And one of the words is a given name in many countries. */
  | "known"
  /** And somebody is called Mr or Dr. */
  | "titled";

/** Of a text that may be hostile and long: only the first 80 characters of a name count, and a longer text is none. */
export function nameLook(text: string): NameLook {
  if (text.length > MAX_LENGTH || !WRITTEN.test(text) || !/\p{L}/u.test(text)) return "never";
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length > MAX_WORDS || words.some((word) => COMPANY_FORM.test(word)) || STATES.test(text)) return "never";
  const plain = words.map(plainWord);
  if (isAddressed(words, plain)) return "titled";
  if (plain.some((word) => NOBODY.has(word))) return "nobody";
  return ONE_WORD_SCRIPTS.test(text) ? "full" : lookOf(words, plain);
}

function lookOf(words: readonly string[], plain: readonly string[]): NameLook {
  const counted = words.filter(
    (_, at) => !PARTICLES.has(plain[at] ?? "") && !TITLES.has(plain[at] ?? "") && !SUFFIXES.has(plain[at] ?? ""),
  );
  if (counted.some((word) => BRAND.test(word) && !BRAND_LIKE.test(word))) return "maybe";
  const isCapital = counted.every((word) => CAPITAL.test(word));
  const isTitled = plain.slice(0, 2).some((word) => TITLES.has(word)) && counted.length >= 1;
  if (isTitled && isCapital) return "titled";
  if (words.length < 2) return "maybe";
  if (!isCapital) return isHalfWritten(words) ? "full" : "maybe";
  if (counted.length > 1 && counted.every((word) => word.length <= 2)) return "maybe";
  const given = plain.some((word, at) => !SAINTS.has(plain[at - 1] ?? "") && word.split("-").some((part) => GIVEN_NAMES.has(part)));
  return given && words.length <= 4 ? "known" : "full";
}

/** `Mr D User`: whatever the words, somebody is spoken to. */
function isAddressed(words: readonly string[], [first = ""]: readonly string[]): boolean {
  return ADDRESSES.test(first) && words.length >= 2 && words.length <= 4 && words.every((word) => CAPITAL.test(word));
}

function plainWord(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/[\p{M}.]/gu, "")
    .toLowerCase();
}

/** `Jane doe` */
function isHalfWritten(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  return words.length === 2 && CAPITAL.test(first) && isGivenName(first) && /^\p{Ll}{2,}$/u.test(second);
}

/** One word, and many people are called that. */
export function isGivenName(text: string): boolean {
  return text.length <= MAX_LENGTH && GIVEN_NAMES.has(text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase());
}

/** Stands in for a name in documentation and tests: `Test User`, `buyer`; not a label, `Your first name`. */
export function isNobodysName(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  return words.length <= 3 && words.every((word) => STAND_INS.has(word) || !NOBODY.has(word));
}

/** A word that names of things and places have, and of hardly anybody: tells where the record does not. */
export function hasThingWord(text: string): boolean {
  return wordsIn(text).some((word) => THINGS.has(word));
}

/** The same under a key that people's names stand under, where `Perpetua Lane` is no street. */
export function isThingEvenSo(text: string): boolean {
  const words = wordsIn(text);
  return (SURNAMES.has(words.at(-1) ?? "") ? words.slice(0, -1) : words).some((word) => THINGS.has(word));
}

function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().split(/[\s,.-]+/);
}

const MAX_LENGTH = 80;
const MAX_WORDS = 7;
/** Letters of any script, and the few signs that names have. */
const WRITTEN = /^[\p{L}\p{M}'’`´.,·・･\-\s()"“”]+$/u;
const STATES =
  /^(?:true|false|null|none|undefined|string|text|required|optional|visible|hidden|yes|no|n\/a|all|asc|desc|exact|partial|unknown|never|always)$/i;
const ONE_WORD_SCRIPTS =
  /^(?:\p{Script=Han}{2,4}|[\p{Script=Katakana}ー]+[・･ 　][\p{Script=Katakana}ー・･ 　]+|\p{Script=Hangul}{2,4}|[\p{Script=Han}\p{Script=Hiragana}]{1,5}[ 　][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{1,5})$/u;
const CAPITAL = /^[(]?[\p{Lu}\p{Lo}]|^[dlo]['’]\p{Lu}/u;
const BRAND = /\p{Ll}\p{Lu}/u;
const BRAND_LIKE = /^(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|Al|El|O['’])\p{Lu}\p{Ll}+(?:-\p{L}+)?$/u;
const PARTICLES: ReadonlySet<string> = new Set(
  "van von der den de la le da das dos do del della di du des al bin ibn ben el y e und zu ter ten af av bint abu st san".split(" "),
);
const TITLES: ReadonlySet<string> = new Set(
  "mr mrs ms miss mx dr prof herr frau monsieur madame mme mlle sr sra srta senor senora don dona sir lady dipl-ing ing rev hon capt".split(
    " ",
  ),
);
/** A place or a church is called after whom these stand before. */
const SAINTS: ReadonlySet<string> = new Set("st saint sainte sankt san santa santo sao port fort mount lake villa".split(" "));
const ADDRESSES = /^(?:mr|mrs|ms|miss|dr|herr|frau)$/;
const SUFFIXES: ReadonlySet<string> = new Set("jr sr ii iii iv phd md esq dds rn".split(" "));
/** Forms of companies, in the capitals that they are written in: `Sa` and `As` are names. */
const COMPANY_FORM =
  /^(?:(?:[Ll][Tt][Dd]|[Ii][Nn][Cc]|[Ll][Ll][CcPp]|[Gg][Mm][Bb][Hh]|[Cc]orp|CORP|[Pp][Ll][Cc]|[Pp][Tt][YyEe]|[Ss][Aa][Rr][Ll]|S\.?[Rr]\.?[Ll]|S\.?[Pp]\.?A|SAS|S\.A|SA|AG|KG|OHG|UG|BV|B\.V|NV|N\.V|AB|AS|ASA|ApS|Oyj?|OY|KK|Kft|KFT|Sdn|Bhd|SDN|BHD|EOOD|OOD|LDA|Lda|Ltda|LTDA|SpA|PJSC|JSC|PBC|DAC|e\.V|eG|SE)\.?)$/;
const NOBODY: ReadonlySet<string> = new Set(
  (
    "acme limited incorporated corporation company cia holding holdings group gruppe bank university universitat universidad universite college hospital clinic klinik institute foundation stiftung association verein ministry agency department dept division committee " +
    "services service solutions systems system technologies technology software labs laboratories laboratory studios studio industries enterprises enterprise partners consulting consultants ventures insurance airlines logistics network academy pharmacy hotel restaurant hostel museum supermarket " +
    "account accounts default demo admin administrator support bot unknown anonymous none null undefined string text name user users customer customers client employee test tester api app application server project team office headquarter headquarters hq website email phone address " +
    "free basic premium plan checking savings visa mastercard invoice order orders product products report template campaign workflow marketing engineering finance operations warehouse store shop sales lead leads list folder file document image video " +
    "true false yes no required optional visible hidden private public active inactive pending approved other others all any everyone somebody nobody n/a na tbd todo placeholder first last middle full surname lastname firstname contact owner member guest sender recipient the my your our new and or for with of to from by"
  ).split(" "),
);
const SURNAMES: ReadonlySet<string> = new Set(
  "lane street drive hill hills park bay bridge church house hall court gate lake mount west north east south rivers green black white brown gray silver gold may summer winter king temple castle law case power booth".split(
    " ",
  ),
);
const STAND_INS: ReadonlySet<string> = new Set(
  "test tester demo user customer client employee consumer buyer example sample contact owner member guest other".split(" "),
);
const THINGS: ReadonlySet<string> = new Set(
  (
    "street road avenue boulevard lane drive square river lake mount mountain hill hills park island islands airport station city town village county valley beach bay bridge tower building center centre plaza mall garden gardens house hall court gate terminal port harbour harbor north south east west northern southern eastern western central upper lower great grand royal national international global world general state states united republic kingdom " +
    "red blue green black white silver gold classic mini pro max plus ultra lite standard light dark big small large medium super high low open close daily weekly monthly annual january february april june july august september october november december monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter " +
    "shoes shirt dress jacket jeans phone laptop book books game games movie music album song festival conference meeting event party tour trip class course school church temple cathedral castle palace theatre theater cinema library bar cafe coffee pizza burger beer wine tea kitchen bakery salon spa gym fitness sports sport football cricket club league cup series season edition volume chapter " +
    "data cloud web digital online mobile media news radio tv channel page site link card credit debit loan fund trust capital energy power solar oil gas water food foods health care medical dental legal tax law firm home homes auto motors cars bikes travel tours rental rentals cleaning design designs print printing press publishing records entertainment production productions task bug ticket issue review update sync story epic release build test draft sample package bundle kit set collection line item unit box bag part model type group list table view form field category misc other special custom primary secondary backup main archive " +
    "mews rotation owners conf daemon tool toolkit import saver overnight priority ground pass desk wildcat hawks wings airways airlines air aviation healthcare hospitals telecom mutual brokers brokerage realty securities advisors asset assets deli bistro diner grill grocery florist boutique tavern inn lodge resort dentist garage barber laundry furniture jewelry fashion clothing optics eyewear collective factory mill farm farms ranch orchard winery vineyard brewery distillery supply supplies wholesale retail outlet imports exports traders trading freight cargo shipping express delivery transport transit taxi restaurant pharmacy grocers provisions goods"
  ).split(" "),
);
