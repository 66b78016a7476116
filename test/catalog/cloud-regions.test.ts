import { expect, it, test } from "vitest";
import { cloudRegionOf, clouds } from "../../src/catalog/cloud-regions.ts";

test.each([
  ["x-1.eu-west-1.elb.amazonaws.com", "eu-west-1", "IE"],
  ["vpce-0a1.execute-api.eu-central-1.vpce.amazonaws.com", "eu-central-1", "DE"],
  ["s3.cn-north-1.amazonaws.com.cn", "cn-north-1", "CN"],
  ["abc.lambda-url.us-east-1.on.aws", "us-east-1", "US"],
  ["ACME.WestEurope.cloudapp.azure.com", "westeurope", "NL"],
  ["acme-a1b2.germanywestcentral-01.azurewebsites.net", "germanywestcentral", "DE"],
  ["acme-123.europe-west3.run.app", "europe-west3", "DE"],
  ["europe-west12-acme.cloudfunctions.net", "europe-west12", "IT"],
  ["europe-west1-acme.cloudfunctions.net", "europe-west1", "BE"],
])("%s stands in %s", (name, region, country) => {
  expect(cloudRegionOf(name)).toMatchObject({ region, country });
});

test.each([
  ["of no vendor", "x.eu-west-1.elb.amazonaws.com.evil.example"],
  ["with another name at its end", "x.eu-west-1.elb.notamazonaws.com"],
  ["that a customer chose", "eu-west-1.elb.amazonaws.com"],
  ["that a customer chose, at Azure", "westeurope.azurewebsites.net"],
  ["of another vendor", "x.westeurope.elb.amazonaws.com"],
  ["without one", "acme.azurewebsites.net"],
  ["with one that nobody has", "x.eu-west-99.elb.amazonaws.com"],
  ["of a method of objects", "x.constructor.elb.amazonaws.com"],
  ["of nothing", ""],
])("a name %s says nothing", (_, name) => {
  expect(cloudRegionOf(name)).toBeUndefined();
});

it("lists regions sorted, in countries that have a name", () => {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  for (const { regions } of clouds()) {
    expect(Object.keys(regions)).toEqual(Object.keys(regions).sort());
    expect(Object.values(regions).filter((country) => names.of(country) === undefined)).toEqual([]);
  }
});
