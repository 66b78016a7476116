import { describe, expect, test } from "vitest";
import { productLife, productLives } from "../../../src/catalog/end-of-life.ts";
import { parseBanner } from "../../../src/judge/facts/banner.ts";
import { lifeOf, lineOf } from "../../../src/judge/facts/end-of-life.ts";
import { DAY } from "../../../src/model/instant.ts";
import { NOW } from "../builders.ts";

/** Cycles, their last supported days (`-`: no end announced), `+` the last day of what can be paid for. As endoflife.date had them on 2026-08-22. */
const KNOWN: Readonly<Record<string, string>> = {
  nginx:
    "1.31 - 1.30 - 1.29 2026-05-13 1.28 2026-04-14 1.27 2025-06-24 1.26 2025-04-23 1.24 2024-04-23 1.22 2023-04-11 1.20 2022-05-24 1.18 2021-04-20 1.14 2019-04-23",
  httpd: "2.4 - 2.2 2017-07-11 2.0 2013-07-10 1.3 2010-02-03",
  openssl:
    "4.0 2027-05-14 3.6 2026-11-01 3.5 2030-04-08 3.4 2026-10-22 3.3 2026-04-09 3.2 2025-11-23 3.1 2025-03-14 3.0 2026-09-07 1.1.1 2023-09-11 1.0.2 2019-12-31",
  php: "8.5 2029-12-31 8.4 2028-12-31 8.3 2027-12-31 8.2 2026-12-31 8.1 2025-12-31 8.0 2023-11-26 7.4 2022-11-28 5.6 2018-12-31",
  tomcat: "11.0 - 10.1 - 10.0 2022-10-31 9.0 2027-03-31 8.5 2024-03-31 8.0 2018-06-30 7 2021-03-31",
  jetty: "12.1 - 12.0 - 11 2025-01-01 10 2025-01-01 9.4 2025-08-14 9.3 2020-12-07",
  nodejs: "26 2029-04-30 25 2026-06-01 24 2028-04-30 23 2025-06-01 22 2027-04-30 21 2024-06-01 20 2026-04-30 19 2023-06-01",
  express: "5 - 4 - 3 2015-07-05",
  dotnet: "10 2028-11-14 9 2026-11-10 8 2026-11-10 7 2024-05-14 6 2024-11-12 3.1 2022-12-13",
  dotnetfx: "4.8.1 - 4.8 - 4.7.2 - 4.7.1 - 4.7 - 4.6.2 2027-01-12",
  "windows-server": "2025 2034-11-14 2022 2031-10-14 2019 2029-01-09 2016 2027-01-12 + 2030-01-12 2012 2023-10-10 + 2026-10-13",
  envoy: "1.39 2027-07-14 1.38 2027-04-23 1.37 2027-01-13 1.36 2026-10-14 1.35 2026-07-23 1.34 2026-04-15",
  "istio-envoy": "1.30 2026-11-30 1.29 2026-08-31 1.28 2026-07-01 1.27 2026-04-07",
  haproxy:
    "3.4 2031-04-01 3.3 2027-01-01 3.2 2030-04-01 3.1 2026-01-01 3.0 2029-04-01 2.9 2025-03-21 2.8 2028-04-01 2.7 2024-04-05 2.4 2026-04-01",
  varnish: "9.0 2027-03-16 8.0 2026-09-15 7.7 2026-03-15 7.6 2025-09-15 7.5 2025-03-15 6.0 -",
  squid: "7 - 6 2025-07-10 5 2023-07-06 4 2021-10-04",
  caddy: "2 - 1 2020-07-01",
  traefik: "3.7 - 3.6 2026-08-16 3.5 2025-11-07 3.4 2025-07-23 2.11 2026-02-01",
  kong: "3.9 - + 2025-12-12 3.8 2024-12-12 + 2025-09-09 3.7 2024-09-09 + 2025-05-28 3.4 - + 2026-08-09 2.8 2024-06-24 + 2025-03-01",
  apisix: "3.17 - 3.16 2026-06-16 3.15 2026-04-08",
  "big-ip": "21.1 2029-05-05 21.0 2026-08-06 17.5 2029-01-01 17.1 2027-03-31 17.0 2023-07-31",
  python: "3.14 2030-10-31 3.13 2029-10-31 3.12 2028-10-31 3.11 2027-10-31 3.10 2026-10-31 3.9 2025-10-31 3.8 2024-10-07",
  django: "6.1 2027-12-31 6.0 2027-04-30 5.2 2028-04-30 5.1 2025-12-03 3.2 2024-04-01",
  ruby: "4.0 2029-03-31 3.4 2028-03-31 3.3 2027-03-31 3.2 2026-03-31 2.7 2023-03-31",
  rails: "8.1 2027-10-10 8.0 2026-11-07 7.2 2026-08-09 7.1 2025-10-01 7.0 2025-04-01 6.1 2024-10-01",
  laravel: "13 2028-03-17 12 2027-02-24 11 2026-03-12 10 2025-02-04",
  "spring-boot":
    "4.1 2027-07-31 + 2028-07-31 4.0 2026-12-31 + 2027-12-31 3.5 2026-06-30 + 2032-06-30 3.4 2025-12-31 + 2026-12-31 3.3 2025-06-30 + 2026-06-30 2.7 2023-06-30 + 2029-06-30",
  nextjs: "16 - 15 2026-10-21 14 2025-10-26",
  perl: "5.44 2029-07-15 5.42 2028-07-03 5.40 2027-06-09 5.38 2026-07-02",
};

/** The newest release of cycles, on the same day. */
const NEWEST: Readonly<Record<string, string>> = {
  nginx: "1.31.4 1.30.4",
  httpd: "2.4.68 2.2.34",
  openssl: "4.0.1 3.6.3",
  php: "8.5.9 8.4.24",
  tomcat: "11.0.25 10.1.59",
  jetty: "12.1.12 12.0.38",
  nodejs: "26.7.0 25.9.0",
  express: "5.2.1 4.22.2",
  dotnet: "10.0.11 9.0.19",
  envoy: "1.39.0 1.38.3",
  "istio-envoy": "1.30.3 1.29.6",
  haproxy: "3.4.3 3.3.13",
  varnish: "9.0.1 8.0.2 6.0.18",
  squid: "7.6 6.14",
  caddy: "2.11.4 1.0.5",
  traefik: "3.7.11 3.6.25",
  kong: "3.9.3 3.8.1 3.4.2",
  apisix: "3.17.0 3.16.0",
  "big-ip": "21.1.0 21.0.0",
  python: "3.14.7 3.13.15",
  django: "6.1 6.0.8",
  ruby: "4.0.6 3.4.10",
  rails: "8.1.3.1 8.0.5.1",
  laravel: "13.26.1 12.67.0",
  "spring-boot": "4.1.1 4.0.8",
  nextjs: "16.3.2 15.5.23",
  perl: "5.44.0 5.42.3",
};

test.each(Object.entries(KNOWN))("%s: every cycle with its days", (product, rows) => {
  const cycles = productLife(product)?.cycles ?? [];
  for (const [, cycle = "", end = "", extended] of rows.matchAll(/(\d[\d.]*) (-|\d{4}-\d\d-\d\d)(?: \+ (\d{4}-\d\d-\d\d))?/g)) {
    expect(cycles.find((one) => one.cycle === cycle)).toMatchObject({
      endOfLife: end === "-" ? null : end,
      ...(extended === undefined ? {} : { extendedUntil: extended }),
    });
  }
});

test.each(Object.entries(NEWEST))("%s: the newest releases", (product, newest) => {
  const noted = productLife(product)?.cycles.map((cycle) => cycle.newest);
  expect(noted?.filter((one) => one !== undefined)).toEqual(newest.split(" "));
});

describe("a banner that names it reaches every product", () => {
  const BANNERS: Readonly<Record<string, readonly [field: string, value: string]>> = {
    apisix: ["server", "APISIX/3.13.0"],
    "big-ip": ["server", "BigIP/17.1.0"],
    caddy: ["server", "Caddy/2.7.1"],
    django: ["x-powered-by", "Django 4.2.1"],
    dotnet: ["x-powered-by", ".NET Core 3.1"],
    dotnetfx: ["x-powered-by", ".NET Framework/4.8"],
    envoy: ["x-envoy-version", "1.36.2"],
    express: ["x-powered-by", "Express/4.18.2"],
    haproxy: ["via", "1.1 HAProxy/2.8.1"],
    httpd: ["server", "Apache/2.4.6"],
    iis: ["server", "Microsoft-IIS/8.5"],
    "istio-envoy": ["server", "istio-envoy/1.29.1"],
    jetty: ["server", "Jetty(9.4.z-SNAPSHOT)"],
    kong: ["via", "1.1 kong/3.9.1"],
    laravel: ["x-powered-by", "Laravel v10.3.1"],
    nextjs: ["x-nextjs-version", "15.1.0"],
    nginx: ["server", "nginx/1.18.0"],
    nodejs: ["x-powered-by", "Node.js/20.11.0"],
    openssl: ["server", "Apache OpenSSL/1.0.2k-fips"],
    perl: ["server", "Apache/2.4.68 mod_perl/2.0.4 Perl/v5.38.0"],
    php: ["x-php-version", "8.1.2"],
    python: ["server", "BaseHTTP/0.6 Python/3.10.6"],
    rails: ["x-powered-by", "Ruby on Rails 7.0.4"],
    ruby: ["server", "WEBrick/1.3.1 (Ruby/2.7.0/2019-12-25)"],
    "spring-boot": ["x-powered-by", "Spring Boot/2.7.18"],
    squid: ["via", "1.1 proxy (squid/4.4)"],
    tomcat: ["server", "Apache Tomcat/9.0.5"],
    traefik: ["server", "Traefik/3.4.1"],
    varnish: ["via", "1.1 varnish (Varnish/6.0)"],
    "windows-server": ["x-powered-by", "Windows Server 2016"],
  };

  test("none is missing", () => {
    expect(Object.keys(BANNERS).sort()).toEqual(productLives().map(({ product }) => product));
  });

  test.each(Object.entries(BANNERS))("%s", (product, [field, value]) => {
    const version = parseBanner(field, value).find((one) => one.product === product)?.version ?? "";
    expect(lifeOf(product, version, NOW)?.state).toMatch(/^(supported|ended|extended)$/);
  });
});

describe("the day of the end is supported, the day after is not", () => {
  test.each([
    ["dotnet", "8.0.20", "2026-11-10"],
    ["dotnet", "9.0.1", "2026-11-10"],
    ["openssl", "3.0.13", "2026-09-07"],
    ["openssl", "3.4.0", "2026-10-22"],
    ["openssl", "3.6.1", "2026-11-01"],
    ["openssl", "3.5.1", "2030-04-08"],
    ["python", "3.10.6", "2026-10-31"],
    ["rails", "8.0.5", "2026-11-07"],
    ["nextjs", "15.1.0", "2026-10-21"],
    ["envoy", "1.36.2", "2026-10-14"],
    ["istio-envoy", "1.30.1", "2026-11-30"],
    ["php", "8.2.14", "2026-12-31"],
    ["dotnetfx", "4.6.2", "2027-01-12"],
    ["nodejs", "20.11.0", "2026-04-30"],
  ])("%s %s: %s", (product, version, day) => {
    const at = Date.parse(day);
    expect([at, at + DAY - 1, at + DAY].map((asOf) => lifeOf(product, version, asOf)?.state)).toEqual(["supported", "supported", "ended"]);
  });

  test.each([
    ["windows-server", "2016", "2027-01-12", "2030-01-12"],
    ["windows-server", "2012", "2023-10-10", "2026-10-13"],
    ["iis", "8.5", "2023-10-10", "2026-10-13"],
    ["iis", "8.0", "2023-10-10", "2026-10-13"],
    ["spring-boot", "3.5.1", "2026-06-30", "2032-06-30"],
  ])("%s %s: %s, and for those who pay %s", (product, version, day, extended) => {
    const days = [Date.parse(day), Date.parse(day) + DAY, Date.parse(extended), Date.parse(extended) + DAY];
    expect(days.map((asOf) => lifeOf(product, version, asOf)?.state)).toEqual(["supported", "extended", "extended", "ended"]);
  });

  test("a number that four Windows Servers share: until the first of them ends, and from when the last has", () => {
    const states = ["2027-01-12", "2027-01-13", "2034-11-14", "2034-11-15"].map((day) => lifeOf("iis", "10.0", Date.parse(day))?.state);
    expect(states).toEqual(["supported", "unlisted", "unlisted", "ended"]);
    expect(lifeOf("iis", "10.0", NOW)).toMatchObject({ until: "2027-01-12" });
  });
});

describe("which cycle a version is of", () => {
  test.each([
    ["openssl", "1.1.1w", "1.1.1"],
    ["dotnetfx", "4.8.1", "4.8.1"],
    ["dotnetfx", "4.8.4084", "4.8"],
    ["nodejs", "20.11.0", "20"],
    ["tomcat", "7.0.1", "7"],
    ["jetty", "10.0.1", "10"],
    ["jetty", "12.0.1", "12.0"],
    ["caddy", "2.7.1", "2"],
    ["nginx", "1.29.1", "1.29"],
  ])("%s %s: %s", (product, version, cycle) => {
    expect(lifeOf(product, version, NOW)).toMatchObject({ cycle });
  });

  test("numbers are compared, not their letters: 1.2 is no beginning of 1.20", () => {
    expect(lifeOf("nginx", "1.3.0", NOW)).not.toMatchObject({ cycle: "1.30" });
    expect(lifeOf("php", "8.10.1", NOW)).toEqual({ state: "newer", name: "PHP" });
  });

  test("an odd minor of nginx ends when the next one comes, the newest one has no end", () => {
    expect(lifeOf("nginx", "1.29.8", NOW)).toMatchObject({ state: "ended", until: "2026-05-13" });
    expect(lifeOf("nginx", "1.31.0", NOW)).toMatchObject({ state: "supported", until: null });
  });
});

describe("what is behind in a line without an end", () => {
  test.each([
    ["httpd", "2.4.6", true],
    ["httpd", "2.4.68", false],
    ["httpd", "2.4.69", false],
    ["squid", "7.5", true],
    ["caddy", "2.9.9", true],
    ["kong", "3.4.3.0", false],
  ])("%s %s: %s", (product, version, behind) => {
    expect(lineOf(product, version)?.behind).toBe(behind);
  });

  test.each([
    ["httpd", "2.4"],
    ["httpd", "2.2.15"],
    ["php", "8.4.1"],
    ["httpd", "2.6.1"],
    ["dotnetfx", "4.8"],
    ["gunicorn", "19.7.1"],
  ])("nothing is said of %s %s", (product, version) => {
    expect(lineOf(product, version)).toBeUndefined();
  });
});
