import { by, isItin, isMyNumber, isNhsNumber, isNric, isSsn } from "./national-id-checks.ts";

/** A number that a state gives to a person. */
export interface NationalIdKind {
  /** The note of a finding. */
  readonly kind: string;
  /** Ends of a key, as `wordsOf` writes it, that say this kind. */
  readonly cue: RegExp;
  /** How it is written, check digits aside. */
  readonly shape: RegExp;
  readonly isValid: (text: string) => boolean;
  /** A way of writing so special that a value that passes the check needs no name. */
  readonly alone?: RegExp;
  /** Digits of one that lost its leading zeros as a JSON number. */
  readonly digits?: number;
}

export const NATIONAL_ID_KINDS: readonly NationalIdKind[] = [
  // Before us_ssn: an ITIN looks like one whose area begins with a 9.
  {
    kind: "us_itin",
    cue: /(?:^| )(?:itin|individual taxpayer identification number)$/,
    shape: /^9\d{2}[- ]?\d{2}[- ]?\d{4}$/,
    isValid: isItin,
  },
  {
    kind: "us_ssn",
    cue: /(?:^| )(?:ssn|ssn tin|ssn number|ssn no|social security ?(?:number|no|num)?|socialsecurity(?:number)?|us ssn|ssn value|ssn 9|full ssn)$/,
    shape: /^\d{3}[- ]?\d{2}[- ]?\d{4}$/,
    isValid: isSsn,
    digits: 9,
  },
  {
    kind: "uk_nino",
    cue: /(?:^| )(?:nino|ni ?number|ni no|national ?insurance(?: ?(?:number|no))?)$/,
    shape: /^[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]?$/i,
    isValid: by("gb/nino"),
    alone: /^[A-Z]{2} \d{2} \d{2} \d{2} [A-D]$/,
  },
  { kind: "uk_nhs", cue: /(?:^| )nhs(?: ?(?:number|no|id))?$/, shape: /^\d{3}[ -]?\d{3}[ -]?\d{4}$/, isValid: isNhsNumber, digits: 10 },
  {
    kind: "ca_sin",
    cue: /(?:^| )(?:sin|sin number|social insurance ?(?:number|no)?|nas|numero assurance sociale)$/,
    shape: /^\d{3}[ -]?\d{3}[ -]?\d{3}$/,
    isValid: by("ca/sin"),
    digits: 9,
  },
  {
    kind: "au_tfn",
    cue: /(?:^| )(?:tfn|tax file ?(?:number|no)?)$/,
    shape: /^\d{3}[ -]?\d{3}[ -]?\d{2,3}$/,
    isValid: by("au/tfn"),
    digits: 9,
  },
  {
    kind: "br_cpf",
    cue: /(?:^| )(?:cpf|cpf number|numero cpf|cpf cnpj)$/,
    shape: /^\d{3}\.?\d{3}\.?\d{3}-?\d{2}$/,
    isValid: by("br/cpf"),
    alone: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
    digits: 11,
  },
  {
    kind: "in_aadhaar",
    cue: /(?:^| )(?:aadhaar|aadhar|adhaar|uidai|aadhaar (?:number|no|id)|aadhar (?:number|no|id))$/,
    shape: /^\d{4}[ -]?\d{4}[ -]?\d{4}$/,
    isValid: by("in/aadhaar"),
  },
  {
    kind: "in_pan",
    cue: /(?:^| )(?:pan|pan (?:number|no|card|card number)|permanent account number)$/,
    shape: /^[A-Z]{5}\d{4}[A-Z]$/i,
    isValid: by("in/pan"),
  },
  {
    kind: "es_nie",
    cue: /(?:^| )(?:nie|nif|dni|dni nie|nif nie|documento identidad)$/,
    shape: /^[XYZ]-?\d{7}-?[A-Z]$/i,
    isValid: by("es/nie"),
    alone: /^[XYZ]-?\d{7}-?[A-Z]$/,
  },
  { kind: "es_dni", cue: /(?:^| )(?:dni|nif|dni nie|nif nie|documento identidad)$/, shape: /^\d{8}[- ]?[A-Z]$/i, isValid: by("es/dni") },
  {
    kind: "it_cf",
    cue: /(?:^| )(?:codice ?fiscale|codicefiscale|fiscal code|cf)$/,
    shape: /^[A-Z]{6}[\dLMNPQRSTUV]{2}[A-EHLMPRST][\dLMNPQRSTUV]{2}[A-Z][\dLMNPQRSTUV]{3}[A-Z]$/i,
    isValid: by("it/codicefiscale"),
    alone: /^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$/,
  },
  {
    kind: "fr_nir",
    cue: /(?:^| )(?:nir|numero (?:de )?securite sociale|securite sociale|nss|numero secu|insee|numero insee)$/,
    shape: /^[12378] ?\d{2} ?\d{2} ?[\dAB]{2} ?\d{3} ?\d{3}(?: ?\d{2})?$/i,
    isValid: by("fr/nir"),
    alone: /^[12] \d{2} \d{2} [\dAB]{2} \d{3} \d{3} \d{2}$/,
  },
  {
    kind: "de_steuerid",
    cue: /(?:^| )(?:steuer ?id|steuerid|steuer ?ident(?:ifikations)?nummer|steueridentifikationsnummer|steuerliche identifikationsnummer|idnr|steuer id nummer|steuer id nr)$/,
    shape: /^\d{2} ?\d{3} ?\d{3} ?\d{3}$/,
    isValid: by("de/idnr"),
    digits: 11,
  },
  {
    kind: "nl_bsn",
    cue: /(?:^| )(?:bsn|burgerservicenummer|sofinummer|bsn nummer)$/,
    shape: /^\d{4}\.?\d{2}\.?\d{3}$|^\d{8,9}$/,
    isValid: by("nl/bsn"),
    digits: 9,
  },
  { kind: "pl_pesel", cue: /(?:^| )(?:pesel|numer pesel|pesel number)$/, shape: /^\d{11}$/, isValid: by("pl/pesel"), digits: 11 },
  {
    kind: "se_personnummer",
    cue: /(?:^| )(?:personnummer|personnr|person nummer|pnr|personal number|personal identity number|svenskt personnummer)$/,
    shape: /^(?:\d{2})?\d{6}[-+ ]?\d{4}$/,
    isValid: by("se/personnummer"),
    alone: /^(?:19|20)\d{6}-\d{4}$/,
  },
  {
    kind: "fi_hetu",
    cue: /(?:^| )(?:hetu|henkilotunnus)$/,
    shape: /^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/i,
    isValid: by("fi/hetu"),
    alone: /^\d{6}[-+A]\d{3}[0-9A-Y]$/,
  },
  {
    kind: "dk_cpr",
    cue: /(?:^| )(?:cpr|cpr ?(?:nummer|number|nr)|personnummer)$/,
    shape: /^\d{6}-?\d{4}$/,
    isValid: by("dk/cpr"),
    digits: 10,
  },
  {
    kind: "no_fnr",
    cue: /(?:^| )(?:fnr|fodselsnummer|fodselsnr|fodsels nummer|d nummer|personnummer)$/,
    shape: /^\d{6} ?\d{5}$/,
    isValid: by("no/fodselsnummer"),
    digits: 11,
  },
  {
    kind: "be_nn",
    cue: /(?:^| )(?:rijksregisternummer|rrn|nrn|insz|niss|numero national|registre national|numero registre national|national register number|nationaal nummer)$/,
    shape: /^\d{2}[.]?\d{2}[.]?\d{2}[- ]?\d{3}[. ]?\d{2}$/,
    isValid: by("be/nn"),
    alone: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/,
    digits: 11,
  },
  {
    kind: "pt_nif",
    cue: /(?:^| )(?:nif|nif number|contribuinte|numero contribuinte|numero de contribuinte)$/,
    shape: /^\d{3} ?\d{3} ?\d{3}$/,
    isValid: by("pt/nif"),
    digits: 9,
  },
  { kind: "ro_cnp", cue: /(?:^| )(?:cnp|cod numeric personal)$/, shape: /^[1-9]\d{12}$/, isValid: by("ro/cnp"), digits: 13 },
  {
    kind: "za_id",
    cue: /(?:^| )(?:(?:sa|rsa|south african) ?id(?: ?(?:number|no))?|said number|id number|identity number|id no|rsa id number)$/,
    shape: /^\d{6} ?\d{4} ?\d{2} ?\d$/,
    isValid: by("za/idnr"),
    digits: 13,
  },
  {
    kind: "kr_rrn",
    cue: /(?:^| )(?:rrn|resident registration number|jumin ?(?:beonho|number)|주민등록번호|주민번호)$/,
    shape: /^\d{6}-?[0-9]\d{6}$/,
    isValid: by("kr/rrn"),
    alone: /^\d{6}-[1-4]\d{6}$/,
  },
  {
    kind: "cn_rid",
    cue: /(?:^| )(?:身份证|身份证号|身份证号码|居民身份证|id card(?: number| no)?|idcard|resident identity card number|sfz|shenfenzheng|identity card number|id number|cert no)$/,
    shape: /^[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]$/i,
    isValid: by("cn/ric"),
    alone: /^[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dX]$/,
  },
  {
    kind: "sg_nric",
    cue: /(?:^| )(?:nric|nric fin|nric number|nric no|fin|fin number|uinfin)$/,
    shape: /^[STFGM]\d{7}[A-Z]$/i,
    isValid: isNric,
  },
  {
    kind: "my_nric",
    cue: /(?:^| )(?:nric|nric no|mykad|ic number|ic no|no ic)$/,
    shape: /^\d{6}-?\d{2}-?\d{4}$/,
    isValid: by("my/nric"),
    digits: 12,
  },
  {
    kind: "hk_id",
    cue: /(?:^| )(?:hkid|hk id|hkid number|hong kong id|hkid no|hong kong identity card)$/,
    shape: /^[A-Z]{1,2}\d{6}\(?[\dA]\)?$/i,
    isValid: by("hk/hkid"),
    alone: /^[A-Z]{1,2}\d{6}\([\dA]\)$/,
  },
  {
    kind: "th_id",
    cue: /(?:^| )(?:thai (?:national )?id(?: card)?(?: number)?|citizen id|citizenid|เลขประจำตัวประชาชน|เลขบัตรประชาชน|id card number|national id)$/,
    shape: /^\d-?\d{4}-?\d{5}-?\d{2}-?\d$/,
    isValid: by("th/idnr"),
    alone: /^\d-\d{4}-\d{5}-\d{2}-\d$/,
    digits: 13,
  },
  {
    kind: "tr_tckn",
    cue: /(?:^| )(?:tckn|tc ?kimlik ?(?:no|numarasi)?|tckimlik(?:no)?|tc no|kimlik no|tc identity number|t c kimlik no)$/,
    shape: /^[1-9]\d{10}$/,
    isValid: by("tr/tckimlik"),
  },
  {
    kind: "mx_curp",
    cue: /(?:^| )curp$/,
    shape: /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d$/i,
    isValid: by("mx/curp"),
    alone: /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d$/,
  },
  {
    kind: "cl_rut",
    cue: /(?:^| )(?:rut|run|rut number)$/,
    shape: /^\d{1,2}\.?\d{3}\.?\d{3}-[\dkK]$/,
    isValid: by("cl/rut"),
    alone: /^\d{1,2}\.\d{3}\.\d{3}-[\dkK]$/,
  },
  {
    kind: "ar_dni",
    cue: /(?:^| )(?:dni|documento|numero documento|numero de documento|nro documento)$/,
    shape: /^\d{2}\.?\d{3}\.?\d{3}$/,
    isValid: by("ar/dni"),
  },
  {
    kind: "il_id",
    cue: /(?:^| )(?:teudat zehut|teudat zehut number|mispar zehut|tz|israeli id(?: number)?|תעודת זהות|מספר זהות)$/,
    shape: /^\d{8,9}$|^\d{8}-\d$/,
    isValid: by("il/idnr"),
    digits: 9,
  },
  {
    kind: "jp_mynumber",
    cue: /(?:^| )(?:my ?number|mynumber|individual number|個人番号|マイナンバー|kojin bango)$/,
    shape: /^\d{4}[- ]?\d{4}[- ]?\d{4}$/,
    isValid: isMyNumber,
    digits: 12,
  },
  {
    kind: "ch_ahv",
    cue: /(?:^| )(?:ahv|ahv ?(?:nummer|nr|number)|avs|avs number|numero avs|sozialversicherungsnummer|social security number)$/,
    shape: /^756\.?\d{4}\.?\d{4}\.?\d{2}$/,
    isValid: by("ch/ssn"),
    alone: /^756\.\d{4}\.\d{4}\.\d{2}$/,
  },
  {
    kind: "at_svnr",
    cue: /(?:^| )(?:svnr|sv nummer|sozialversicherungsnummer|vsnr|versicherungsnummer)$/,
    shape: /^\d{4} ?\d{6}$/,
    isValid: by("at/vnr"),
    digits: 10,
  },
  {
    kind: "cz_rc",
    cue: /(?:^| )(?:rodne ?cislo|rodné číslo|rc|birth number)$/,
    shape: /^\d{6}\/?\d{3,4}$/,
    isValid: by("cz/rc"),
    alone: /^\d{6}\/\d{4}$/,
  },
  { kind: "bg_egn", cue: /(?:^| )(?:egn|егн)$/, shape: /^\d{10}$/, isValid: by("bg/egn"), digits: 10 },
  { kind: "gr_amka", cue: /(?:^| )(?:amka|αμκα)$/, shape: /^\d{11}$/, isValid: by("gr/amka"), digits: 11 },
  { kind: "hr_oib", cue: /(?:^| )oib$/, shape: /^\d{11}$/, isValid: by("hr/oib"), digits: 11 },
  { kind: "ie_pps", cue: /(?:^| )(?:pps|ppsn|pps ?(?:number|no))$/, shape: /^\d{7}[A-W][A-I]?$/i, isValid: by("ie/pps") },
  { kind: "is_kennitala", cue: /(?:^| )(?:kennitala|kt)$/, shape: /^\d{6}-?\d{4}$/, isValid: by("is/kennitala"), digits: 10 },
  { kind: "ee_ik", cue: /(?:^| )(?:isikukood|ik)$/, shape: /^[1-8]\d{10}$/, isValid: by("ee/ik") },
  { kind: "lt_asmens", cue: /(?:^| )(?:asmens? ?kodas)$/, shape: /^[1-9]\d{10}$/, isValid: by("lt/asmens") },
];
