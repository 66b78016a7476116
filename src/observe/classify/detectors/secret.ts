import type { Detector } from "./detector.ts";
import { accessToken } from "./secret/access-token.ts";
import { apiKey } from "./secret/api-key.ts";
import { clientSecret } from "./secret/client-secret.ts";
import { connectionString } from "./secret/connection-string.ts";
import { jwt } from "./secret/jwt.ts";
import { otpSecret } from "./secret/otp-secret.ts";
import { password } from "./secret/password.ts";
import { passwordHash } from "./secret/password-hash.ts";
import { pin } from "./secret/pin.ts";
import { privateKey } from "./secret/private-key.ts";
import { publicKey } from "./secret/public-key.ts";
import { refreshToken } from "./secret/refresh-token.ts";
import { secretBlob } from "./secret/secret-blob.ts";
import { secretUrl } from "./secret/secret-url.ts";
import { securityQuestion } from "./secret/security-question.ts";
import { sessionToken } from "./secret/session-token.ts";
import { webhookSecret } from "./secret/webhook-secret.ts";

/** What lets its holder act as somebody else. */
export const SECRET_DETECTORS: readonly Detector[] = [
  accessToken,
  apiKey,
  clientSecret,
  connectionString,
  jwt,
  otpSecret,
  password,
  passwordHash,
  pin,
  privateKey,
  publicKey,
  refreshToken,
  secretBlob,
  secretUrl,
  securityQuestion,
  sessionToken,
  webhookSecret,
];
