import { describe, expect, it } from "vitest";
import { Place } from "../../../src/observe/classify/place.ts";

describe("a place with many members", () => {
  it("keeps all of them, and the first 256 names", () => {
    const watchOf = () => ({ add: () => {} });
    const place = new Place(watchOf);
    for (let at = 0; at < 300; at += 1) {
      const key = `${String.fromCharCode(97 + (at % 26))}${String.fromCharCode(97 + Math.floor(at / 26))}`;
      place.addMember(key, new Place(watchOf, place, { kind: "member", key }));
    }
    expect(place.members.size).toBe(300);
    expect(place.beside.size).toBe(256);
  });
});
