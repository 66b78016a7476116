import type { Detector } from "./detector.ts";
import { apiKey } from "./secret/api-key.ts";
import { jwt } from "./secret/jwt.ts";
import { password } from "./secret/password.ts";
import { passwordHash } from "./secret/password-hash.ts";
import { privateKey } from "./secret/private-key.ts";

/** What lets its holder act as somebody else. */
export const SECRET_DETECTORS: readonly Detector[] = [apiKey, jwt, password, passwordHash, privateKey];
