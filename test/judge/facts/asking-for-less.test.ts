import { describe, expect, test } from "vitest";
import type { BodyFacts } from "../../../src/evidence/kinds.ts";
import {
  fewerFields,
  fewerRecords,
  heededRecords,
  howFieldsAreAsked,
  howRecordsAreAsked,
} from "../../../src/judge/facts/asking-for-less.ts";
import { anEndpoint } from "../builders.ts";

const EMPTY: BodyFacts = { state: "classified", shape: [], classes: [], maps: [] };
const of = (path: string, body: Partial<BodyFacts> = {}) => howFieldsAreAsked(anEndpoint({ path }), { ...EMPTY, ...body });
const recordsOf = (path: string) => howRecordsAreAsked(anEndpoint({ path }), EMPTY);
const holding = (...paths: readonly string[]) => ({ shape: paths.map((path) => ({ path, types: ["string"] })) });

describe("a dialect that the answer shows", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["graphql", ["$.data.viewer.repositories.edges[].node.name"]],
    ["select-statement", ["$.totalSize", "$.done", "$.records[].Name"]],
    ["odata", ["$['@odata.context']", "$.value[].id"]],
    ["odata", ["$['odata.metadata']", "$.value[].id"]],
    ["odata", ["$.d.results[].__metadata.uri"]],
    ["fhir", ["$.resourceType", "$.entry[].resource.name[].family"]],
    ["fhir", ["$.resourceType", "$.meta.versionId"]],
    ["scim", ["$.schemas[]", "$.Resources[].userName"]],
    ["scim", ["$.schemas[]", "$.meta.resourceType", "$.userName"]],
    ["json-api", ["$.data[].type", "$.data[].attributes.title"]],
    ["json-api", ["$.data.type", "$.data.attributes.title"]],
    ["json-api", ["$.jsonapi.version", "$.data[].id"]],
    ["partial-response", ["$.kind", "$.etag", "$.items[].id"]],
    ["partial-response", ["$.kind", "$.nextPageToken", "$.files[].name"]],
  ];
  test.each(cases)("%s: %j", (dialect, paths) => {
    expect(of("/list", holding(...paths))).toEqual({ dialect });
  });

  test.each([
    ["application/vnd.api+json", "json-api"],
    ["application/fhir+json", "fhir"],
    ["application/scim+json", "scim"],
    ["application/graphql-response+json", "graphql"],
  ])("%s", (mediaType, dialect) => {
    expect(of("/list", { mediaType })).toEqual({ dialect });
  });

  const others: readonly (readonly string[])[] = [
    ["$.data[].name", "$.total"],
    ["$.data[].type", "$.data[].attribute"],
    ["$.data[].typeOf", "$.data[].attributes.x"],
    ["$.resourceType", "$.name"],
    ["$.schemas[]"],
    ["$.records[].id", "$.done"],
    ["$.kind", "$.apiVersion", "$.etag"],
    ["$.edges[].node"],
    ["$.value[].id", "$['odata']"],
    ["$._embedded.orders[].id", "$._links.self.href"],
  ];
  test.each(others)("is none where its marks are not whole: %s", (...paths) => {
    expect(of("/list", holding(...paths))).toEqual({});
  });
});

describe("a dialect that the request shows", () => {
  test.each([
    ["/api/graphql", "graphql"],
    ["/api?query=%7Bviewer%7Bid%7D%7D", "graphql"],
    ["/api?query=query%20Mine(%24a%3AInt)%7Bviewer%7Bid%7D%7D", "graphql"],
    ["/data/query?q=SELECT+Id,Name+FROM+Account", "select-statement"],
    ["/People?$filter=x", "odata"],
    ["/Patient?_revinclude=Provenance:target", "fhir"],
    ["/Users?excludedAttributes=emails", "scim"],
    ["/articles?fields[articles]=title", "json-api"],
  ])("%s", (path, dialect) => {
    expect(of(path).dialect).toBe(dialect);
  });

  test.each([
    "/list",
    "/graphql/users",
    "/api?query=select%20shoes",
    "/api?query=%7B%22a%22%3A1%7D",
    "/api?q=query+language",
    "/x?filter=a",
  ])("is none in %s", (path) => {
    expect(of(path)).toEqual({});
  });

  test("counts before what the answer shows", () => {
    expect(of("/People?$orderby=name", holding("$.jsonapi.version")).dialect).toBe("odata");
  });
});

describe("parameters of the request", () => {
  test("are told as they are spelled, without what they say", () => {
    const path = "/list?per_page=50&fields=id,secret&expand=owner&q=x";
    expect(of(path)).toEqual({ parameters: ["fields", "expand"] });
    expect(recordsOf(path)).toEqual({ parameters: ["per_page"] });
    expect(of("/a?fields%5Bpeople%40example.org%5D=x").parameters).toEqual(["fields[TYPE]"]);
    expect(recordsOf("/a?page%5Bsize%5D=2").parameters).toEqual(["page[size]"]);
  });

  test("are none of how many where they say something else", () => {
    expect(recordsOf("/list?$count=true&size=large")).toEqual({ dialect: "odata" });
  });

  test.each([
    `/list?${"_".repeat(200)}fields=x`,
    "/list?fields%1B%5B2J=x",
    "/list?%60include%60=x",
    "/list?toString=x&__proto__=1",
    "/list?ta%E2%84%AAe=1",
  ])("are of a closed list, and short: %s", (path) => {
    expect([of(path), recordsOf(path)]).toEqual([{}, {}]);
  });

  test("are few", () => {
    const spellings = Array.from({ length: 19 }, (_, index) => `${"_".repeat(index)}limit=1`);
    expect(recordsOf(`/list?${spellings.join("&")}`).parameters).toHaveLength(6);
  });
});

describe("how to ask for fewer fields", () => {
  test.each([
    ["graphql", "The query is the list of fields"],
    ["select-statement", "after SELECT"],
    ["odata", "`$select=`"],
    ["fhir", "`_elements=`"],
    ["scim", "`excludedAttributes=`"],
    ["json-api", "`fields[TYPE]=`"],
    ["partial-response", "`fields=`"],
  ])("of %s", (dialect, words) => {
    expect(fewerFields({ dialect })).toContain(words);
  });

  test("by the parameters of the request", () => {
    expect(fewerFields({ parameters: ["fields", "limit"] })).toBe("The request lists fields in `fields`: leave these out of it.");
    expect(fewerFields({ parameters: ["exclude"] })).toBe("The request excludes fields with `exclude`: add these to it.");
    expect(fewerFields({ parameters: ["expand", "include"] })).toBe(
      "The request has `expand`, `include`, which brings more: name there no more than you need.",
    );
    expect(fewerFields({ dialect: "odata", parameters: ["$select"] })).toBe(
      "The request lists fields in `$select`: leave these out of it.",
    );
  });

  test("is not known where nothing shows it, whatever stands in a stored result", () => {
    for (const data of [
      {},
      { parameters: ["limit"] },
      { dialect: "toString", parameters: ["<script>", "__proto__", 7, null] },
      { dialect: 7, parameters: "fields" },
    ]) {
      expect(fewerFields(data)).toBeUndefined();
    }
  });
});

describe("how to ask for fewer records", () => {
  test.each([
    ["graphql", "`first:`"],
    ["select-statement", "LIMIT"],
    ["odata", "`$top=`"],
    ["fhir", "`_count=`"],
    ["scim", "`count=`"],
    ["json-api", "`page[size]=`"],
    ["partial-response", "`maxResults=`"],
  ])("of %s", (dialect, words) => {
    expect(fewerRecords({ dialect })).toContain(words);
    expect(heededRecords({ dialect })).toContain(words);
  });

  test("by the parameters of the request", () => {
    expect(fewerRecords({ parameters: ["per_page", "fields"] })).toBe("The request says with `per_page` how many may come: lower it.");
    expect(heededRecords({ parameters: ["limit"] })).toBe("The answer does not keep to `limit` of the request.");
  });

  test("names the dialect's own parameter beside another one, and not beside itself", () => {
    expect(heededRecords({ dialect: "odata", parameters: ["limit"] })).toBe(
      "The answer does not keep to `limit` of the request. In OData `$top=` bounds the records.",
    );
    expect(heededRecords({ dialect: "odata", parameters: ["$top"] })).toBe("The answer does not keep to `$top` of the request.");
  });

  test("is not known where nothing shows it", () => {
    expect(fewerRecords({ parameters: ["fields"] })).toBeUndefined();
    expect(heededRecords({})).toBeUndefined();
  });
});
