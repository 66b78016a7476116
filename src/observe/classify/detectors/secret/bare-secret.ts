import type { Surroundings } from "../../fields.ts";

/** What a field is for that is called no more than `secret`: what stands around it says. */
export function bareSecretClass({
  name,
  above,
  beside,
}: Surroundings): "client_secret" | "webhook_secret" | "otp_secret" | "api_key" | undefined {
  if (name === "token") return isOfDelivery(beside) ? "webhook_secret" : undefined;
  if (!BARE.test(name)) return undefined;
  const [parent = "", grandparent = ""] = above;
  const around = [...beside];
  if (/\b(?:oauth|client)\b/.test(parent) || around.some((other) => CLIENT.test(other))) return "client_secret";
  if (OTP.test(parent) || OTP.test(grandparent) || around.some((other) => OTP_BESIDE.test(other))) return "otp_secret";
  if (HOOK.test(parent) || HOOK.test(grandparent) || around.some((other) => HOOK_BESIDE.test(other))) return "webhook_secret";
  if (isOfDelivery(beside)) return "webhook_secret";
  if (API_KEY.test(parent) || around.some((other) => KEY_BESIDE.test(other))) return "api_key";
  return "client_secret";
}

/** Events and where they are sent to. */
function isOfDelivery(beside: ReadonlySet<string>): boolean {
  const around = [...beside];
  return around.some((other) => EVENTS.test(other)) && around.some((other) => TARGET.test(other));
}

const BARE = /^(?:secret|secret value|shared secret|secret text|plain secret|secret string|geheimnis|secreto|segredo)$/;
const OTP = /\b(?:otp|totp|hotp|mfa|2 fa|tfa|two factor|authenticator|factor)\b/;
const OTP_BESIDE = /\b(?:totp|otp|otpauth|qr code|qrcode|barcode uri|provisioning uri|qr)\b|^(?:otp digit|time step|digit|period)$/;
const CLIENT = /^(?:client id|clientid|app id|application id|consumer key|redirect uri|redirect url|grant type)$/;
const HOOK = /\b(?:web ?hook|hook|delivery method|transport|event subscription|event destination|webhook endpoint)\b/;
const HOOK_BESIDE = /\b(?:web ?hook|hook)\b|^(?:insecure ssl|callback|callback url|payload url|target url|delivery url|notification url)$/;
const EVENTS = /^(?:event|event type|enabled event|subscribed event|topic|trigger|event filter|delivery)$/;
const TARGET = /^(?:url|uri|endpoint|callback|callback url|target|target url|payload url|destination|notification url|address)$/;
const API_KEY = /\b(?:api ?key|apikey|access key)\b/;
const KEY_BESIDE = /^(?:api ?key|apikey|key|key id|sid|access key|access key id|public key|token id)$/;
