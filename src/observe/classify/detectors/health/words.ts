/** The name is of what somebody has, had, takes or is allergic to. As `wordsOf` writes it. */
export function isIllnessName(name: string): boolean {
  return (ILLNESS.test(name) || ILLNESS.test(name.replace(WORDED, ""))) && !NOT_ILLNESS.test(name);
}

/** The name is of something measured at a body. */
export function isVitalName(name: string): boolean {
  return VITALS.test(name) && !NOT_VITALS.test(name);
}

/** The text speaks of an illness, a pregnancy or a treatment, in one of several languages. */
export function speaksOfIllness(text: string): boolean {
  return SPOKEN.test(text.slice(0, MAX_SPOKEN));
}

const ILLNESS = new RegExp(
  [
    "diagnos[ie]s?|dx(?: description| name)?|sickness reason|illness reason|reason for (?:sickness|illness|sick leave)|krankheitsgrund|diagnosi|diagnoza|rozpoznanie|diagnostico|diagnostik|diagnose text|diagnosis (?:description|name|text|code)|admitting diagnosis|befund|anamnese|vorerkrankung(?:en)?|erkrankung(?:en)?|krankheit(?:en)?|malad(?:ie|y)|enfermedade?s?(?: previas?)?|doencas?|malatti[ae]|ziektes?|sjukdom|aandoening(?:en)?|ziektebeeld|indicat(?:ie|y)|choroby?|schorzenie|betegseg|patologias?|patologie|comorbidit(?:y|ies)|comorbidades?|illness(?:es)?|diseases?|ailments?|sickness|sairaus|sykdom|sygdom|hastalik|zabolevanie|penyakit|benh",
    "medications?(?: name| list| text)?|medication|medicine|medikation|medikamente?n?|arzneimittel|medicamentos?|medicacion(?: actual)?|medicacao|medicament|farmac[oi]|medicatie|drug name|drug description|prescribed drug|prescription (?:drug|medication|text)|current medication|medicijn(?:en)?|geneesmiddel(?:en)?|lakemedel|lakemiddel|laakitys|leki|ilac|prise en charge medicamenteuse|traitement en cours|medicacion habitual|dauermedikation",
    "(?:food |drug |known |patient )?allerg(?:y|ies)|allergen|allergie|allergien|alergias?|allergia|intolerance|unvertraglichkeit(?:en)?|allergisch|overgevoeligheid|intolerancias?|intolerances?|adverse reaction",
    "symptoms?|symptom(?:en)?|symptome?|sintomas?|sintomi|chief complaint|presenting (?:complaint|problem)|reason for visit|visit reason",
    "medical (?:condition|history|note|record|info|information|alert|restriction|limitation|reason|issue|problem|background|need)|health (?:condition|history|note|issue|concern|problem|info|information|declaration)|pre ?existing condition|clinical (?:note|impression|finding|summary|history|diagnosis)|past medical history|family history|problem list|treatment plan|cause of death|antecedents? medica(?:l|ux)|antecedentes? medicos?|historia clinica|historial medico|(?:present|past|current|chronic|existing|underlying|other|known|major) (?:illness(?:es)?|condition|conditions|disease|diseases)|surger(?:y|ies)|surgical (?:history|procedure)|cirugias?|cirurgias?|intervento chirurgico|estado de salud|etat de sante|gesundheitszustand|gesundheitsangaben|stato di salute|estado de saude|datos de salud|datos medicos|dados de saude|medical (?:diagnosis|data|detail|remark|comment|description)|health (?:status|data|detail|problems?)|lab(?:oratory)? (?:result|finding)|(?:study|requested procedure|performed procedure step|procedure step) description|reason for (?:study|exam|examination|referral)|body part examined|special (?:education )?need|special education|individualized education plan",
    "hiv|hiv (?:status|result|test)|hiv test result|std status|sti status|covid(?: ?19)? (?:test )?(?:status|result)|test positive",
    "blood (?:type|group)|bloodtype|bloodgroup|blutgruppe|(?:grupo|tipo) sanguineo|groupe sanguin|gruppo sanguigno|bloedgroep|rh factor|rhesus",
    "vaccine|vaccine name|vaccination|vaccination (?:status|name)|immunization|immunisation|impfung(?:en)?|impfstoff|impfstatus|vacunas?|vacinas?|vaccin|vaccino|vaccini",
    "disabilit(?:y|ies)(?: status| type| description| category)?|impairment|behinderung|schwerbehinderung|schwerbehindert|grad der behinderung|discapacidad|deficiencia|disabilita|handicap(?: type)?|mental health|mental health (?:note|condition|status)|psychiatric (?:history|note|condition)|therapy note|psychotherapy note|addiction|substance (?:use|abuse)|injury(?: description| type| detail)?|verletzung(?:en|sart)?|lesion(?:es|e)?|blessures?|lesoes|lesioni|letsel|infortunio|obrazenia|invalidit(?:y|a)|invalidez|invaliditat|categoria protetta|pflegegrad|pflegestufe|grado de discapacidad|dementia|ecg (?:classification|result)|arrhythmia|afib",
    "smoking status|tobacco (?:use|status)|alcohol (?:use|consumption)|pregnancy(?: status)?|schwangerschaft|embarazo|gravidez|grossesse|menstrual (?:cycle|phase)|cycle phase|fertility status|gestational age|last menstrual period|trimester|ovulation",
    "dosage instruction|posology|posologie|posologia|dosierung",
  ]
    .map((group) => `\\b(?:${group})$`)
    .join("|")
    .concat(
      "|診断|诊断|病歴|病史|既往歴|アレルギー|过敏史|血液型|血型|진단|병력|알레르기|혈액형|диагноз|аллергия|группа крови|заболевание",
    ),
);
/** `diagnosisText` is the diagnosis. */
const WORDED = / (?:name|text|description|display|note|detail|list)$/;
/** The end of a name says what it is; these turn it into something else. */
const NOT_ILLNESS =
  /\b(?:self diagnosis|error|system|network|device|server|engine|car|vehicle|crash|plan|insurance|leave|allowed|benefit|filter|contains?|label|menu|product|may|numero|nummer|number)\b/;
const VITALS =
  /\b(?:heart ?rate(?: avg| average| max| min| bpm| variability)?|hrv(?: rmssd| ms| avg)?|pulse rate|blood ?pressure|systolic(?: bp)?|diastolic(?: bp)?|bp (?:systolic|diastolic)|sp ?o ?2(?: avg| pct| percentage)?|oxygen saturation|blood oxygen|(?:respiratory|respiration|breathing) rate|blood (?:glucose|sugar)|glucose(?: level)?|hba 1 c|hb a 1 c|a 1 c|cholesterol|triglyceride|hemoglobin|creatinine|bmi|body mass index|body ?fat(?: pct| percent| percentage| ratio)?|body temperature|basal temperature|hr (?:average|avg|min|max)|rr (?:average|avg|min|max)|ahi|apnea hypopnea index|breathing disturbance(?:s)? intensity|fat (?:free )?mass|fat ratio|muscle mass|bone mass|body water|visceral fat|pulse wave velocity|vascular age|metabolic age|body weight|body mass|peak flow|fev 1|egfr|blutdruck|blutzucker|herzfrequenz|puls?|presion arterial|pressao arterial|frecuencia cardiaca|frequencia cardiaca|imc|tension arterielle|frequence cardiaque)(?: (?:mg dl|mmol l|mmol|bpm|mm hg|pct|percent|celsius|fahrenheit))?$/;
const NOT_VITALS = /\b(?:zone|target|goal|unit|signal|clock|width|monitor)\b/;
const MAX_SPOKEN = 2000;
const SPOKEN =
  /\b(?:diabet|hypertens|hypotens|asthma|cancer|carcinom|tumou?r|leuk[ae]mi|lymphom|melanom|depress(?:ion|ive disorder)|anxiety disorder|schizophren|bipolar|epilep|migraine|arthrit|hepatit|bronchit|pneumon|gastrit|dermatit|an[ae]mia|hiv[- ]positive|aids\b|tubercul|stroke|infarct|angina|fracture|pregnan|miscarr|chemotherap|dialysis|insulin|antibiotic|allergic to|allergy to|infection|karies|parodont|schwanger|krebs|embaraz|c[aá]ncer|hipertens|fractura|enceinte|grossesse|surgery|biopsy|remission|relapse|symptoms? of|sprain|concussion)/i;
