import { describe, expect, it } from "vitest";
import { classifyBody } from "../../../src/observe/classify/classify-body.ts";

/**
 * Keys that are somebody's, and keys that somebody designed, under the names that they stand under. Written by hand before the rules were; one half
 * was looked at while they were written, the other half only measured.
 */
function mapsOf(body: unknown): readonly string[] {
  const options = { contentType: "application/json", truncated: false, knownMaps: [] };
  return classifyBody(new TextEncoder().encode(JSON.stringify(body)), options).maps;
}

type Case = readonly [what: string, path: string, body: unknown];

const staff = { role: "editor", active: true };
const money = { amount: 12, currency: "EUR" };
const slot = { start: "09:00", end: "17:00" };
const leg = { carrier: "Delta", seats: 2, minutes: 95 };

const MAPS: readonly Case[] = [
  ["two users by login", "$.users", { users: { wokonkwo: staff, ajansen: staff } }],
  ["one user by login", "$.users", { users: { wokonkwo: staff } }],
  ["members with their role alone", "$.members", { members: { wokonkwo: "owner", ajansen: "guest" } }],
  ["employees, one of them called like a field", "$.employees", { employees: { wokonkwo: staff, mark: staff, lbauer: staff } }],
  ["scores by first name", "$.scores", { scores: { Anna: 3, Bram: 5 } }],
  ["scores by first name, small", "$.scores", { scores: { anna: 3, bram: 5, daan: 4 } }],
  ["votes by first name, one", "$.votes", { votes: { Anna: 3 } }],
  ["hours by login", "$.hours", { hours: { wokonkwo: 7.5, ajansen: 8 } }],
  ["shifts by first name", "$.shifts", { shifts: { Anna: slot, Mehmet: slot } }],
  ["first names without a word above", "$", { Anna: 3, Bram: 5 }],
  ["first names with a sum among them", "$.points", { points: { anna: 3, bram: 5, total: 8 } }],
  ["customers by company", "$.customers", { customers: { acme: money, globex: money } }],
  ["tenants by slug", "$.tenants", { tenants: { "acme-gmbh": staff, "globex-inc": staff } }],
  ["projects by code name", "$.projects", { projects: { apollo: leg, zephyr: leg } }],
  [
    "German: staff",
    "$.mitarbeiter",
    { mitarbeiter: { kbrandt: { rolle: "Leitung", aktiv: true }, jvogel: { rolle: "Azubi", aktiv: true } } },
  ],
  ["French: users", "$.utilisateurs", { utilisateurs: { mdupont: { role: "a", actif: true }, jleroy: { role: "b", actif: true } } }],
  ["Spanish: votes", "$.votos", { votos: { lucia: 12, javier: 9 } }],
  ["Dutch: participants", "$.deelnemers", { deelnemers: { sanne: true, bram: false } }],
  ["members of several teams", "$.teams[].members", { teams: [{ members: { wokonkwo: 1 } }, { members: { ajansen: 2, pmori: 1 } }] }],
  ["the same members in every record", "$[].hours", [1, 2, 3, 4].map((at) => ({ day: at, hours: { anna: at, bram: 8 - at } }))],
  ["hosts", "$.hosts", { hosts: { "db1.acme.com": staff, "web.acme.com": staff } }],
  ["domains, one", "$.domains", { domains: { "acme.com": staff } }],
  ["coordinates", "$.stations", { stations: { "52.37,4.89": 3, "48.85,2.35": 1 } }],
  ["days in words", "$.visits", { visits: { "1 Nov 2026": 3, "2 Nov 2026": 1 } }],
  ["mail addresses by role", "$.contacts", { contacts: { "jane@acme.com": "billing", "joe@acme.com": "support" } }],
  ["logins with dots", "$.reviewers", { reviewers: { "j.doe": "approved", "a.smith": "pending" } }],
  ["logins with digits", "$.players", { players: { skater99: leg, moon_fox7: leg } }],
  ["patients by name written small", "$.patients", { patients: { "jane doe": { bed: 3, ward: "B" }, "john roe": { bed: 4, ward: "B" } } }],
  ["names with an underscore", "$.attendance", { attendance: { jane_doe: true, tom_berger: false } }],
  ["salaries of people, one of them called like a colour", "$.salaries", { salaries: { Smith: 1, Green: 2, Miller: 3 } }],
  ["hours of people whose names end in s or say a field", "$.hours", { hours: { jones: 8, williams: 7, price: 6 } }],
  ["by employee, half of them called like fields", "$.byEmployee", { byEmployee: { smith: 1, green: 2 } }],
  ["first names that end like words", "$.totals", { totals: { Soledad: 1, Felicity: 2 } }],
  ["rows of people below a name", "$.byUser", { byUser: { wokonkwo: [1, 2], ajansen: [3] } }],
];

const OBJECTS: readonly Case[] = [
  ["family", "$.family", { family: { mother: staff, father: staff, sister: staff } }],
  ["fees by kind", "$.fees", { fees: { booking: money, cleaning: money, resort: money } }],
  ["services by kind", "$.services", { services: { parking: money, breakfast: money, wifi: money, spa: money } }],
  ["legs of a trip", "$.trip", { trip: { outbound: leg, inbound: leg } }],
  ["three legs of a trip", "$.trip", { trip: { outbound: leg, layover: leg, return: leg } }],
  ["counts of users by state", "$.users", { users: { active: 3, invited: 2, suspended: 0 } }],
  ["links of users", "$.users", { users: { href: "a", count: 3 } }],
  ["employees by contract", "$.employees", { employees: { full_time: 10, part_time: 5, contractors: 2 } }],
  ["hours by kind", "$.hours", { hours: { regular: 38, overtime: 4, vacation: 0 } }],
  ["opening hours", "$.hours", { hours: { monday: slot, tuesday: slot, wednesday: slot } }],
  ["scores by subject", "$.scores", { scores: { reading: 4, writing: 3, math: 5 } }],
  ["scores by place and road", "$.scores", { scores: { cleanliness: 5, location: 4, accuracy: 5, communication: 4 } }],
  ["votes by choice", "$.votes", { votes: { yes: 4, no: 3, abstain: 1 } }],
  ["votes up and down", "$.votes", { votes: { up: 4, down: 3 } }],
  ["passengers by age", "$.passengers", { passengers: { adults: 2, children: 1, infants: 0 } }],
  ["limits", "$.limits", { limits: { cpu: 2, memory: 4, disk: 10 } }],
  ["nutrients", "$.nutrients", { nutrients: { fat: 3, protein: 4, fiber: 5, sugar: 1 } }],
  ["two meals", "$.meals", { meals: { lunch: money, dinner: money } }],
  ["German: addresses", "$.adressen", { adressen: { rechnung: { ort: "a", plz: "b" }, lieferung: { ort: "a", plz: "b" } } }],
  ["German: costs", "$.kosten", { kosten: { versand: money, verpackung: money, zoll: money } }],
  ["French: contacts", "$.contacts", { contacts: { facturation: { nom: "a", ville: "b" }, livraison: { nom: "c", ville: "d" } } }],
  ["Spanish: prices", "$.precios", { precios: { adulto: money, infantil: money, estudiante: money } }],
  ["parties of a contract", "$.parties", { parties: { landlord: staff, tenant: staff } }],
  ["customer and agent", "$.participants", { participants: { agent: staff, customer: staff } }],
  ["measures of a body", "$.measurements", { measurements: { chest: 90, waist: 70, hips: 95 } }],
  ["months", "$.totals", { totals: { april: 4, may: 3, june: 5 } }],
  ["rooms with what they cost", "$.rates", { rates: { single: money, double: money, suite: money } }],
  ["seats by class", "$.cabins", { cabins: { economy: leg, business: leg, first: leg } }],
  ["a login", "$.user", { user: { login: "a", name: "b", plan: "c" } }],
  ["how often", "$.schedule", { schedule: { rhythm: "weekly", zone: "utc" } }],
  ["one balance", "$.balance", { balance: { ledger: 4, escrowed: 3 } }],
  ["candidates by state", "$.candidates", { candidates: { interviewed: 3, hired: 1 } }],
  ["who created it", "$.created_by_user", { created_by_user: { id: "1", name: "a", nickname: "b" } }],
  ["counts of one user", "$.stats", { stats: { followers: 3, following: 4, posts: 5, likes: 7 } }],
];

const HELD_MAPS: readonly Case[] = [
  ["accounts by handle", "$.accounts", { accounts: { kpetrov: money, mlindqvist: money } }],
  ["drivers with a number", "$.drivers", { drivers: { hkowalski: 4.8, tnguyen: 4.9 } }],
  ["winners by nickname", "$.winners", { winners: { pixelwitch: leg, thornbury: leg } }],
  ["tips by first name", "$.tips", { tips: { Giulia: 3.5, Marco: 5 } }],
  ["salaries by first name", "$.salaries", { salaries: { ines: 51000, thomas: 48000 } }],
  ["availability by first name", "$.availability", { availability: { Katarzyna: slot, Piotr: slot } }],
  ["guests with what they eat", "$.guests", { guests: { okafor: "vegan", lindgren: "none" } }],
  ["students with grades", "$.students", { students: { yamamoto: { grade: 4, absent: 1 }, delacroix: { grade: 5, absent: 0 } } }],
  [
    "voters in records",
    "$[].voters",
    [{ voters: { imara: 1, tolkan: 1 } }, { voters: { imara: 1, tolkan: 1 } }, { voters: { imara: 1, tolkan: 1 } }],
  ],
  ["clients by short name", "$.clients", { clients: { initech: staff, hooli: staff } }],
  ["suppliers by slug", "$.suppliers", { suppliers: { "north-wind-bv": money, "la-parisienne": money } }],
  ["Portuguese: pupils", "$.alunos", { alunos: { joaopedro: { nota: 8, faltas: 1 }, mariaclara: { nota: 9, faltas: 0 } } }],
  ["Italian: points", "$.punti", { punti: { giulia: 3, matteo: 5 } }],
  ["Spanish: employees", "$.empleados", { empleados: { rgarcia: { puesto: "a", activo: true }, lmoreno: { puesto: "b", activo: true } } }],
  ["German: customers", "$.kunden", { kunden: { brauhaus: { umsatz: 5, ort: "a" }, schmitz: { umsatz: 7, ort: "b" } } }],
  ["Polish: users", "$.uzytkownicy", { uzytkownicy: { jkowalski: { rola: "a", aktywny: true }, anowak: { rola: "b", aktywny: true } } }],
  ["first names with accents", "$.goals", { goals: { José: 2, André: 1 } }],
  ["capital first names", "$.ratings", { ratings: { ANNA: 4, DAVID: 5 } }],
  ["assignees", "$.assignees", { assignees: { wokonkwo: { open: 3, closed: 5 }, rtanaka: { open: 1, closed: 2 } } }],
  ["people in camel case", "$.usersByName", { usersByName: { wokonkwo: staff, ajansen: staff } }],
  ["owners by login, three of them", "$.owners", { owners: { wokonkwo: 1, ajansen: 2, thirteen: 3 } }],
  ["repositories by name", "$.repositories", { repositories: { "acme-web": leg, "acme-api": leg } }],
  ["sub-domains", "$.sites", { sites: { "shop.acme.co.uk": 1 } }],
  ["shops of a place", "$.coords", { coords: { "-33.86,151.2": "a", "51.5,-0.12": "b" } }],
  ["American dates", "$.sales", { sales: { "11/01/2026": 3, "11/02/2026": 4 } }],
  ["German dates", "$.buchungen", { buchungen: { "01.11.2026": 3, "02.11.2026": 4 } }],
  ["telephone numbers with strokes", "$.calls", { calls: { "415-555-0123": 3, "415-555-0199": 1 } }],
  ["identifiers with letters", "$.orders", { orders: { "AB-1234": money, "AB-1299": money } }],
  ["chat handles", "$.mentions", { mentions: { "@wokonkwo": 3, "@ajansen": 1 } }],
  ["inside of a record", "$.data.project.contributors", { data: { project: { contributors: { wokonkwo: 120, ajansen: 7 } } } }],
];

const HELD_OBJECTS: readonly Case[] = [
  ["taxes", "$.taxes", { taxes: { federal: money, state: money, city: money } }],
  ["fees in camel case", "$.fees", { fees: { serviceFee: money, cleaningFee: money, deliveryFee: money } }],
  ["relatives", "$.relatives", { relatives: { spouse: staff, brother: staff, daughter: staff } }],
  ["amenities", "$.amenities", { amenities: { pool: staff, gym: staff, sauna: staff } }],
  ["journey", "$.journey", { journey: { departure: leg, arrival: leg } }],
  ["transfer legs", "$.legs", { legs: { pickup: leg, dropoff: leg } }],
  ["members by state", "$.members", { members: { pending: 3, approved: 9, rejected: 1 } }],
  ["customers new and old", "$.customers", { customers: { new: 3, returning: 9 } }],
  ["patients by state", "$.patients", { patients: { admitted: 3, discharged: 9, waiting: 2 } }],
  ["staff by department", "$.staff", { staff: { sales: staff, marketing: staff, engineering: staff } }],
  ["points by kind", "$.points", { points: { earned: 3, redeemed: 4, expired: 1, available: 9 } }],
  ["scores of a test", "$.scores", { scores: { verbal: 500, quantitative: 610 } }],
  ["ratings of a hotel", "$.ratings", { ratings: { comfort: 4, staff: 5, food: 3, value: 4 } }],
  ["hours of a week", "$.hours", { hours: { mon: slot, tue: slot, wed: slot, thu: slot } }],
  ["hours off", "$.hours", { hours: { worked: 38, paid: 40, sick: 2 } }],
  ["seasons", "$.prices", { prices: { spring: money, summer: money, autumn: money, winter: money } }],
  ["colours", "$.colors", { colors: { red: 12, green: 40, blue: 255 } }],
  ["environments", "$.environments", { environments: { production: leg, staging: leg, development: leg } }],
  ["channels", "$.channels", { channels: { email: staff, sms: staff, whatsapp: staff } }],
  ["permissions", "$.permissions", { permissions: { read: true, write: true, admin: false } }],
  ["German: family", "$.familie", { familie: { mutter: staff, vater: staff, schwester: staff } }],
  ["German: fees", "$.gebuehren", { gebuehren: { anmeldung: money, reinigung: money } }],
  ["French: prices", "$.tarifs", { tarifs: { adulte: money, enfant: money, etudiant: money } }],
  ["Spanish: family", "$.familia", { familia: { madre: staff, padre: staff, hermana: staff } }],
  ["Italian: costs", "$.costi", { costi: { spedizione: money, imballaggio: money } }],
  ["Dutch: addresses", "$.adressen", { adressen: { factuur: { plaats: "a", postcode: "b" }, bezorging: { plaats: "c", postcode: "d" } } }],
  ["guests by age", "$.guests", { guests: { adults: 2, seniors: 1, pets: 0 } }],
  ["parties of a payment", "$.parties", { parties: { debtor: staff, creditor: staff } }],
  ["teeth of a scan", "$.vitals", { vitals: { pulse: money, temperature: money, weight: money } }],
  ["insurance", "$.coverages", { coverages: { collision: money, liability: money, theft: money } }],
];

function keysAt(value: unknown, path: string): readonly string[] {
  const steps = path
    .slice(1)
    .split(/(?=\[\])|\./)
    .filter((step) => step !== "");
  const reached = steps.reduce<readonly unknown[]>(
    (values, step) => {
      if (step === "[]") return values.flat();
      return values.map((one) => (one as Record<string, unknown>)[step]);
    },
    [value],
  );
  return reached.flatMap((one) => Object.keys(one as object));
}

describe("keys under a name", () => {
  describe.each([
    ["looked at", MAPS, OBJECTS],
    ["measured", HELD_MAPS, HELD_OBJECTS],
  ] as const)("%s", (_half, maps, objects) => {
    it.each(maps)("%s: somebody's, and not shown", (_what, path, body) => {
      const options = { contentType: "application/json", truncated: false, knownMaps: [] };
      const printed = JSON.stringify(classifyBody(new TextEncoder().encode(JSON.stringify(body)), options));
      expect(mapsOf(body)).toContain(path);
      const shown = keysAt(body, path).filter((key) => new RegExp(`[.'"]${key.replace(/[.+]/g, "\\$&")}(?=[.'"{[]|$)`).test(printed));
      expect(shown).toEqual([]);
    });

    it.each(objects)("%s: fields", (_what, path, body) => {
      expect(mapsOf(body)).not.toContain(path);
    });
  });

  it.each([
    ["several given names beside fields", { date: "a", shift: 2, room: "b", place: "c", wage: 3, anna: 3, bram: 5 }, ["anna", "bram"]],
    ["one in capitals beside fields without", { date: "a", shift: 2, room: "b", place: "c", Anna: 3 }, ["Anna"]],
  ])("%s: the names alone are not shown", (_what, record, names) => {
    const options = { contentType: "application/json", truncated: false, knownMaps: [] };
    const { shape } = classifyBody(new TextEncoder().encode(JSON.stringify([record, record])), options);
    const fields = Object.keys(record).filter((key) => !names.includes(key));
    expect(shape.map(({ path }) => path).slice(2)).toEqual([...fields.map((key) => `$[].${key}`), "$[]{}"].sort());
  });

  it.each([
    ["goals", { goals: { messi: 2, home: 1 } }, ["$", "$.goals", "$.goals.home", "$.goals{}"]],
    ["users", { users: { active: 3, pending: 2, wokonkwo: 1 } }, ["$", "$.users", "$.users.active", "$.users.pending", "$.users{}"]],
    ["one user", { user: { login: "a", handle: "b", wokonkwo: "c" } }, ["$", "$.user", "$.user.handle", "$.user.login", "$.user.wokonkwo"]],
    ["rows of counts", { users: { active: 3, since: "a", mau: 1 } }, ["$", "$.users", "$.users.active", "$.users.mau", "$.users.since"]],
  ])("under %s: what is no field is not shown where all values are alike", (_what, body, paths) => {
    const options = { contentType: "application/json", truncated: false, knownMaps: [] };
    const { shape } = classifyBody(new TextEncoder().encode(JSON.stringify(body)), options);
    expect(shape.map(({ path }) => path)).toEqual(paths);
  });

  it("shows a field in capitals among fields in capitals", () => {
    expect(mapsOf({ Date: "a", Shift: 2, Alice: 3, Place: "c" })).toEqual([]);
  });
});
