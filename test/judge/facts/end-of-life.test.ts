import { describe, expect, test } from "vitest";
import { endOfLifeRetrieved } from "../../../src/catalog/end-of-life.ts";
import { lifeFactsAreStale, lifeOf } from "../../../src/judge/facts/end-of-life.ts";
import { DAY } from "../../../src/model/instant.ts";
import { NOW } from "../builders.ts";

const standing = (product: string, version: string, asOf = NOW) => {
  const life = lifeOf(product, version, asOf);
  return life === undefined ? undefined : [life.state, ...("cycle" in life ? [life.cycle] : [])].join(" ");
};

describe("cycles of every width", () => {
  test.each([
    ["nginx", "1.20.1", "ended 1.20"],
    ["nginx", "1.31.4", "supported 1.31"],
    ["nginx", "1.18.0", "ended 1.18"],
    ["httpd", "2.4.6", "supported 2.4"],
    ["httpd", "2", "unlisted"],
    ["httpd", "1.3.19", "ended 1.3"],
    ["openssl", "1.1.1w", "ended 1.1.1"],
    ["openssl", "1.0.2k", "ended 1.0.2"],
    ["openssl", "0.9.7b", "ended 1.0.2"],
    ["openssl", "3.5.1", "supported 3.5"],
    ["tomcat", "7.0.109", "ended 7"],
    ["tomcat", "9.0.5", "supported 9.0"],
    ["tomcat", "9.1.0", "unlisted"],
    ["jetty", "9.4", "ended 9.4"],
    ["jetty", "12.0.38", "supported 12.0"],
    ["python", "3.9.1", "ended 3.9"],
    ["python", "3.1", "unlisted"],
    ["varnish", "5.2.1", "unlisted"],
    ["varnish", "6.0", "supported 6.0"],
    ["squid", "3.2.9", "ended 4"],
    ["nginx", "1.32.0", "newer"],
    ["php", "9", "newer"],
    ["php", "", "unlisted"],
  ])("%s %s: %s", (product, version, expected) => {
    expect(standing(product, version)).toBe(expected);
  });

  test("of a product of which nothing is known", () => {
    expect(lifeOf("gunicorn", "19.7.1", NOW)).toBeUndefined();
    expect(lifeOf("constructor", "1.0", NOW)).toBeUndefined();
  });

  test("with its name and its last day", () => {
    expect(lifeOf("httpd", "2.2.34", NOW)).toEqual({ state: "ended", name: "Apache HTTP Server", cycle: "2.2", until: "2017-07-11" });
    expect(lifeOf("nginx", "1.30.4", NOW)).toEqual({ state: "supported", name: "nginx", cycle: "1.30", until: null });
  });
});

describe("days", () => {
  const lastOf82 = Date.UTC(2026, 11, 31);

  test("the last supported day is supported until it is over", () => {
    expect(standing("php", "8.2.1", lastOf82)).toBe("supported 8.2");
    expect(standing("php", "8.2.1", lastOf82 + DAY - 1)).toBe("supported 8.2");
    expect(standing("php", "8.2.1", lastOf82 + DAY)).toBe("ended 8.2");
  });

  test("between the end and the end of what can be paid for", () => {
    expect(lifeOf("iis", "8.5", Date.UTC(2026, 9, 13))).toEqual({
      state: "extended",
      name: "Microsoft IIS",
      cycle: "8.5",
      until: "2026-10-13",
    });
    expect(lifeOf("iis", "8.5", Date.UTC(2026, 9, 14))).toEqual({
      state: "ended",
      name: "Microsoft IIS",
      cycle: "8.5",
      until: "2023-10-10",
    });
    expect(standing("iis", "8.5", Date.UTC(2023, 9, 10))).toBe("supported 8.5");
  });

  test("facts are stale after half a year", () => {
    const taken = Date.parse(endOfLifeRetrieved());
    expect(lifeFactsAreStale(taken + 180 * DAY)).toBe(false);
    expect(lifeFactsAreStale(taken + 180 * DAY + 1)).toBe(true);
  });
});

test("around today", () => {
  const ended = ["python 3.10", "openssl 3.0", "openssl 3.4", "openssl 3.6", "envoy 1.36", "nextjs 15", "iis 8.5"];
  for (const text of ended)
    expect([text, standing(text.split(" ")[0] ?? "", text.split(" ")[1] ?? "")?.split(" ")[0]]).toEqual([text, "ended"]);
  for (const text of ["openssl 3.5", "istio-envoy 1.30", "php 8.2"]) {
    expect([text, standing(text.split(" ")[0] ?? "", text.split(" ")[1] ?? "")?.split(" ")[0]]).toEqual([text, "supported"]);
  }
});
