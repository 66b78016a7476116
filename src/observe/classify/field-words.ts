import { isGivenName } from "./detectors/personal/name-value.ts";
import { wordsOf } from "./names.ts";

/**
 * The key is made of words that designers of APIs name fields with, in some language: kinds of fees, legs of a trip, kin, seasons, states. In kebab-case,
 * which names of projects and companies are written in more than fields are, every word has to be one.
 */
export function isFieldName(key: string): boolean {
  return isMadeOf(key, (word) => FIELD_WORDS.has(word) || (DERIVED.test(word) && !isGivenName(word) && !SURNAMES.has(word)));
}

/** The same of words that are known to name fields, whatever they end in: people are called so too. */
export function isKnownFieldName(key: string): boolean {
  return isMadeOf(key, (word) => FIELD_WORDS.has(word));
}

function isMadeOf(key: string, isFieldWord: (word: string) => boolean): boolean {
  const words = wordsOf(key).split(" ");
  return key.includes("-") ? words.every(isFieldWord) : words.some(isFieldWord);
}

/** Endings of nouns and adjectives that are made of other words: nobody is called `returning`, `availability` or `Bearbeitungskosten`. */
const DERIVED = new RegExp(
  "^(?:\\p{L}{4,}(?:ing|ed|able|ible|tion|sion|ness|ity|ship|ung|keit|heit|schaft|cion|zione|cao|idad|dade)|\\p{L}{5,}(?:ment|ance|ence)|" +
    "\\p{L}{3,}(?:gebuhr|gebuehr|kosten|steuer|preis|betrag|adresse|datum|nummer|zeit|day|time|tax|fee|cost|price|rate|name|code|date))$",
  "u",
);
/** Of people who are called as if by a verb. */
const SURNAMES: ReadonlySet<string> = new Set(
  (
    "manning fleming browning keating harding golding dowling downing stirling sterling hastings cushing pickering rowling pauling jennings keeling darling deering goring loring starling bunting bolling cowling curling gosling " +
    "gowing hemming hosking jarring kipling lansing lessing messing redding reding riding schilling schelling sperling spalding standing suffling tilling twining waring whiting wilding witting yearling bowling blessing bruning " +
    "canning channing dunning greening haring hornung jung kissling kipping kuhling lemming maring mehring mehling nottingham ocasio paulding peding quilling ripping schmeling seeling siebeling " +
    "stocking tapping velling vining wehling welling wiesing reed ahmed mohammed hamed saeed waheed majeed rasheed naveed snead winfred"
  ).split(" "),
);
/** As `wordsOf` writes them. */
const FIELD_WORDS: ReadonlySet<string> = new Set(
  // Frames and containers
  (
    "data node edge item element entry entity record row column list array page cursor result hit bucket group set series summary detail info payload body header footer content context scope " +
    "meta index key value field label title text description note comment remark message reason code type kind class category tag status state stage phase step level tier rank grade order position number count sum total subtotal " +
    "average avg mean median mode min max minimum maximum limit quota threshold target goal range start end begin finish first second third fourth last latest oldest newest next previous current former future past original final " +
    "default custom other misc general common main extra additional optional required all any none both each every some single double triple twin pair half full empty partial whole true false yes no unknown " +
    "abstain up down left right top bottom center centre middle inner outer upper lower front back side north south east west in out on off before after from to by via per with without above below " +
    // What is worked with
    "project section workspace task issue ticket sprint epic board job pipeline event calendar meeting appointment visit case asset article book chapter lesson course exam question answer survey form campaign channel thread room " +
    "product variant brand catalog catalogue basket cart stock inventory shipment parcel contract agreement proposal opportunity deal offer coupon voucher instance cluster volume network subnet tenant account contact address user " +
    "frequency interval recurrence cron option choice star review repo gist hired fired added owned " +
    // Persons by what they are
    "adult child children infant senior teen youth kid baby pet student pupil teacher parent guardian mother father mom dad brother sister sibling son daughter spouse wife husband partner uncle aunt cousin nephew niece " +
    "grandmother grandfather grandparent relative family friend colleague owner member admin administrator manager agent assistant operator editor viewer author creator reviewer approver assignee reporter requester " +
    "applicant candidate employee employer contractor staff worker supervisor director president secretary treasurer driver passenger pilot crew host guest visitor customer client buyer seller vendor supplier merchant " +
    "payer payee sender receiver recipient shipper consignee carrier debtor creditor borrower lender cosigner landlord lessor lessee insured insurer beneficiary policyholder patient doctor nurse provider physician " +
    "plaintiff defendant witness judge lawyer attorney subscriber follower following person people individual company organization organisation business team department corporate public private anonymous male female diverse " +
    // Money
    "amount price cost fee charge rate tax vat gst pst hst duty toll tip discount rebate refund credit debit deposit payment payout balance budget revenue income expense profit loss margin salary wage bonus commission " +
    "interest principal premium deductible copay coinsurance currency cash card cheque check wire transfer invoice bill receipt quote sale purchase subscription net gross base surcharge markup service delivery shipping freight handling " +
    "packaging insurance maintenance repair rent lease mortgage loan cleaning booking resort parking registration membership processing platform late penalty federal city county local national municipal pension " +
    "hard soft retail wholesale special regular standard basic pro plus free trial economy luxury suite cabin seat bed " +
    "liability equity bond fund capital cashflow receivable payable accrual ledger " +
    // Trips, places, stays
    "trip journey leg outbound inbound return departure arrival origin destination stop stopover layover connection transit pickup dropoff collection flight train bus car taxi ferry ship boat bike walk tram metro subway " +
    "road street house building floor unit door gate terminal station airport port harbor harbour town region country area zone district province continent home work office school hotel store shop warehouse depot branch " +
    "location place venue site map route distance duration speed wifi internet spa pool gym sauna breakfast lunch dinner brunch supper snack meal minibar laundry shuttle concierge towel kitchen bar restaurant " +
    "luggage baggage carry hold checked entertainment " +
    // Time
    "year quarter month week day hour minute today yesterday tomorrow weekday weekend holiday vacation daily weekly monthly quarterly yearly annual annually hourly " +
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec " +
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur fri sat sun spring summer autumn fall winter morning noon afternoon evening night overnight midnight dawn dusk " +
    "date time timestamp created updated deleted expiry age old new recent early overtime sick leave absent absence present worked paid unpaid " +
    // States and acts
    "active inactive pending approved rejected accepted declined open closed done todo progress draft published archived blocked banned locked verified valid invalid enabled disabled online offline idle busy away ready " +
    "running stopped failed failure success successful error warning debug fatal critical severe high medium low normal urgent minor major moderate mild won lost win draw tie played lead returning " +
    "read write create update delete edit view get post put patch head export import upload download search filter sort execute run build test deploy release publish approve reject cancel retry skip like dislike share follow click impression bounce reply forward vote " +
    "sent delivered opened clicked bounced unread unsent spam complaint unsubscribe subscribe login logout signup signin checkout checkin register " +
    // Measures and matter
    "size small large tiny huge big short long tall wide narrow thin thick width height depth length weight mass perimeter radius diameter angle latitude longitude altitude elevation heading bearing temperature humidity pressure wind rain snow cloud uv " +
    "chest waist hip neck arm sleeve inseam shoulder bust thigh calf foot hand eye ear nose mouth tooth skin hair heart lung liver kidney brain blood bone muscle pulse systolic diastolic oxygen glucose cholesterol " +
    "fat protein carb carbohydrate fiber fibre sugar sodium salt calorie energy vitamin iron calcium potassium zinc magnesium water milk egg wheat gluten nut soy fish meat vegan vegetarian vegetable fruit dairy food drink alcohol caffeine " +
    "red green blue yellow orange purple pink brown black white gray grey cyan magenta violet indigo gold silver bronze platinum diamond color colour hue saturation lightness brightness contrast alpha opacity " +
    "primary secondary tertiary accent foreground background border shadow link hover danger dark light " +
    // Subjects and qualities
    "math mathematics science history geography biology chemistry physics music art sport language english french german spanish latin grammar spelling reading writing speaking listening verbal quantitative analytical " +
    "cleanliness accuracy communication comfort quality design usability performance support taste ambience atmosphere hygiene punctuality overall experience satisfaction trust safety security privacy health " +
    "marketing engineering finance legal hr operation it research logistics procurement " +
    // Machines and networks
    "cpu gpu ram memory disk storage bandwidth latency throughput uptime downtime process core cache queue database db server path file folder directory domain subdomain ip dns url uri endpoint api web mobile app desktop tablet phone browser device os " +
    "ios android windows linux mac version commit repository package module plugin extension environment production prod staging development dev testing sandbox qa uat preview remote internal external " +
    "email mail sms push fax chat voice video audio image photo picture document pdf csv json xml html whatsapp telegram slack facebook instagram twitter linkedin youtube tiktok pinterest google apple microsoft github webhook call notification alert " +
    "username password token secret session cookie role permission policy rule plan feature flag setting preference config configuration theme locale timezone format template schema model " +
    "story reel save reaction mention hashtag album playlist track artist genre " +
    "conversion retention churn reach engagement " +
    // Law, insurance, estate
    "collision comprehensive theft fire flood accident injury medical dental vision life disability property casualty roadside rental glass towing uninsured underinsured warranty claim coverage benefit clause " +
    "party signer signature seal exhibit deed inspection appraisal escrow closing " +
    // Other languages
    "summe betrag preis kosten gebuhr gebuehr steuer rabatt versand verpackung zoll lieferung rechnung zahlung anzahlung miete nebenkosten kaution heizung strom wasser gas reinigung anmeldung fruhstuck mittagessen abendessen hinfahrt ruckfahrt hinflug ruckflug abfahrt ankunft " +
    "mutter vater bruder schwester sohn tochter eltern kinder ehefrau ehemann oma opa onkel tante familie erwachsene jugendliche senioren mann frau kunde lieferant mieter vermieter kaufer verkaufer " +
    "fruhling sommer herbst montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar marz mai juni juli oktober dezember offen geschlossen aktiv inaktiv neu alt gesamt anzahl name ort plz strasse rot grun blau gelb schwarz weiss klein mittel " +
    "prix montant cout frais taxe remise livraison facturation facture paiement loyer caution nettoyage adulte enfant bebe etudiant aller retour depart arrivee escale petit dejeuner diner " +
    "mere pere frere soeur fils fille conjoint epoux epouse famille printemps ete automne hiver lundi mardi mercredi jeudi vendredi samedi dimanche ouvert ferme actif inactif nouveau ancien rouge vert bleu noir blanc moyen grand nom ville rue " +
    "precio importe coste costo tarifa impuesto descuento envio entrega facturacion factura pago alquiler limpieza adulto infantil nino ninos estudiante jubilado ida vuelta salida llegada escala desayuno comida almuerzo cena " +
    "madre padre hermano hermana hijo hija abuelo abuela tio tia esposo esposa marido mujer familia primavera verano otono invierno lunes martes miercoles jueves viernes sabado domingo abierto cerrado activo inactivo nuevo viejo rojo verde azul negro blanco nombre ciudad calle " +
    "preco valor custo taxa imposto desconto fatura pagamento aluguel limpeza crianca estudante volta partida chegada mae pai irmao irma filho filha avo cafe almoco jantar ativo inativo novo velho aberto fechado nome cidade rua " +
    "prezzo importo tariffa tassa sconto spedizione imballaggio consegna fattura affitto pulizia bambino studente anziano andata ritorno partenza arrivo colazione pranzo fratello sorella figlio figlia nonno nonna moglie aperto chiuso attivo inattivo nuovo vecchio citta " +
    "prijs bedrag tarief belasting korting verzending bezorging factuur betaling huur schoonmaak volwassene volwassenen heenreis terugreis vertrek aankomst ontbijt moeder vader broer zus zoon dochter echtgenoot gezin plaats straat nieuw oud"
  ).split(" "),
);
