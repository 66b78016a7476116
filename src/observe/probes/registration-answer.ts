import { organisationName } from "../../evidence/clean-text.ts";
import type { RegistrationEvidence } from "../../evidence/kinds.ts";
import type { Failure } from "../../model/failure.ts";
import type { Instant } from "../../model/instant.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import { REGISTRATION_STATUSES, type Registrar, type RegistrationStatus } from "../../model/registration.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { boundedJson } from "../classify/bounded-json.ts";

type Registration = Omit<RegistrationEvidence, "zone" | "seen">;

/** Of an answer about a domain (RFC 9083 section 5.3) what is kept; a failure where it is none, or is about another domain. */
export function registrationIn(body: Uint8Array, zone: string): Result<Registration, Failure> {
  const text = new TextDecoder().decode(body).trim();
  if (text.startsWith("<")) return unread("body_unsupported_type");
  const parsed = boundedJson(text);
  if (!parsed.ok) return unread(PROBLEMS[parsed.error]);
  const { objectClassName, ldhName, entities, events, status } = recordOf(parsed.value);
  if (objectClassName !== "domain" || textOf(ldhName)?.toLowerCase().replace(/\.$/, "") !== zone) return unread("evidence_ambiguous");
  const registrar = listOf(entities)
    .map(registrarIn)
    .find((one) => one !== undefined);
  const [expiresAt, registeredAt, changedAt] = ["expiration", "registration", "last changed"].map((action) => dateOf(action, events));
  return ok({
    ...(registrar !== undefined && { registrar }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(registeredAt !== undefined && { registeredAt }),
    ...(changedAt !== undefined && { changedAt }),
    statuses: statusesIn(status),
  });
}

/** An entity that is the holder as well is a person, or may be one (RFC 9083 section 5.1). */
function registrarIn(entity: unknown): Registrar | undefined {
  const { roles, publicIds, vcardArray } = recordOf(entity);
  const known = listOf(roles);
  if (!known.includes("registrar") || HOLDERS.some((role) => known.includes(role))) return undefined;
  const ianaId = listOf(publicIds)
    .map(ianaIdIn)
    .find((one) => one !== undefined);
  const name = nameIn(vcardArray);
  if (ianaId === undefined && name === undefined) return undefined;
  return { ...(name !== undefined && { name }), ...(ianaId !== undefined && { ianaId }) };
}

function ianaIdIn(publicId: unknown): string | undefined {
  const { type, identifier } = recordOf(publicId);
  const number = textOf(identifier);
  return textOf(type)?.toLowerCase() === "iana registrar id" && number !== undefined && /^[1-9]\d{0,6}$/.test(number) ? number : undefined;
}

/** RFC 7095: ["vcard", [[name, parameters, type, value], ...]]. */
function nameIn(vcardArray: unknown): string | undefined {
  const properties = listOf(listOf(vcardArray)[1]).map(listOf);
  const textAt = (wanted: string) => textOf(properties.find(([name]) => name === wanted)?.[3]);
  if (textAt("kind")?.toLowerCase() === "individual") return undefined;
  const names = ["fn", "org"].map((property) => organisationName(textAt(property) ?? "", (text) => text));
  return names.find((name) => name !== undefined);
}

function dateOf(action: string, events: unknown): Instant | undefined {
  const event = listOf(events)
    .map(recordOf)
    .find(({ eventAction }) => textOf(eventAction)?.toLowerCase() === action);
  const [, day, time = "00:00:00", zone = "Z"] = INTERNET_DATE.exec(textOf(event?.["eventDate"]) ?? "") ?? [];
  const instant = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** Some registries write them as EPP does: clientTransferProhibited. */
function statusesIn(status: unknown): readonly RegistrationStatus[] {
  const words = listOf(status).flatMap(
    (one) =>
      textOf(one)
        ?.replace(/([a-z])([A-Z])/g, "$1 $2")
        .toLowerCase() ?? [],
  );
  return REGISTRATION_STATUSES.filter((known) => words.includes(known));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ENTRIES) : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.slice(0, LONGEST_TEXT) : undefined;
}

function unread(reason: UnobservedReason): Result<never, Failure> {
  return err({ reason, phase: "body", code: "rdap", retriable: false });
}

/** RFC 3339; in UTC where the zone is missing, which it must not be. */
const INTERNET_DATE = /^((?:19|2[0-9])\d\d-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:\d\d)?)?$/i;
const PROBLEMS = {
  cut: "body_truncated",
  unsupported: "body_unsupported_type",
  malformed: "body_undecodable",
  "too-deep": "body_too_deep",
} as const;
const HOLDERS = ["registrant", "administrative", "technical", "billing"];
const MOST_ENTRIES = 64;
const LONGEST_TEXT = 1024;
