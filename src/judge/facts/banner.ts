/** One product that a banner names. Only letters, digits and `._-`: made by the tokeniser, never copied from outside. */
export interface BannerProduct {
  /** Canonical id, such as "httpd" for Apache. */
  readonly product: string;
  /** Numbers, and a short suffix where one belongs to the release: "1.0.2k", "16.5.0rc2". Absent for constants and nonsense. */
  readonly version?: string;
  /** The build of a distribution, which carries corrections that its version does not show. */
  readonly distro?: string;
}

/**
 * Products in a header field that names software (RFC 9110 sections 10.2.4 and 7.6.3). Our own tokeniser, because banners are
 * no semantic versions: a library that reads `1.0.2k` or `9.4.58.v20250814` as one gives another release.
 * Fields that name no software give nothing.
 */
export function parseBanner(field: string, value: string): readonly BannerProduct[] {
  const text = value.slice(0, MAX_BANNER);
  const single = SINGLE_PRODUCT_FIELDS.get(field);
  if (single !== undefined) return products([{ name: single, version: /\d[\w.-]*/.exec(text)?.[0] ?? "" }], text);
  if (field === "via") return products(splitList(text).flatMap(viaTokens), text);
  return BANNER_FIELDS.includes(field) ? products(tokens(rewritten(text)), text) : [];
}

/** The numbers of a version as the tokeniser writes it. */
export function versionNumbers(version: string): readonly number[] {
  const [numbers = ""] = /^\d+(?:\.\d+)*/.exec(version) ?? [];
  return numbers === "" ? [] : numbers.split(".").map(Number);
}

interface Token {
  readonly name: string;
  readonly version: string;
}

function products(found: readonly Token[], text: string): readonly BannerProduct[] {
  const distro = distributionOf(text);
  const all = found.flatMap((token) => canonical(token, distro));
  const distinct = all.filter(
    (one, index) => all.findIndex((other) => other.product === one.product && other.version === one.version) === index,
  );
  return distinct
    .filter((one) => one.version !== undefined || !distinct.some((other) => other.product === one.product && other.version !== undefined))
    .slice(0, MAX_PRODUCTS);
}

function canonical({ name, version }: Token, distro: string | undefined): readonly BannerProduct[] {
  const product = canonicalName(name);
  const release = CONSTANTS.has(product) ? undefined : releaseOf(version);
  if (release === undefined) return NAMED.has(product) ? [{ product }] : [];
  return [{ product, version: release, ...(distro === undefined ? {} : { distro }) }];
}

function canonicalName(name: string): string {
  const word = name.toLowerCase();
  return ALIASES.get(word) ?? word;
}

/**
 * `7.4.3-4ubuntu2.29` is 7.4.3, `1.0.2k-fips` is 1.0.2k, `9.4.z-SNAPSHOT` is 9.4. Numbers that no release has are none, and
 * neither are those that redaction cut into (`2.4.[opaque]`).
 */
function releaseOf(text: string): string | undefined {
  if (text.includes(".[")) return undefined;
  const [, numbers = "", suffix = ""] = /^v?(\d+(?:\.\d+)*)((?:[a-z]|rc\d{1,3}|sp\d{1,3}|[ab]\d{1,3})(?![A-Za-z0-9]))?/i.exec(text) ?? [];
  const parts = numbers.split(".");
  const plausible = numbers !== "" && parts.length <= MAX_COMPONENTS && parts.every((part) => part.length <= MAX_DIGITS);
  return plausible ? `${parts.map(Number).join(".")}${suffix.toLowerCase()}` : undefined;
}

/** `product["/" version]`, comments left out; a bare version after a name belongs to it. */
function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const word of withoutComments(text).split(/[\s;]+/)) {
    const last = found.at(-1);
    if (/^v?\d+(\.\d+)+/.test(word) && last?.version === "") {
      found[found.length - 1] = { name: last.name, version: word };
      continue;
    }
    const [, name = "", version = ""] = /^([A-Za-z][\w.-]{0,39})(?:\/(\S*))?$/.exec(word) ?? [];
    if (name !== "" && !NOT_PRODUCTS.test(name)) found.push({ name, version });
  }
  return found;
}

/** `1.1 varnish (Varnish/6.0)`: the version of the protocol, who received it, and a comment that names the software. */
function viaTokens(element: string): readonly Token[] {
  const [, receivedBy = "", comment = ""] = /^\s*(?:(?:[A-Za-z]+\/)?\d(?:\.\d)? +)?([^\s(]*)[^(]*(?:\(([^()]*)\))?/.exec(element) ?? [];
  return [...tokens(receivedBy), ...tokens(comment)].filter(({ name, version }) => version !== "" || NAMED.has(canonicalName(name)));
}

function splitList(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/);
}

/** Comments nest (RFC 9110 section 5.6.5); one that is never closed reaches to the end. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = "";
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += character;
  }
  return kept;
}

/** Prose and odd separators, as seen in the wild, in the grammar of the field. */
function rewritten(text: string): string {
  return PROSE.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}

function distributionOf(text: string): string | undefined {
  return DISTRIBUTIONS.find(([, pattern]) => pattern.test(text))?.[0];
}

const PROSE: readonly (readonly [RegExp, string])[] = [
  [/Phusion[ _]Passenger(?:\(R\))?[ /]/gi, "passenger/"],
  [/Apache Tomcat\//gi, "tomcat/"],
  [/Jetty\(([^()]{0,64})\)/gi, "jetty/$1"],
  [/Oracle HTTP Server Powered by /gi, ""],
  [/Oracle-HTTP-Server-([\d.]+)\/([\d.]+)/gi, "ohs/$1 httpd/$2"],
  [/WebLogic (?:WebLogic )?Server (\d[\d.]*) SP(\d+).*$/gi, "weblogic/$1sp$2"],
  [/WebLogic (?:WebLogic )?Server (\d[\d.]*).*$/gi, "weblogic/$1"],
  // API levels, not products.
  [/\b(?:Servlet|JSP|JSF)[ /]\d[\d.]*/gi, ""],
  [/\/?\b(Tomcat|JBoss)-(?=\d)/gi, " $1/"],
  [/\bWEBrick\/[\d.]+ \(Ruby\/([\d.]+)\/[\d-]+\)/gi, "webrick ruby/$1"],
];

/** Modules of httpd repeat what httpd says, DAV is a protocol level. */
const NOT_PRODUCTS = /^(mod_\w+|DAV|codename)$/i;

const BANNER_FIELDS: readonly string[] = [
  "server",
  "x-powered-by",
  "powered-by",
  "x-generator",
  "x-server-version",
  "x-framework",
  "x-cms",
  "x-redirect-by",
  "liferay-portal",
];

/** Fields whose whole value is the version of one product. */
const SINGLE_PRODUCT_FIELDS: ReadonlyMap<string, string> = new Map([
  ["x-aspnet-version", "clr"],
  ["x-aspnetmvc-version", "aspnet-mvc"],
  ["x-php-version", "php"],
  ["x-jenkins", "jenkins"],
  ["x-hudson", "hudson"],
  ["x-umbraco-version", "umbraco"],
  ["x-owa-version", "exchange"],
  ["x-moveitisapi-version", "moveit"],
  ["x-mod-pagespeed", "pagespeed"],
  ["x-page-speed", "pagespeed"],
  ["x-nextjs-version", "nextjs"],
  ["x-nuxt-version", "nuxt"],
  ["x-envoy-version", "envoy"],
  ["x-kong-version", "kong"],
  ["x-tyk-version", "tyk"],
  ["x-grafana-version", "grafana"],
  ["x-influxdb-version", "influxdb"],
  ["x-clickhouse-server-version", "clickhouse"],
  ["kbn-version", "kibana"],
  ["microsoftsharepointteamservices", "sharepoint"],
  ["x-gitlab-version", "gitlab"],
  ["x-gitea-version", "gitea"],
  ["x-artifactory-version", "artifactory"],
  ["x-nexus-version", "nexus"],
]);

/** Canonical ids of names in the wild that differ from them. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["apache", "httpd"],
  ["apache-advancedextranetserver", "httpd"],
  ["apache-coyote", "tomcat-connector"],
  ["microsoft-iis", "iis"],
  ["microsoft-httpapi", "http.sys"],
  ["next.js", "nextjs"],
  ["oracle-web-cache-11g", "web_cache"],
  ["cpython", "python"],
]);

/** What follows these names is the same for every release: it tells the product and no version. */
const CONSTANTS: ReadonlySet<string> = new Set([
  "tomcat-connector",
  "http.sys",
  "kestrel",
  "asp.net",
  "awselb",
  "gfe",
  "gws",
  "cloudflare",
  "cloudfront",
  "akamaighost",
  "amazons3",
]);

/** Products worth naming without a version; a word that is not one of these may be anything. */
const NAMED: ReadonlySet<string> = new Set([
  ...ALIASES.values(),
  ...CONSTANTS,
  ...["nginx", "openresty", "tengine", "express", "envoy", "istio-envoy", "varnish", "squid", "caddy", "haproxy", "traefik", "kong"],
  ...["apisix", "litespeed", "gunicorn", "uvicorn", "cowboy", "openssl", "php", "perl", "ruby", "jetty", "tomcat", "passenger"],
]);

/** Marks of builds with back-ported corrections, in comments and in version suffixes. */
const DISTRIBUTIONS: readonly (readonly [string, RegExp])[] = [
  ["ubuntu", /ubuntu|[\d-]build\d/i],
  ["debian", /debian|[+~-]deb\d|\ddeb\d|dotdeb/i],
  ["centos", /centos/i],
  ["red-hat", /red ?hat|rhel|\.el\d/i],
  ["fedora", /fedora|\.fc\d\d/i],
  ["amazon", /amazon|\.amzn\d/i],
  ["suse", /suse|sles/i],
  ["mandrake", /mandr(?:ake|iva)|\dmdk/i],
  ["alpine", /alpine/i],
];

const MAX_BANNER = 512;
const MAX_PRODUCTS = 12;
const MAX_COMPONENTS = 6;
const MAX_DIGITS = 9;
