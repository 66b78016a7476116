import { ECHO_PLACES, type EchoPlace } from "../../evidence/kinds.ts";
import type { HttpAnswer, PlacedCredential } from "../../model/net-port.ts";
import type { Secret } from "../../model/secret.ts";
import type { EndpointQuestion, ProbeContext } from "./probe.ts";

/**
 * Where an answer repeats the credential that it was asked with. Places only. A session that a cookie stands for is sent back in a cookie by
 * anybody who prolongs it, so that place is not looked at there. Undefined where the credential is too short to be found.
 */
export async function echoIn(
  answer: HttpAnswer,
  sent: PlacedCredential,
  question: EndpointQuestion,
  { credentials }: Pick<ProbeContext, "credentials">,
): Promise<readonly EchoPlace[] | undefined> {
  const secrets = await secretsOf(sent, question, credentials);
  return placesOf(secrets, answer, credentials, sent.in === "cookie" ? "set-cookie" : undefined);
}

/** Undefined where all of the secrets are too short to be found. `except`: a place that is not looked at. */
export function placesOf(
  secrets: readonly Secret[],
  { headers, body, arrival }: HttpAnswer,
  credentials: Pick<ProbeContext["credentials"], "repeats">,
  except?: EchoPlace,
): readonly EchoPlace[] | undefined {
  const repeated = (text: string) => secrets.map((secret) => credentials.repeats(secret, text));
  if (repeated("").every((known) => known === undefined)) return undefined;
  const texts: readonly (readonly [EchoPlace, string])[] = [
    ["body", Buffer.from(body).toString("utf8")],
    ...headers.map(([name, value]): readonly [EchoPlace, string] => [placeOf(name), value]),
    ["reason", arrival?.reason ?? ""],
  ];
  const looked = texts.filter(([place]) => place !== except);
  const found = new Set(looked.filter(([, text]) => repeated(text).includes(true)).map(([place]) => place));
  return ECHO_PLACES.filter((place) => found.has(place));
}

/** As it was sent, and as it is kept: of Basic the one is the other in base64. */
async function secretsOf(
  sent: PlacedCredential,
  { integration: { auth }, target }: EndpointQuestion,
  credentials: ProbeContext["credentials"],
): Promise<readonly Secret[]> {
  const reference = auth.auditCredential ?? auth.credential;
  if (auth.scheme !== "basic" || reference === undefined) return [sent.value];
  const kept = await credentials.resolve(reference, target.origin);
  return kept.ok ? [sent.value, kept.value] : [sent.value];
}

function placeOf(name: string): EchoPlace {
  return ECHO_PLACES.find((place) => place === name && place !== "body" && place !== "reason") ?? "header";
}
