import { isGivenName } from "./detectors/personal/name-value.ts";
import { isFieldName } from "./field-words.ts";
import { wordsOf } from "./names.ts";

/** What the keys of an object may be called after. */
export interface KeyedBy {
  /** The key that the object is the value of, as it was written; "" in an array and at the top. */
  readonly name: string;
  readonly keys: readonly string[];
  /** All values are of one JSON type. */
  readonly alike: boolean;
  /** All values are objects that share fields: all of them, or one at the least. */
  readonly records: "same" | "similar" | undefined;
  readonly isSchemaWord: (key: string) => boolean;
}

/**
 * Keys that are names of somebody or something: given names; words that name no field under a plural of persons (`users`), under what people are counted and
 * paid by (`votes`, `hours`), and above alike records; whatever else may be a name where persons are what is keyed by (`byEmployee`). In doubt they are: a
 * key that is shown may be a person's.
 */
export function areNames(keyed: KeyedBy): boolean {
  const { name, keys, alike, records, isSchemaWord } = keyed;
  const given = keys.filter((key) => isGiven(key) && !isFieldName(key) && !isSchemaWord(key));
  const above = aboveOf(name);
  const isOfPersons = above.persons || above.counted;
  if (given.length * 2 >= keys.length && (given.length > 1 || isOfPersons || given.some((key) => /^\p{Lu}/u.test(key)))) return true;
  if (above.hosts && keys.every((key) => HOST.test(key))) return true;
  if (!alike) return false;
  const names = keys.filter((key) => isNameLike(key) && !isSchemaWord(key) && (!isFieldName(key) || (above.persons && isGiven(key))));
  if (above.byPerson) return names.length > 0;
  if (isOfPersons) return names.length * 2 > keys.length && (above.persons || keys.length > 1);
  const isLong = keys.length > 1 && names.length === keys.length && keys.every((key) => key.length >= 4);
  return isLong && !above.designed && (records === "same" || (records === "similar" && above.plural));
}

/**
 * Names among fields: several given names, or one in capitals where fields are written without (`{"date": ..., "Anna": 3}`); where people are (`goals:
 * {"home": 1, "messi": 2}`), every word that names no field.
 */
export function namesAmong(keys: readonly string[], arePeopleHere: boolean): ReadonlySet<string> {
  if (arePeopleHere) return new Set(keys.filter((key) => isNameLike(key) && !isFieldName(key)));
  const given = keys.filter((key) => isGiven(key) && !isFieldName(key));
  const isPascal = given.length > 0 && !keys.some((key) => /^\p{Ll}/u.test(key));
  return new Set(given.length > 1 ? given : given.filter((key) => !isPascal && /^\p{Lu}/u.test(key)));
}

/** A name under which people stand by their own names: of persons, or of what they are counted and paid by. */
export function isOfPeople(name: string): boolean {
  const { persons, counted } = aboveOf(name);
  return persons || counted;
}

/** Designed whatever stands in it: `_links`, `relationships`, `errors`, `properties`. */
export function isDesignedAbove(name: string): boolean {
  return aboveOf(name).designed;
}

/** A noun of persons, or of companies that one has to do with, in one of several languages and in either number. */
export function isPersonsNoun(name: string): boolean {
  const last = wordsIn(name).at(-1);
  return last !== undefined && isPersonWord(last);
}

/** A noun of companies and of groups of people, in either number. */
export function isCompaniesNoun(name: string): boolean {
  return COMPANIES.has(wordsIn(name).at(-1)?.single ?? "");
}

function isPersonWord({ plain, single }: Word): boolean {
  return PLURALS.has(plain) || PERSONS.has(single);
}

export function isPlural(name: string): boolean {
  const last = wordsIn(name).at(-1);
  return last !== undefined && (PLURALS.has(last.plain) || last.plain !== last.single);
}

/** `Anna`, `jane_doe`, `j.doe` of which one word is a given name. */
function isGiven(key: string): boolean {
  return key.length <= MAX_NAME && key.split(/[\s._-]+/).some((word) => isGivenName(word) && !NO_NAMES.has(word.toLowerCase()));
}

function isNameLike(key: string): boolean {
  return NAME_LIKE.test(key);
}

interface Above {
  readonly persons: boolean;
  readonly byPerson: boolean;
  readonly counted: boolean;
  readonly hosts: boolean;
  readonly plural: boolean;
  readonly designed: boolean;
}

function aboveOf(name: string): Above {
  const words = wordsIn(name);
  const by = words.findIndex(({ plain }) => plain === "by" || plain === "per");
  // `usersByName`, `votes_per_member`, `userMap`.
  const nouns = by > 0 ? [...words.slice(by - 1, by), ...words.slice(-1)] : words.slice(-1);
  const isKeyed = by >= 0 || /^(?:map|lookup|index|dict)$/.test(words.at(-1)?.plain ?? "");
  const counted = isKeyed && by < 0 ? words.slice(-2, -1) : nouns;
  return {
    byPerson: by >= 0 && !PARTICIPLE.test(words[by - 1]?.plain ?? "") && words.slice(by + 1).some(isPersonWord),
    persons: counted.some(({ plain, single }) => PLURALS.has(plain) || (PERSONS.has(single) && (isKeyed || plain !== single))),
    counted: counted.some(({ plain, single }) => COUNTED_SO.has(plain) || (COUNTED.has(single) && (isKeyed || plain !== single))),
    hosts: counted.some(({ single }) => HOSTS.has(single)),
    plural: isKeyed || counted.some(({ plain, single }) => plain !== single),
    designed: nouns.some(({ single }) => DESIGNED.has(single)),
  };
}

interface Word {
  /** Without accents, in lower case. */
  readonly plain: string;
  /** The same in the singular, as `wordsOf` writes it. */
  readonly single: string;
}

function wordsIn(name: string): readonly Word[] {
  return name
    .slice(0, MAX_NAME)
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
    .split(/[\s._-]+/)
    .filter((word) => word !== "")
    .map((word) => ({ plain: plainOf(word), single: wordsOf(word) }));
}

function plainOf(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const MAX_NAME = 80;
/** `created_by_user` is one user. */
const PARTICIPLE = /(?:ed|en|wn|id)$|^(?:made|sold|sent|built|bought|held|lent|led|run|done)$/;
/** Given names that begin or make up names of fields. */
const NO_NAMES: ReadonlySet<string> = new Set("can min max in mark bill jan ed".split(" "));
/** As logins, slugs and nicknames are written. */
const NAME_LIKE = /^@?[\p{L}][\p{L}\p{M}\p{N}._' -]{2,40}$/u;
/** Nouns whose plural ends in s, as `wordsOf` writes them: persons, and companies that one has to do with. */
const PERSONS: ReadonlySet<string> = new Set(
  (
    "user member account customer client contact employee worker colleague person player participant attendee guest visitor student pupil teacher patient doctor nurse driver rider passenger tenant " +
    "subscriber follower friend contributor author owner reviewer approver assignee watcher collaborator maintainer moderator admin administrator manager agent candidate applicant voter donor volunteer " +
    "winner champion leader speaker host supplier vendor merchant seller buyer partner profile resident citizen lead prospect beneficiary signer recipient sender caller committer developer engineer tester " +
    "coach trainer athlete runner fan artist performer instructor learner trainee apprentice intern supporter sponsor investor shareholder director officer detainee inmate offender suspect victim witness child kid sibling relative " +
    "utilisateur membre cliente employe salarie patiente eleve etudiant joueur participante invite abonne locataire fournisseur collaborateur benevole adherent " +
    "usuario miembro empleado alumno estudiante paciente jugador invitado socio proveedor trabajador vecino amigo ganador " +
    "membro funcionario aluno estudante jogador convidado fornecedor colaborador " +
    "gebruiker lid medewerker deelnemer speler leerling bezoeker leverancier"
  ).split(" "),
);
const COMPANIES: ReadonlySet<string> = new Set(
  (
    "org organization organisation company team group workspace business firm employer brand club school " +
    "firma unternehmen organisationen teams gruppe entreprise societe empresa organizacion empresas azienda bedrijf organisatie"
  ).split(" "),
);
/** Plurals that do not. */
const PLURALS: ReadonlySet<string> = new Set(
  (
    "people persons staff crew children personnel followers following usersbyname " +
    "mitarbeiter mitarbeiterinnen benutzer nutzer teilnehmer kunden mitglieder personen spieler schuler schueler studenten patienten fahrer gaste gaeste lieferanten mieter angestellte kollegen empfanger empfaenger besucher bewerber autoren " +
    "utenti clienti membri dipendenti studenti pazienti giocatori partecipanti ospiti fornitori alunni impiegati contatti persone amici soci " +
    "trabajadores jugadores proveedores vendedores compradores profesores trabalhadores jogadores fornecedores leden klanten medewerkers leerlingen " +
    "brugere medlemmer kunder ansatte deltagere anvandare medlemmar anstallda deltagare elever patienter brukere deltakere kayttajat jasenet asiakkaat " +
    "uzytkownicy klienci pracownicy uczestnicy pacjenci uczniowie czlonkowie uzivatele zakaznici zamestnanci kullanicilar uyeler musteriler calisanlar kisiler"
  ).split(" "),
);
/** What people are counted and paid by, and what is kept of each: in the plural. */
const COUNTED: ReadonlySet<string> = new Set(
  (
    "score vote point hour shift tip goal win rating ranking balance salary wage payout commission bonus mention guess assist ballot rank standing streak share contribution assignment timesheet " +
    "voto punto hora turno puntuacion ponto nota salario"
  ).split(" "),
);
/** The same as it is written. */
const COUNTED_SO: ReadonlySet<string> = new Set(
  "leaderboard attendance availability presence workload punkte stimmen stunden schichten tore gehalter gehaelter anwesenheit punti voti ore asistencia heures voix punten stemmen uren diensten".split(
    " ",
  ),
);
const HOSTS: ReadonlySet<string> = new Set("domain subdomain host hostname server site website mirror peer origin".split(" "));
const HOST = /^[\p{L}\d_-]+(?:\.[\p{L}\d_-]+)+$/u;
const DESIGNED: ReadonlySet<string> = new Set(
  "link _link relationship error property definition schema attribute component parameter argument field permission setting option feature config configuration header input output variable response request limit threshold default capability".split(
    " ",
  ),
);
