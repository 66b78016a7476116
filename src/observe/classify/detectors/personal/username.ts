import { isWholly } from "../../names.ts";
import type { Detector } from "../detector.ts";
import { isOfDocument } from "./documents.ts";
import { personScore } from "./subject.ts";

/** What somebody signs in with, or is called by in public; not an address, which is one of its own. */
export const username: Detector = {
  class: "username",
  over: [],
  inText: false,
  needsName: true,
  isNamed: ({ name }) => CUE.test(name) || WEAK.test(name),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || !HANDLE.test(text) || NO_HANDLE.test(text)) return undefined;
    if (isOfDocument(surroundings, near) || isWholly(CUE, text)) return { veto: "label" };
    if (CUE.test(surroundings.name)) return { confidence: 0.85 };
    return personScore(surroundings, near) >= 2 ? { confidence: 0.75, cues: ["beside"] } : undefined;
  },
};

const CUE =
  /^(?:(?:login |preferred |github |twitter |gitlab |slack |skype |telegram |instagram |linkedin |owner |author |sam account )?user ?name|username|login|login name|screen name|sam account name|benutzername|nom utilisateur|nombre de usuario|usuario|identifiant|nome de usuario|nick|gebruikersnaam|anvandarnamn)$/;
const WEAK = /^(?:handle|nick ?name|nickname|user handle|alias|display name|account name|acct)$/;
const HANDLE = /^@?[\p{L}\p{N}][\p{L}\p{N}._+\\-]{1,63}$/u;
const NO_HANDLE =
  /^(?:\d{4}-\d\d-\d\d.*|true|false|null|none|unknown|string|required|optional|default|enabled|disabled|[0-9a-f]{8}-[0-9a-f-]{27})$|^[0-9a-f]{32,}$/i;
