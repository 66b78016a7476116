import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headerTreatment } from "../../../src/catalog/header-fields.ts";
import { parseBanner, versionNumbers } from "../../../src/judge/facts/banner.ts";

/** "httpd 2.4.6, php" */
const read = (field: string, value: string): string =>
  parseBanner(field, value)
    .map(({ product, version }) => (version === undefined ? product : `${product} ${version}`))
    .join(", ");
const distroOf = (field: string, value: string) => parseBanner(field, value)[0]?.distro;

describe("banners in the wild", () => {
  test.each([
    ["server", "nginx", "nginx"],
    ["server", "nginx/1.4.6 (Ubuntu)", "nginx 1.4.6"],
    ["server", "nginx/0.8.53 + Phusion Passenger 3.0.0 (mod_rails/mod_rack)", "nginx 0.8.53, passenger 3.0.0"],
    ["server", "nginx + Phusion Passenger 5.1.11", "nginx, passenger 5.1.11"],
    ["server", "openresty/1.13.6.2", "openresty 1.13.6.2"],
    ["server", "Tengine/2.0.0", "tengine 2.0.0"],
    ["server", "Apache", "httpd"],
    ["server", "Apache/2", "httpd 2"],
    ["server", "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips PHP/5.4.16", "httpd 2.4.6, openssl 1.0.2k, php 5.4.16"],
    [
      "server",
      "Apache-AdvancedExtranetServer/2.0.47 (Mandrake Linux/6.3.92mdk) mod_ssl/2.0.47 OpenSSL/0.9.7b PHP/4.3.2",
      "httpd 2.0.47, openssl 0.9.7b, php 4.3.2",
    ],
    [
      "server",
      "Oracle HTTP Server Powered by Apache/1.3.19 (Win32) mod_ssl/2.8.1 OpenSSL/0.9.5a mod_fastcgi/2.2.10",
      "httpd 1.3.19, openssl 0.9.5a",
    ],
    ["server", "IBM_HTTP_Server/2.0.47.1-PK01070 Apache/2.0.47 (Win32) PHP/5.0.4", "ibm_http_server 2.0.47.1, httpd 2.0.47, php 5.0.4"],
    ["server", "Oracle-HTTP-Server-12.2.1.4.0/2.4.39", "ohs 12.2.1.4.0, httpd 2.4.39"],
    [
      "server",
      "Oracle-Application-Server-11g Oracle-Web-Cache-11g/11.1.1.6.0 (G;max-age=0+0;age=0;ecid=9345078839670331,0:1)",
      "web_cache 11.1.1.6.0",
    ],
    ["server", "Apache-Coyote/1.1", "tomcat-connector"],
    ["server", "Apache Tomcat/9.0.5", "tomcat 9.0.5"],
    ["server", "Jetty(9.4.z-SNAPSHOT)", "jetty 9.4"],
    ["server", "Jetty(7.6.9.v20130131)", "jetty 7.6.9"],
    ["server", "Jetty/4.2.x (VxWorks/WIND version 2.9 ppc java/1.1-rr-std-b12)", "jetty 4.2"],
    ["server", "Jetty(9.4.58.v20250814)", "jetty 9.4.58"],
    [
      "x-powered-by",
      "Servlet 2.4; Tomcat-5.0.28/JBoss-4.0.1sp1 (build: CVSTag=JBoss_4_0_1_SP1 date=200502160314)",
      "tomcat 5.0.28, jboss 4.0.1sp1",
    ],
    ["server", "Microsoft-IIS/10.0", "iis 10.0"],
    ["server", "Microsoft-HTTPAPI/2.0", "http.sys"],
    ["server", "ScreenConnect/6.3.13446.6374-4039728469 Microsoft-HTTPAPI/2.0", "screenconnect 6.3.13446.6374, http.sys"],
    ["server", "Kestrel", "kestrel"],
    ["x-powered-by", "ASP.NET", "asp.net"],
    ["x-powered-by", "Express", "express"],
    ["x-powered-by", "Next.js", "nextjs"],
    ["x-aspnet-version", "4.0.30319", "clr 4.0.30319"],
    ["x-aspnet-version", "2.0.50727", "clr 2.0.50727"],
    ["server", "Werkzeug/0.14.1 Python/3.6.9", "werkzeug 0.14.1, python 3.6.9"],
    ["server", "Python/3.8 aiohttp/3.6.2", "python 3.8, aiohttp 3.6.2"],
    ["server", "WSGIServer/0.2 CPython/3.8.1", "wsgiserver 0.2, python 3.8.1"],
    ["server", "BaseHTTP/0.6 Python/3.10.6", "basehttp 0.6, python 3.10.6"],
    ["server", "SimpleHTTP/0.6 Python/2.7.6", "simplehttp 0.6, python 2.7.6"],
    ["server", "gunicorn/19.7.1", "gunicorn 19.7.1"],
    ["server", "gunicorn", "gunicorn"],
    ["server", "uvicorn", "uvicorn"],
    ["server", "TwistedWeb/16.5.0rc2", "twistedweb 16.5.0rc2"],
    ["server", "Twisted/13.0.0 TwistedWeb/9.0.0", "twisted 13.0.0, twistedweb 9.0.0"],
    ["server", "thin 1.2.4 codename Flaming Astroboy", "thin 1.2.4"],
    ["server", "WebLogic WebLogic Server 6.1 SP4  11/08/2002 21:50:43 #221641", "weblogic 6.1sp4"],
    ["server", "kong/1.2.1", "kong 1.2.1"],
    ["via", "kong/0.35-1-enterprise-edition", "kong 0.35"],
    ["via", "1.1 kong/3.4.0.0-enterprise-edition", "kong 3.4.0.0"],
    ["server", "LiteSpeed/5.2.8 Enterprise", "litespeed 5.2.8"],
    ["server", "LiteSpeed", "litespeed"],
    ["server", "APISIX/3.13.0", "apisix 3.13.0"],
    ["server", "squid/3.2.9-BZR", "squid 3.2.9"],
    ["server", "squid/4.4", "squid 4.4"],
    ["server", "cloudflare", "cloudflare"],
    ["server", "AkamaiGHost", "akamaighost"],
    ["server", "AmazonS3", "amazons3"],
    ["server", "awselb/2.0", "awselb"],
    ["server", "GFE/1.3", "gfe"],
    ["server", "gws", "gws"],
    ["server", "envoy", "envoy"],
    ["server", "istio-envoy", "istio-envoy"],
    ["server", "Cowboy", "cowboy"],
    ["server", "Caddy", "caddy"],
    ["server", "Varnish", "varnish"],
    ["x-powered-by", "PHP/4.4.2-1build1", "php 4.4.2"],
    ["x-powered-by", "PHP/7.4.3-4ubuntu2.29", "php 7.4.3"],
    ["x-powered-by", "PHP/8.2.14", "php 8.2.14"],
    ["x-powered-by", "PHP/5.5.9-1ubuntu4.14", "php 5.5.9"],
    ["x-powered-by", "Sails <>", ""],
    ["x-powered-by", "Rainbows and XSS<script>alert(1)</script>", ""],
    ["via", "1.1 varnish (Varnish/6.0)", "varnish 6.0"],
    ["via", "1.1 google", ""],
    ["via", "1.1 abc.cloudfront.net (CloudFront)", "cloudfront"],
    ["via", "1.1 ip-10-2-3-4 (squid/4.4)", "squid 4.4"],
    ["x-runtime", "0.01226", ""],
    ["x-varnish", "32770 5", ""],
    ["x-served-by", "cache-fra-eddf8230049-FRA", ""],
    ["server", "Apache/2.4.99999999999999999999", "httpd"],
    ["server", "Apache/1.3.29.9999999999", "httpd"],
    ["server", "WEBrick/1.3.1 (Ruby/2.0.0/2013-11-22)", "webrick 1.3.1, ruby 2.0.0"],
    ["x-generator", "Drupal 9.4 (https://www.drupal.org)", "drupal 9.4"],
    ["x-php-version", "8.1.2", "php 8.1.2"],
  ])("%s: %s", (field, value, products) => {
    expect(read(field, value)).toBe(products);
  });
});

describe("more banners in the wild", () => {
  test.each([
    ["server", "Zope/(2.13.22, python 2.7.6, linux2) ZServer/1.1", "zope 2.13.22, python 2.7.6, zserver 1.1"],
    ["server", "Zope/(Zope 2.7.4-0, python 2.3.5, linux2) ZServer/1.1 Plone/2.0.5", "zope 2.7.4, python 2.3.5, zserver 1.1, plone 2.0.5"],
    ["server", "CherryPy/8.9.1 WSGI Server", "cherrypy 8.9.1"],
    ["server", "Apache/2.4.41 (Ubuntu) mod_wsgi/4.6.8 Python/3.8", "httpd 2.4.41, python 3.8"],
    [
      "server",
      "Apache/2.2.15 (CentOS) DAV/2 mod_ssl/2.2.15 OpenSSL/1.0.1e-fips mod_perl/2.0.4 Perl/v5.10.1",
      "httpd 2.2.15, openssl 1.0.1e, perl 5.10.1",
    ],
    ["server", "Apache/2.4.52 (Win64) OpenSSL/1.1.1m PHP/8.1.2", "httpd 2.4.52, openssl 1.1.1m, php 8.1.2"],
    ["server", "Apache/2.4.10 (Unix) Phusion_Passenger/4.0.10", "httpd 2.4.10, passenger 4.0.10"],
    ["server", "nginx/1.18.0 + Phusion Passenger(R) 6.0.8", "nginx 1.18.0, passenger 6.0.8"],
    ["x-powered-by", "Phusion Passenger Enterprise 6.0.4", "passenger 6.0.4"],
    ["server", "Apache-Tomcat/8.5.31", "tomcat 8.5.31"],
    ["server", "Apache TomEE/8.0.1", "tomee 8.0.1"],
    ["server", "IBM_HTTP_Server", "ibm_http_server"],
    ["server", "WebSphere Application Server/8.5", "websphere 8.5"],
    ["server", "SAP NetWeaver Application Server / ABAP 731", "sap-netweaver 731"],
    ["server", "SAP NetWeaver Application Server 7.22 / ICM 7.22", "sap-netweaver 7.22, icm 7.22"],
    ["server", "SAP J2EE Engine/7.30", "sap-j2ee-engine 7.30"],
    ["server", "GlassFish Server Open Source Edition  5.1.0", "glassfish 5.1.0"],
    ["server", "Sun GlassFish Enterprise Server v2.1.1", "glassfish 2.1.1"],
    ["server", "Oracle GlassFish Server 3.1.2.2", "glassfish 3.1.2.2"],
    ["server", "Payara Server 5.2022.1 #badassfish", "payara 5.2022.1"],
    ["x-powered-by", "Undertow/1", "undertow 1"],
    ["server", "WildFly/10", "wildfly 10"],
    ["server", "JBoss-EAP/7", "jboss-eap 7"],
    ["x-powered-by", "Servlet 2.5; JBoss-5.0/JBossWeb-2.1", "jboss 5.0, jbossweb 2.1"],
    ["server", "Jetty(winstone-2.9)", "jetty"],
    ["server", "lighttpd/1.4.55", "lighttpd 1.4.55"],
    ["server", "Mongrel 1.1.5", "mongrel 1.1.5"],
    ["server", "puma 5.6.5 Birdie's Version", "puma 5.6.5"],
    ["server", "ColdFusion/2018", "coldfusion 2018"],
    ["server", "JRun/4.0", "jrun 4.0"],
    ["server", "Zeus/4.3", "zeus 4.3"],
    ["server", "BigIP", "big-ip"],
    ["server", "BIG-IP/17.1.0", "big-ip 17.1.0"],
    ["server", "NetScaler", "netscaler"],
    ["via", "NS-CACHE-9.3:  121", ""],
    ["server", "Google Frontend", "google-frontend"],
    ["server", "cloudflare-nginx", "cloudflare"],
    ["server", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0", "windows-azure-blob, http.sys"],
    ["server", "Microsoft-Azure-Application-Gateway/v2", "microsoft-azure-application-gateway"],
    ["server", "ATS/9.1.0", "traffic-server 9.1.0"],
    ["via", "http/1.1 edge (ApacheTrafficServer/9.1.0 [uScSsSfUpS:eN:t cCSp])", "traffic-server 9.1.0"],
    ["via", "1.1 varnish, 1.1 varnish", "varnish"],
    ["via", "1.1 varnish (Varnish/7.1), 2.0 Caddy", "varnish 7.1, caddy"],
    ["via", "1.1 vegur", ""],
    ["via", "HTTP/1.1 forward.http.proxy:3128", ""],
    ["server", "envoy/1.30.2", "envoy 1.30.2"],
    ["server", "Resin/3.1.s061113", "resin 3.1"],
    ["server", "Sun-ONE-Web-Server/6.1", "sun-one-web-server 6.1"],
    [
      "server",
      "Oracle-Application-Server-10g/10.1.2.0.2 Oracle-HTTP-Server OracleAS-Web-Cache-10g/10.1.2.0.2 (N;ecid=1,0)",
      "oracle-application-server-10g 10.1.2.0.2, web_cache 10.1.2.0.2",
    ],
    ["server", "Oracle-iPlanet-Web-Server/7.0", "oracle-iplanet-web-server 7.0"],
    ["server", "MiniServ/1.953", "miniserv 1.953"],
    ["server", "thttpd/2.25b 29dec2003", "thttpd 2.25b"],
    ["server", "OpenBSD httpd", ""],
    ["server", "httpd/1.3", ""],
    ["server", "CouchDB/3.2.1 (Erlang OTP/20)", "couchdb 3.2.1"],
    ["server", "MochiWeb/1.0 (Any of you quaids got a smint?)", "mochiweb 1.0"],
    ["server", "TornadoServer/4.5.3", "tornadoserver 4.5.3"],
    ["server", "hypercorn-h11", ""],
    ["server", "akka-http/10.1.15", "akka-http 10.1.15"],
    ["server", "Netty@SpringBoot", ""],
    ["server", "h2o/2.2.6", "h2o 2.2.6"],
    ["server", "Artifactory/7.55.10 75510900", "artifactory 7.55.10"],
    ["server", "Nexus/3.38.1-01 (OSS)", "nexus 3.38.1"],
    ["server", "ECS (dcb/7F83)", ""],
    ["server", "RomPager/4.7 UPnP/1.0", "rompager 4.7"],
    ["server", "Cherokee/1.2.104 (Ubuntu)", "cherokee 1.2.104"],
    ["server", "Werkzeug/2.0.3 Python/3.9.2", "werkzeug 2.0.3, python 3.9.2"],
    ["server", "PHP 8.1.2 Development Server", "php 8.1.2, php-cli-server"],
    ["x-powered-by", "ARR/3.0", "arr 3.0"],
    ["x-powered-by", "UrlRewriter.NET 2.0.0", "urlrewriter.net 2.0.0"],
    ["x-powered-by", "Next.js 9.3.5", "nextjs 9.3.5"],
    ["x-powered-by", "Perl Dancer2 0.205", "perl, dancer2 0.205"],
    ["x-powered-by", "W3 Total Cache/0.9.4.1", "w3-total-cache 0.9.4.1"],
    ["x-powered-by", "PleskLin", ""],
    ["x-powered-by", "Node.js v18.12.1", "nodejs 18.12.1"],
    ["x-powered-by", "ASP.NET Core/8.0.1", "dotnet 8.0.1"],
    ["x-powered-by", ".NET 6", "dotnet 6"],
    ["x-powered-by", "VB.NET 6.0", "vb.net 6.0"],
    ["x-powered-by", ".NET/6.0.36", "dotnet 6.0.36"],
    ["x-powered-by", ".NET Framework 4.8.4084", "dotnetfx 4.8.4084"],
    ["x-powered-by", ".NET Framework 4.0.30319", "clr 4.0.30319"],
    ["x-powered-by", "ASP.NET/4.0.30319", "clr 4.0.30319"],
    ["x-powered-by", "Windows Server 2012 R2", "windows-server 2012"],
    ["x-aspnetmvc-version", "5.2", "aspnet-mvc 5.2"],
    ["x-generator", "Drupal 10 (https://www.drupal.org)", "drupal 10"],
    ["x-generator", "Drupal 9 ([opaque]", "drupal 9"],
    ["x-generator", "WordPress 6.4.3", "wordpress 6.4.3"],
    ["liferay-portal", "Liferay Portal Community Edition 6.2 CE GA2 (Newton / Build 6101 / January 10, 2014)", "liferay 6.2"],
    ["liferay-portal", "Liferay DXP", "liferay"],
    ["microsoftsharepointteamservices", "16.0.0.10337", "sharepoint 16.0.0.10337"],
    ["x-jenkins", "2.319.1", "jenkins 2.319.1"],
    ["server", "nginx, Apache/2.4.6 (CentOS), PHP/5.4.16", "nginx, httpd 2.4.6, php 5.4.16"],
    ["x-powered-by", "PHP/7.4.33, ASP.NET", "php 7.4.33, asp.net"],
    ["server", "nginx/1.18.0, nginx/1.18.0", "nginx 1.18.0"],
  ])("%s: %s", (field, value, products) => {
    expect(read(field, value)).toBe(products);
  });
});

describe("marks of distributions", () => {
  test.each([
    ["server", "nginx/1.4.6 (Ubuntu)", "ubuntu"],
    ["x-powered-by", "PHP/7.4.3-4ubuntu2.29", "ubuntu"],
    ["x-powered-by", "PHP/4.4.2-1build1", "ubuntu"],
    ["server", "Apache/2.4.57 (Debian)", "debian"],
    ["x-powered-by", "PHP/7.4.33-1+deb11u5", "debian"],
    ["server", "Apache/2.4.6 (CentOS) OpenSSL/1.0.2k-fips", "centos"],
    ["server", "Apache/2.4.37 (Red Hat Enterprise Linux)", "red-hat"],
    ["server", "Apache/2.4.54 (Fedora Linux)", "fedora"],
    ["server", "Apache/2.4.58 (Amazon Linux)", "amazon"],
    ["server", "Apache/2.4.51 (Linux/SUSE)", "suse"],
    ["server", "Apache-AdvancedExtranetServer/2.0.47 (Mandrake Linux/6.3.92mdk)", "mandrake"],
    ["server", "Apache/1.3.27 (Unix)  (Red-Hat/Linux)", "red-hat"],
    ["server", "Apache/2.4.37 (Rocky Linux)", "rocky"],
    ["server", "Apache/2.4.37 (AlmaLinux)", "alma"],
    ["server", "Apache/2.4.37 (Oracle Linux Server)", "oracle"],
    ["server", "Apache/2.4.38 (Raspbian)", "debian"],
    ["server", "nginx/1.18.0", undefined],
    ["server", "nginx/1.18.0, AmazonS3", undefined],
    ["server", "Apache/2.4.6 (Win32)", undefined],
    ["server", "Apache/2.4.6 (FreeBSD)", undefined],
  ])("%s: %s", (field, value, distro) => {
    expect(distroOf(field, value)).toBe(distro);
  });

  test("holds for every product of the field that has a version", () => {
    expect(parseBanner("server", "Apache/2.4.6 (CentOS) PHP/5.4.16 Express").map(({ distro }) => distro)).toEqual([
      "centos",
      "centos",
      undefined,
    ]);
  });
});

/** Fields that name software, or are the version of it. */
const FIELDS = [
  ...["server", "x-powered-by", "powered-by", "via", "x-generator", "x-server-version", "x-framework", "x-cms", "x-redirect-by"],
  ...["liferay-portal", "x-aspnet-version", "x-aspnetmvc-version", "x-php-version", "x-jenkins", "x-hudson", "x-umbraco-version"],
  ...["x-owa-version", "x-moveitisapi-version", "x-mod-pagespeed", "x-page-speed", "x-nextjs-version", "x-nuxt-version", "x-envoy-version"],
  ...["x-kong-version", "x-tyk-version", "x-grafana-version", "x-influxdb-version", "x-clickhouse-server-version", "kbn-version"],
  ...["microsoftsharepointteamservices", "x-gitlab-version", "x-gitea-version", "x-artifactory-version", "x-nexus-version"],
];

test.each(FIELDS)("%s is read, and all of it is kept as evidence", (field) => {
  expect(parseBanner(field, "nginx/1.18.0").map(({ version }) => version)).toEqual(["1.18.0"]);
  expect(headerTreatment(field)).toBe("banner");
});

describe("hostile banners", () => {
  test("comments nest, and one that is never closed reaches to the end", () => {
    expect(read("server", "nginx/1.18.0 (a (PHP/5.0.0) PHP/5.1.0) PHP/5.2.0")).toBe("nginx 1.18.0, php 5.2.0");
    expect(read("server", "nginx/1.18.0 (PHP/5.0.0 OpenSSL/1.0.2")).toBe("nginx 1.18.0");
    expect(read("server", ") nginx/1.18.0")).toBe("nginx 1.18.0");
  });

  test("names of object properties are names like any other", () => {
    expect(read("server", "__proto__/1.0 constructor/2.0 toString")).toBe("constructor 2.0");
    expect(parseBanner("constructor", "nginx/1.0")).toEqual([]);
    expect(parseBanner("__proto__", "nginx/1.0")).toEqual([]);
  });

  test("what redaction cut into is no version", () => {
    expect(read("server", "Apache/2.4.[opaque]")).toBe("httpd");
    expect(read("server", "nginx/1.18.0-[opaque]")).toBe("nginx 1.18.0");
  });

  test("at most twelve products, each as long as a name may be, of 512 characters", () => {
    const many = Array.from({ length: 40 }, (_, index) => `p${index}/1.${index}`).join(" ");
    expect(parseBanner("server", many)).toHaveLength(12);
    expect(read("server", `${"x".repeat(41)}/1.0 nginx/1.0`)).toBe("nginx 1.0");
    expect(read("server", `${" ".repeat(512)}nginx/1.18.0`)).toBe("");
    expect(read("server", "nginx/1.2.3.4.5.6")).toBe("nginx 1.2.3.4.5.6");
    expect(read("server", "nginx/1.2.3.4.5.6.7")).toBe("nginx");
  });

  test("nothing beyond the first 512 characters matters, of whatever it is made", () => {
    const pieces = [
      "(",
      ")",
      "Jetty(",
      "Zope/(",
      "Phusion Passenger ",
      "WebLogic ",
      "SAP NetWeaver Application Server /",
      "1.",
      "a/",
      ",",
      " ",
      ".NET ",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom("server", "via", "liferay-portal"),
        fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }),
        (field, some) => {
          const long = some.join("").repeat(MUCH).slice(0, MUCH);
          expect(parseBanner(field, long)).toEqual(parseBanner(field, long.slice(0, 512)));
        },
      ),
    );
  });

  test("whatever comes: safe words come out, and the same again", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("server", "via", "x-powered-by", "x-aspnet-version"),
        fc.oneof(fc.string({ unit: "grapheme", maxLength: 600 }), BANNERISH),
        (field, value) => {
          const products = parseBanner(field, value);
          for (const { product, version } of products) {
            expect(product).toMatch(/^[a-z][\w.-]{0,39}$/);
            expect(version ?? "1").toMatch(/^\d{1,9}(\.\d{1,9}){0,5}[a-z0-9]{0,5}$/);
          }
          expect(parseBanner(field, value)).toEqual(products);
        },
      ),
    );
  });
});

test("versionNumbers reads what the tokeniser writes", () => {
  expect(versionNumbers("1.0.2k")).toEqual([1, 0, 2]);
  expect(versionNumbers("16.5.0rc2")).toEqual([16, 5, 0]);
  expect(versionNumbers("")).toEqual([]);
});

const MUCH = 64 * 1024;
/** What the grammar and the special cases are made of, in any order. */
const BANNERISH = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "nginx/",
        "Apache Tomcat/",
        "Jetty(",
        "PHP/",
        "Zope/(",
        "python ",
        ".NET Framework ",
        "WebLogic Server ",
        "SP",
        "Via",
        "1.1 ",
        "v",
      ),
      fc.constantFrom("(", ")", ",", ";", " ", "/", ".", "+", "-", "<script>", "\u001b[31m", "\u202e", "[opaque]"),
      fc.nat().map(String),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));
