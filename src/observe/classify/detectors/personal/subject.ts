import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";

/**
 * How much speaks for a record that is about a natural person: 2 and more is a person, less than 0 something else. Counted are what the record
 * calls itself, the key above it (`customer`, `created_by`; not `product`), and the fields beside (a birthday; not a stock level).
 */
export function personScore(surroundings: Surroundings, near: Near): number {
  const { name, above, beside } = surroundings;
  const fields = near.names();
  const said = kindScore(near, above[0] ?? "") + aboveScore(above);
  // People have ratings, positions and languages too: such fields count where nothing says person.
  const things = said < 2;
  const filled = fields.size > 1 ? besideScore(fields, name, things) : 0;
  return said + (filled === 0 ? besideScore(beside, name, things) : filled);
}

/** The record says itself that it is one of a person, whatever other records of the same path are. */
export function isCalledPerson({ above }: Surroundings, near: Near): boolean {
  return kindScore(near, above[0] ?? "") > 0;
}

/** Counts of many stand beside, or the record is of animals. */
export function isOfNobody({ above, beside }: Surroundings): boolean {
  return above.slice(0, 2).some((name) => ANIMALS.test(name)) || [...beside].some((name) => COUNTED.test(name) || ANIMAL_FIELDS.test(name));
}

/** The word that says what a key is about, where it is one of a natural person: `billing_contact`, `assigned_to`, `owners`. */
export function isPersonRole(name: string): boolean {
  return roleScore(name) >= 2;
}

/** Nothing but people is called so: `rider`, `patient`. An `owner` or a `user` may be a team. */
export function isHumanRole(name: string): boolean {
  return isPersonRole(name) && HUMANS.test(name);
}

/** The same, of words that companies are called by as well: `customer`, `payee`. */
export function isPartyRole(name: string): boolean {
  return roleScore(name) >= 1;
}

/** What the record calls itself, or the one whose attributes it holds (JSON:API section 7.2). */
function kindScore(near: Near, above: string): number {
  const saidUnder = (name: string) => near.beside(name) ?? (INNER.test(above) ? near.above(name) : undefined);
  const name = KIND_NAMES.find((one) => KIND.test(saidUnder(one) ?? ""));
  if (name === undefined) return 0;
  const said = saidUnder(name) ?? "";
  const last = said.slice(said.lastIndexOf(".") + 1).trim();
  if (ANYTHINGS_KIND.test(name) && FARES.test(last)) return 0;
  return PERSON_KIND.test(last) ? 3 : OTHER_KIND.test(last) ? -4 : 0;
}

/** By the nearest key that says something. */
function aboveScore(above: readonly string[]): number {
  const head = above.find((name) => !GENERIC.has(name));
  if (head === undefined || head === "") return 0;
  const score = roleScore(head);
  if (score !== 0) return score;
  return ADDRESSEE.test(head) ? 1.5 : -1;
}

function roleScore(name: string): number {
  if (BY_OR_TO.test(name)) return BY_COMPANIES.test(name) ? 1 : 2;
  const own = name.slice(name.lastIndexOf(" ") + 1);
  if (PEOPLE.has(own) && !OTHER.has(own) && !/ (?:profile|lead)$/.test(name)) return 2;
  const last = name.replace(
    / (?:\d+|info|information|detail|data|profile|record|account|ref|reference|user|list|name|value|attribution|display|full|real|legal|screen|preferred|o[nf] record|object|entity|summary)$/,
    "",
  );
  // `members_with_role`: what they are, not what they have.
  const head = last.replace(/ (?:with .*|in charge|on (?:call|duty|file)|familia|family|familiar)$/, "");
  const word = head.slice(head.lastIndexOf(" ") + 1);
  if (COMPANIES.has(word) || OTHER.has(word)) return -3;
  return PEOPLE.has(word) ? 2 : PARTIES.has(word) ? 1.5 : 0;
}

function besideScore(beside: ReadonlySet<string>, own: string, things: boolean): number {
  let person = 0;
  let other = 0;
  for (const name of beside) {
    if (name === own) continue;
    if (BESIDE_NAME_PART.test(name)) person = 4;
    else if (BESIDE_PERSON.test(name)) person = Math.max(person, 3);
    else if (BESIDE_ADDRESS.test(name)) person = Math.max(person, 2.5);
    else if (/^(?:company(?: name)?|organi[sz]ation name|employer(?: name)?)$/.test(name)) person = Math.max(person, 1.5);
    else if (BESIDE_PERSONS_MAYBE.test(name)) person = Math.max(person, 1);
    if (BESIDE_COMPANY.test(name)) other = 3;
    else if (things && BESIDE_THING.test(name)) other = Math.max(other, 2);
  }
  // Things have a slug and a size, companies an industry: only people have a first name.
  return person - (person === 4 && other === 2 ? 1 : other);
}

const KIND_NAMES = [
  "legal structure",
  "legal form",
  "person type",
  "customer type",
  "owner type",
  "account holder type",
  "resource type",
  "type",
  "kind",
  "object",
  "entity type",
  "party type",
  "user type",
  "contact type",
];
const ANYTHINGS_KIND = /^(?:resource type|type|kind|object)$/;
/** Kinds of tickets, accounts and channels as well. */
const FARES = /^(?:adult|child|infant|student|teacher|private|consumer|sole|joint|lead|admin|delegate|member|guest)s?$/;
const INNER = /^(?:attribute|profile|property|field|resource|data|properties|node)$/;
const KIND = /^[a-z][a-z0-9 ._-]{2,40}$/;
const PERSON_KIND =
  /^(?:user|person|individual|sole|sole[ _-]?(?:trader|proprietor|proprietorship)|delegate|joint|natural[ _-]?person|human|contact|customer|employee|patient|practitioner|relatedperson|member|guest|attendee|admin|lead|driver|passenger|adult|child|infant|student|teacher|applicant|candidate|private|consumer)s?(?:[ _-](?:reference|record|profile))?$/;
const OTHER_KIND =
  /^(?:organi[sz]ation|(?:private|public)[ _-]?limited[ _-]?company|limited[ _-]?company|partnership|corporation|trust|charity|government|public[ _-]?authority|company|business|corporate|legal[ _-]?(?:entity|person)|group|team|bot|app|application|service|service[ _-]?account|location|device|merchant|bank|department|workspace|project|product|plan|file|folder|repository|healthcareservice|medication|account|list|field|text|string|task|section|story|tag|event|item|attachment|portfolio|goal|message|webhook|subscription|invoice|order|charge|card|channel|space|category|collection|template|assistant|model|policy|role|directory|site|room|resource|machine|virtual|system)s?(?:[ _-]reference)?$/;
/** Keys that hold records of any kind. */
const GENERIC: ReadonlySet<string> = new Set(
  "data datum item result response attribute property value node edge element entry resource record row list object content body payload hit document 0 1 profile detail info information embedded include included collection page output name personal identity basic meta fields field custom".split(
    " ",
  ),
);
const BY_OR_TO = /\b(?:by|assigned to|attention|attn|care of)$/;
/** Or nothing at all: `sort_by`. */
const BY_COMPANIES =
  /\b(?:sort|sorted|order|ordered|group|grouped|filter|filtered|partition|partitioned|cluster|clustered|indexed|keyed|powered|served|manufactured|made|produced|published|issued|shipped|sold|fulfilled|distributed|provided|supplied|hosted|licensed|backed|operated|limited|blocked|covered|sponsored|triggered|caused|followed|divided|multiplied|regulated|certified|insured|billed|charged) by$/;
/** Whom a parcel or a bill goes to: mostly people. */
const ADDRESSEE =
  /\b(?:address|shipping|billing|ship to|bill to|deliver to|delivery|drop ?off|pick ?up|billing detail|shipping detail|to|from|cc|bcc|reply to|to address|from address|address to|address from|return address|shipping contact|destinatario|adresse|direccion|endereco|anschrift|indirizzo)(?: (?:info|information|detail|data|contact))?$/;
const PEOPLE: ReadonlySet<string> = new Set(
  (
    "user usr emp person people human individual owner author coauthor creator assignee assigner assignor sender recipient contact patient practitioner physician doctor nurse employee " +
    "attendee invitee signer signatory member holder cardholder accountholder guest passenger traveler traveller driver rider candidate applicant student pupil teacher instructor tutor mentor " +
    "subscriber uploader reporter requester requestor approver reviewer committer commiter tagger maintainer contributor moderator commenter submitter organizer organiser participant caller callee " +
    "insured policyholder policyowner representative rep director shareholder officer spouse partnername guardian relative dependent dependant manager supervisor lead borrower renter landlord donor witness " +
    "profile nominee beneficialowner ubo actor follower friend colleague coworker admin administrator staff crew mother father sibling parentguardian nextofkin kin " +
    "interviewer recruiter customeruser enduser shopper cosigner coborrower coapplicant primaryapplicant pax occupant resident visitor victim claimant defendant " +
    "suspect offender convict inmate prisoner detainee juror judge lawyer attorney counsel plaintiff respondent complainant deceased decedent heir testator executor trustee settlor husband wife brother sister son daughter voter volunteer surgeon therapist counsellor counselor pharmacist prescriber dentist midwife caregiver carer technician mechanic inspector auditor accountant underwriter adjuster salesperson cashier waiter chef stylist trainer coach athlete entrant winner presenter panelist delegate alumnus scholar professor lecturer researcher investigator interviewee analyst consultant advisor adviser planner architect designer writer translator photographer pilot captain constable detective firefighter paramedic clinician responsible drafter cotraveller cotraveler invited inviter collaborator coordinator housekeeper " +
    "congregant parishioner priest pastor imam rabbi deacon bishop steward treasurer chairman chairperson founder cofounder ceo cfo cto skipper preparer neighbour neighbor keeper cohabitant roommate housemate flatmate sitter groomer breeder proprietor registrant settler " +
    "geschaftsfuhrer geschaeftsfuehrer inhaberin vorstand prokurist vertreter sachbearbeiter vermieter mieter nachbar lehrer schulerin arzt arztin gerant dirigeant locataire proprietaire medecin eleve professeur propietario inquilino medico alumno profesor apoderado representante socio aluno proprietario amministratore paziente studente docente eigenaar huurder leerling wlasciciel pacjent uczen lekarz agare elev lakare ejer laege eier pasient " +
    "guarantor viewer injuredparty betreuer betreuerin verletzter verletzte zeuge zeugin contacter salariee beneficiaire beneficiario " +
    "mitarbeiter kunde ansprechpartner benutzer empfanger absender inhaber versicherter schuler patientin kontakt fahrer " +
    "utilisateur salarie employe client destinataire expediteur titulaire passager " +
    "usuario empleado cliente paciente titular destinatario remitente pasajero funcionario colaborador passageiro contato contacto " +
    "utente dipendente intestatario mittente medewerker klant gebruiker pracownik klient anvandare medarbejder " +
    "houder ontvanger afzender huisarts behandelaar bewoonster utilizador utilizadora facultativo facultativa condutor condutora portador kund kunden passagier passagerare resenar huurster kortinnehavare medarbetare arbetstagare courier babysitter nanny evaluator examiner examinee pledger giver claimer bidder consenter delegator delegatee onbehalfof dialer agentname operatorname speaker choreographer conductor soloist referee umpire scorer goalkeeper jockey skater swimmer cyclist golfer fighter wrestler " +
    "contactperson personincharge signee undersigned countersigner endorser affiant grantor grantee lessee lessor mortgagor transferor transferee optionee awardee laureate intern apprentice trainee cadet recruit retiree pensioner widow widower mom mum dad grandparent grandmother grandfather grandchild niece nephew uncle aunt cousin fiance fiancee stepchild stepparent newborn baby toddler teen elder citizen migrant refugee immigrant asylumseeker tourist pilgrim hiker camper boarder lodger householder homeowner motorist pedestrian bystander informant informer whistleblower accused perpetrator " +
    "asegurado asegurada beneficiaria empleada clienta usuaria trabajador trabajadora trabajadore trabalhador trabalhadora trabalhadore conductora conductore chofer repartidor repartidora repartidore vendedor vendedora vendedore comprador compradora compradore arrendatario arrendador firmante solicitante denunciante interesado interesada contribuyente estudiante profesora doctora enfermera enfermero abogado abogada testigo hijo hija padre madre hermano hermana esposo esposa conyuge tutora familiar personas responsable encargado encargada autor autora invitado invitada huesped viajero viajera afiliado afiliada miembro apoderada votante ciudadano ciudadana " +
    "funcionaria colaboradora colaboradore empregado empregada motorista entregador entregadora pessoa responsavel segurado segurada dependente conjuge filho filha pai mae aluna professora medica enfermeiro enfermeira hospede viajante morador moradora locatario fiador avalista requerente contribuinte eleitor cidadao cidada assinante " +
    "assure assuree clientes patiente conducteur conductrice chauffeur livreur acheteur vendeur bailleur signataire demandeur demandeuse contribuable etudiant etudiante enseignant enseignante avocat avocate temoin enfant pere mere frere soeur epoux epouse conjoint conjointe tuteur personne invite voyageur voyageuse adherent adherente membre electeur citoyen citoyenne emprunteur souscripteur auteur autrice redacteur " +
    "assicurato assicurata lavoratore lavoratrice persona autista corriere acquirente venditore inquilina locatore firmatario richiedente contribuente studentessa insegnante avvocato testimone figlio figlia fratello sorella marito moglie coniuge tutore ospite viaggiatore passeggero iscritto iscritta socia elettore cittadino cittadina mutuatario autore referente responsabile collaboratore collaboratrice " +
    "mitarbeiterin kundin nutzer nutzerin benutzerin personen empfangerin absenderin fahrerin beifahrer zusteller kurier kaufer kauferin verkaufer verkauferin mieterin vermieterin unterzeichner antragsteller antragstellerin steuerpflichtiger studentin lehrerin anwalt anwaltin kind vater mutter bruder schwester ehemann ehefrau ehepartner vormund gast reisender reisende mitglied wahler kreditnehmer versicherungsnehmer versicherungsnehmerin versicherte autorin bearbeiter bearbeiterin betreuungsperson angehoriger angehorige bewohner bewohnerin klientin arbeitnehmer arbeitnehmerin bewerber bewerberin teilnehmer teilnehmerin " +
    "werknemer werkneemster bezoeker bestuurder koper verkoper verhuurder ondertekenaar aanvrager leraar lerares advocaat getuige vader moeder broer zus echtgenoot voogd reiziger kiezer burger kredietnemer verzekerde verzekeringnemer contactpersoon bewoner deelnemer sollicitant ouder " +
    "ansatt bruker foresatt forer sjafor kjoper selger leietaker utleier sokare sokande anstalld forare kopare saljare hyresgast vardnadshavare medlem deltagare asiakas tyontekija potilas kayttaja henkilo uzytkownik osoba pacjentka pracowniczka kierowca kupujacy sprzedajacy najemca wnioskodawca nauczyciel dziecko ojciec matka malzonek opiekun gosc podrozny czlonek ubezpieczony wlascicielka zamestnanec zakaznik uzivatel pacient ridic alkalmazott ugyfel felhasznalo szemely beteg sofor angajat utilizator persoana sofer calisan musteri kullanici kisi hasta surucu"
  ).split(" "),
);
/** People or companies. */
const PARTIES: ReadonlySet<string> = new Set(
  "worker receiver consignee remitter drawer drawee editor speaker partner consumer customer cust client seller buyer payee payer payor creditor debtor beneficiary consignor shipper lender agent party counterparty purchaser trader sponsor player operator provider performer endpoint".split(
    " ",
  ),
);
const COMPANIES: ReadonlySet<string> = new Set(
  "company vendor supplier employment organization organisation org business employer bank institution merchant store shop team group department dept workspace brand carrier airline insurer insurance school university hospital clinic publisher manufacturer firm enterprise subsidiary branch agency registrar krankenkasse firma unternehmen entreprise societe empresa azienda bedrijf".split(
    " ",
  ),
);
const OTHER: ReadonlySet<string> = new Set(
  (
    "product plan file folder project repo repository channel event venue city country state region province place location category tag label topic service app application device host server cluster " +
    "image model vehicle car campaign template role permission policy airport station hotel property room option parameter param header cookie metric job task pipeline workflow step stage status priority currency tax " +
    "discount coupon method course artist album track song movie book character band show season episode article post page site website domain database table column schema index queue bucket key " +
    "language locale timezone unit size color material variant sku price invoice order line lineitem ticket issue milestone sprint board card form question answer survey report dashboard widget chart " +
    "network subnet zone volume snapshot instance container pod namespace deployment environment release version package dependency license module plugin extension integration connection connector webhook " +
    "medication drug procedure condition test observation ingredient menu dish recipe species animal pet team league match game stadium street building floor area district county " +
    "audience targeting demographic cohort criteria persona feature flag rule alert monitor check log action type kind source target entity class code licence compensation deduction benefit earning position department office interest skill"
  ).split(" "),
);
const ANIMALS =
  /(?:^| )(?:dog|cat|pet|animal|horse|puppy|kitten|cattle|livestock|bird|bull|cow|sheep|pig|rabbit|haustier|tier|hund|katze|mascota|chien|chat)$/;
const ANIMAL_FIELDS =
  /^(?:genus|kingdom|phylum|taxon|breed|species|sire|dam|pedigree|microchip(?: id| number)?|rasse|raza|race animal|neutered|spayed)$/;
const COUNTED = /^(?:impression|click|spend|ctr|cpm|cpc|page ?view|respondent|percentage|headcount|population|view count)$/;
const HUMANS =
  /(?:^| )(?:rider|driver|courier|passenger|patient|child|student|pupil|teacher|employee|guest|traveller|traveler|applicant|candidate|spouse|mother|father|sibling|guardian|husband|wife|brother|sister|son|daughter|doctor|nurse|physician|friend|attendee|invitee|babysitter|caregiver|athlete|paciente|aluno|alumno|empleado|conductor|chofer|pasajero|mitarbeiter|fahrer|schuler|patientin|eleve|salarie|conducteur)$/;
const BESIDE_NAME_PART =
  /^(?:first ?name|last ?name|given ?name|family ?name|surname|vorname|nachname|prenom|apellido|cognome|date of birth|dob|birth ?date|geburtsdatum)$/;
const BESIDE_PERSON =
  /^(?:first ?name|last ?name|given ?name|family ?name|surname|forename|middle ?name|maiden ?name|date of birth|dob|birth ?date|birthday|birth ?day|gender|sex|marital ?status|job ?title|ssn|nationality|salutation|honorific prefix|honorific suffix|is admin|vorname|nachname|prenom|apellido|cognome|geburtsdatum|date naissance|fecha nacimiento|data nascimento|cpf|date de naissance|fecha de nacimiento|data de nascimento|avatar|avatar url|gravatar id|gravatar url|profile image|profile picture|profile photo|picture|headshot|mobile phone|cell phone|last login|last login at|last seen|is superuser|employee (?:id|number|no)|hire date|hired at|given|employee type|relationship|occupation|religion|ethnicity|race|sexual orientation|blood type|blood group|diagnosis|hobby|next of kin|emergency contact|medical record number|mrn|place of birth|birth place|weight kg|height cm|passport number|personal email|home phone|shoe size|pronoun|pronouns)$/;
const BESIDE_ADDRESS =
  /(?:^|^primary |^work |^user |^contact |^personal )(?:e ?mail|e ?mail address|mail|emailaddress|courriel|correo|correo electronico|correo|mail address|user principal name)$/;
const BESIDE_PERSONS_MAYBE =
  /^(?:phone|phone number|contact no|contact number|mobile|mobile number|telephone|tel|telefon|celular|user ?name|login|screen name|handle|nick ?name|user id|member id|role|locale|time ?zone|street|street address|address 1|address line 1|line 1|street 1|account number|iban)$/;
const BESIDE_COMPANY =
  /^(?:vat|vat number|vat id|vat no|ein|abn|abn or tfn|acn|registration number|company number|industry|industry type|number of employee|employee count|num employee|founded|founded year|legal form|dun|duns number|lei|subsidiary|ticker|stock symbol|annual revenue|company type|business type|logo|logo url|mcc|siret|siren|cnpj|registered office)$/;
const BESIDE_THING =
  /^(?:sku|price|unit price|quantity|stock|mime ?type|content ?type|file ?size|size|width|height|version|slug|colour|color|symbol|unit|checksum|extension|path|rating|category|engine|capacity|hostname|host|port|protocol|default branch|visibility|fork|enabled|position|schema|query|member count|user count|permission|scope|opening hour|required|default|default value|option|placeholder|hint|icon|iso code|currency code|dial code|population|rate|percentage|interval|duration|barcode|upc|ean|isbn|weight|availability|expression|manufacturer|balance|is default|max length|min length|etag|region|cron|schedule|start time|end time|venue|genre|release date|album|abbreviation|conference|division|league|class|eta|estimated day|delivery day|service code|iata code|icao code|cuisine|price level|star)$/;
