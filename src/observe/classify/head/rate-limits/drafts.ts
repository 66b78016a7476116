import type { Instant } from "../../../../model/instant.ts";
import { type FieldMember, parseDictionary, parseList } from "../structured-field.ts";
import { type NameWords, type Part, resetIn, safeName, unitOf, windowOf } from "./part.ts";

/** `"burst";q=100;w=60`; before draft 08 `100;w=60`, without a name. */
export function policies(value: string): readonly Part[] | undefined {
  const members = parseList(value);
  const parts = members?.map((member, index) => policy(member, index));
  return parts?.every((part) => part !== undefined) ? parts : undefined;
}

function policy({ value, parameters }: FieldMember, index: number): Part | undefined {
  const quota = typeof value === "number" ? value : parameters.get("q");
  if (typeof quota !== "number" || quota < 0 || typeof value === "boolean") return undefined;
  const named = typeof value === "string" ? safeName(value) : undefined;
  const unit = parameters.get("qu");
  const key = typeof value === "string" ? value : `#${index}`;
  return {
    ...{ dialect: "ietf-draft", key, quota },
    ...(named === undefined || named === "default" ? {} : { name: named }),
    ...unitOf(typeof unit === "string" ? unit : "requests"),
    ...windowOf(parameters),
  };
}

/** `"default";r=50;t=30`; in draft 07 `limit=100, remaining=50, reset=5`. */
export function current(value: string, _: NameWords, base: Instant): readonly Part[] | undefined {
  const members = parseList(value);
  const isList = members?.every(({ value: name, parameters }) => typeof name === "string" && typeof parameters.get("r") === "number");
  if (members === undefined || isList !== true) return draft07(value, base);
  return members.map(({ value: key, parameters }) => ({
    ...{ dialect: "ietf-draft", key: String(key), remaining: Math.max(0, Number(parameters.get("r"))) },
    ...resetIn(parameters.get("t"), base),
  }));
}

function draft07(value: string, base: Instant): readonly Part[] | undefined {
  const said = new Map(parseDictionary(value)?.map(({ key, value: of }) => [key, of]));
  const [quota, remaining] = [said.get("limit"), said.get("remaining")];
  if (typeof quota !== "number" || typeof remaining !== "number") return undefined;
  return [
    { dialect: "ietf-draft-07", key: "", quota, unit: "requests", remaining: Math.max(0, remaining), ...resetIn(said.get("reset"), base) },
  ];
}
