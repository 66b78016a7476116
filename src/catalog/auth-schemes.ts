import { BANDS, type Band } from "../model/auth-strength.ts";
import { DATA_GROUPS, type DataGroup } from "../model/data-class.ts";
import { type DatedFacts, loadFacts } from "./load.ts";

/** Levels of the answers to each question of an attacker. */
export const AUTH_LEVELS = {
  observer: [
    "nothing",
    "root-url",
    "root-cookie",
    "root-hdr",
    "root-body",
    "bearer-inf-url",
    "bearer-24h-url",
    "bearer-1h-url",
    "bearer-inf",
    "bearer-90d",
    "bearer-24h",
    "bearer-1h",
    "proof-weak",
    "proof-ts",
    "proof-nonce",
    "pop-token",
    "channel",
  ],
  thief: ["n/a", "password", "shared", "shared-forced-rotation", "shared+ip", "key-file", "key-hw", "none"],
  recipient: ["n/a", "any", "bearer-noaud", "provider", "bearer-aud", "sym-proof", "asym-proof", "channel"],
  forger: ["none", "password", "md5", "ip", "sha256-pw", "hs", "random", "rs", "ps-ed", "x509"],
  scope: ["all", "coarse", "fine"],
  expiry: ["no", "opt", "yes"],
  revocation: ["no", "yes", "overlap"],
} as const;
export type AuthQuestion = keyof typeof AUTH_LEVELS;
export type AuthLevel<Q extends AuthQuestion> = (typeof AUTH_LEVELS)[Q][number];
export const AUTH_QUESTIONS = Object.keys(AUTH_LEVELS) as readonly AuthQuestion[];

export const AUTH_CAPS = [
  "no-auth",
  "forgeable",
  "cleartext",
  "address-only",
  "password",
  "in-url",
  "implicit",
  "password-grant",
  "digest-no-qop",
  "relayable",
  "digest-md5",
  "password-for-session",
  "no-pkce",
  "declared",
] as const;
export type AuthCap = (typeof AUTH_CAPS)[number];

export interface AuthLevelFacts {
  /** 0 to 1 */
  readonly resistance: number;
  readonly why: string;
}

export interface AuthQuestionFacts {
  /** Completes "somebody who". */
  readonly asks: string;
  readonly weight: number;
  readonly levels: Readonly<Record<string, AuthLevelFacts>>;
}

/** Weights of the five questions add to 10; the three parts of the fifth share one weight. */
export interface AuthSchemeFacts {
  readonly questions: Readonly<Record<AuthQuestion, AuthQuestionFacts>>;
  readonly caps: Readonly<Record<AuthCap, { readonly limit: number; readonly why: string }>>;
  /** Best first. */
  readonly bands: readonly { readonly band: Band; readonly from: number }[];
  readonly floors: Readonly<Record<DataGroup, Band>>;
}

export function authSchemeFacts(): AuthSchemeFacts {
  if (flattened === undefined) {
    const { questions, reach, caps, bands, floors } = loadFacts("auth-schemes", isAuthSchemeFile);
    const part = (name: (typeof REACH)[number]) => ({ asks: reach.asks[name], weight: reach.weight, levels: reach[name] });
    flattened = {
      questions: { ...questions, scope: part("scope"), expiry: part("expiry"), revocation: part("revocation") },
      caps,
      bands,
      floors,
    };
  }
  return flattened;
}

let flattened: AuthSchemeFacts | undefined;

const REACH = ["scope", "expiry", "revocation"] as const;
const SINGLE = ["observer", "thief", "recipient", "forger"] as const;

interface AuthSchemeFile extends DatedFacts {
  readonly questions: Readonly<Record<(typeof SINGLE)[number], AuthQuestionFacts>>;
  readonly reach: { readonly asks: Readonly<Record<(typeof REACH)[number], string>>; readonly weight: number } & Readonly<
    Record<(typeof REACH)[number], AuthQuestionFacts["levels"]>
  >;
  readonly caps: AuthSchemeFacts["caps"];
  readonly bands: AuthSchemeFacts["bands"];
  readonly floors: AuthSchemeFacts["floors"];
}

function isAuthSchemeFile(candidate: unknown): candidate is AuthSchemeFile {
  const { questions, reach, caps, bands, floors } = candidate as AuthSchemeFile;
  const weights = [...SINGLE.map((name) => questions[name].weight), reach.weight];
  return (
    Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - WHOLE) < 1e-9 &&
    SINGLE.every((name) => hasLevels(questions[name].levels, AUTH_LEVELS[name])) &&
    hasKeys(reach.asks, REACH) &&
    REACH.every((name) => hasLevels(reach[name], AUTH_LEVELS[name])) &&
    hasKeys(caps, AUTH_CAPS) &&
    Object.values(caps).every(({ limit, why }) => limit >= 0 && limit <= WHOLE && why !== "") &&
    bands.map(({ band }) => band).join() === BANDS.join() &&
    bands.every(({ from }, index) => from < (bands[index - 1]?.from ?? WHOLE)) &&
    hasKeys(floors, DATA_GROUPS) &&
    Object.values(floors).every((band) => BANDS.includes(band))
  );
}

function hasLevels(levels: AuthQuestionFacts["levels"], names: readonly string[]): boolean {
  return hasKeys(levels, names) && Object.values(levels).every(({ resistance, why }) => resistance >= 0 && resistance <= 1 && why !== "");
}

function hasKeys(record: object, names: readonly string[]): boolean {
  return [...Object.keys(record)].sort().join() === [...names].sort().join();
}

const WHOLE = 10;
