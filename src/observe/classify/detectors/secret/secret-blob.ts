import type { Surroundings } from "../../fields.ts";
import type { Near } from "../../near.ts";
import { isPlaceholder } from "../../values.ts";
import type { Detector } from "../detector.ts";

/**
 * The content of a store of secrets, whatever it is: members of a Kubernetes Secret, of AWS Secrets Manager, and a value or payload beside
 * the name of a secret. What is encrypted is none.
 */
export const secretBlob: Detector = {
  class: "secret_blob",
  over: ["password", "api_key", "access_token", "client_secret", "session_token", "pin", "username"],
  inText: false,
  isNamed: ({ name }) => NAMES.test(name),
  detect: ({ text, type, near }, surroundings) => {
    if (type === "number" || text.length > MAX_LENGTH) return undefined;
    if (isMemberOfSecret(surroundings, near)) return { confidence: 0.97, sample: isPlaceholder(text), own: true, cues: ["record"] };
    if (/^[[{]/.test(text)) return undefined;
    if (NAMES.test(surroundings.name)) return { confidence: 0.85, sample: isPlaceholder(text) };
    const isOne = isContentOfSecret(surroundings, near);
    return isOne ? { confidence: 0.9, sample: isPlaceholder(text), own: true, cues: ["beside"] } : undefined;
  },
};

/** Its keys may be dynamic, and then the name is that of the map. */
function isMemberOfSecret({ name, above }: Surroundings, near: Near): boolean {
  if (!MEMBERS.test(above[0] ?? "") && !MEMBERS.test(name)) return false;
  return isSecretKind(near.beside("kind")) || isSecretKind(near.above("kind") ?? (isListed(above) ? near.above("kind", 2) : undefined));
}

/** Of `kind: SecretList` no item says its own kind. */
function isListed([, above]: readonly string[]): boolean {
  return above === "item";
}

function isSecretKind(kind: string | undefined): boolean {
  return kind === "secret" || kind === "secretlist";
}

/** `{"id": "https://v.example/secrets/x", "value": ...}`, `{"name": "projects/1/secrets/x/versions/2", "payload": {"data": ...}}`. */
function isContentOfSecret({ name, above }: Surroundings, near: Near): boolean {
  if (name === "value") return ID_NAMES.some((id) => SECRET_PLACE.test(near.beside(id) ?? ""));
  return name === "data" && above[0] === "payload" && ID_NAMES.some((id) => SECRET_PLACE.test(near.above(id) ?? ""));
}

const MAX_LENGTH = 256 * 1024;
const NAMES = /^secret (?:string|binary|data|blob|payload)$/;
const MEMBERS = /^(?:data|string data)$/;
const ID_NAMES = ["id", "name", "self", "self link", "path", "secret path"];
const SECRET_PLACE = /(?:^|\/)secrets?\/[^/]/;
