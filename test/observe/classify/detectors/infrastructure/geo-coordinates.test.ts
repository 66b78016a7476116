import { describe, expect, it } from "vitest";
import { geoCoordinates } from "../../../../../src/observe/classify/detectors/infrastructure/geo-coordinates.ts";
import { asker } from "../support.ts";

const ask = asker(geoCoordinates);

describe("geo_coordinates", () => {
  it.each([
    ["lat", 52.520817, "lng", 0.97],
    ["latitude", "52.520817", "longitude", 0.97],
    ["longitude", -122.41, "latitude", 0.93],
    ["lon", 13.4, "lat", 0.75],
    ["Latitud", "40,4", "Longitud", undefined],
    ["latitude_e7", 525208170, "longitude_e7", 0.9],
    ["pickup_lat", 52.520817, "pickup_lng", 0.97],
  ])("is %s of %s beside %s", (key, value, beside, confidence) => {
    expect(ask(value, key, [], [beside])?.confidence).toEqual(confidence);
  });

  it("needs the other half, or many decimals", () => {
    expect(ask(52.52, "lat")).toBeUndefined();
    expect(ask(52.520817, "lat")).toMatchObject({ confidence: 0.75 });
    expect(ask(52.520817, "long")).toBeUndefined();
    expect(ask(52, "lat", [], ["lng"])?.confidence).toBeLessThan(0.6);
  });

  it.each([
    ["latlng", "40.7128,-74.0060", 0.95],
    ["location", "40.7128, -74.0060", 0.95],
    ["anything", "40.71283,-74.00602", 0.8],
    ["anything", "geo:37.786971,-122.399677", 0.95],
    ["geometry", "POINT(-71.06078 42.35827)", 0.95],
    ["place", "40°42'46.0\"N 74°00'21.0\"W", 0.93],
  ])("is a pair in %s: %s", (key, text, confidence) => {
    expect(ask(text, key)).toMatchObject({ confidence });
  });

  it("is a position of GeoJSON, or of a list that is called a place", () => {
    expect(ask(-122.419416, "coordinates", [], [], { type: "Point", coordinates: [-122.419416, 37.774929] })).toMatchObject({
      confidence: 0.95,
    });
    expect(ask(13.40941, "location", [], [], { location: [13.40941, 52.52081] })).toMatchObject({ confidence: 0.75 });
    expect(ask(0.1211, "coordinates", [], [], { coordinates: [0.1211, 0.9921] })).toBeUndefined();
    expect(ask(120, "coordinates", [], [], { coordinates: [120, 33] })).toBeUndefined();
  });

  it.each([
    ["latency", 31.4471],
    ["platform", 12.4412],
    ["lat", 95.4412],
    ["lat", 0],
    ["price", "12.1234,13.1234"],
    ["version", "1.2,3.4"],
    ["relation", 3.1445926],
    ["x", 52.520817],
  ])("is not the value of %s: %s", (key, value) => {
    expect(ask(value, key, [], ["lng"])).toBeUndefined();
  });

  it("needs two decimals only where the name of the list says both halves", () => {
    const list = [52.52, 13.4];
    expect(ask(52.52, "latlng", [], [], { latlng: [52.52, 13.41] })).toMatchObject({ confidence: 0.75 });
    expect(ask(52.52, "start_latlon", [], [], { start_latlon: [52.52, 13.41] })).toMatchObject({ confidence: 0.75 });
    expect(ask(52.52, "location", [], [], { location: [52.52, 13.41] })).toBeUndefined();
    expect(ask(52.5, "latlng", [], [], { latlng: list })).toBeUndefined();
    expect(ask(0.52, "latlng", [], [], { latlng: [0.52, 0.41] })).toBeUndefined();
  });
});
