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
  const release = releaseOf(version);
  const named = canonicalName(name);
  const product = DOTNET.has(named) && CLR.test(release ?? "") ? "clr" : named;
  if (release === undefined || CONSTANTS.has(product)) return NAMED.has(product) ? [{ product }] : [];
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

/**
 * `product["/" version]`, comments left out. A bare version after a name belongs to it; a bare number does after the name of something that
 * numbers its releases so ("Drupal 10"). A comma stands where the field came twice.
 */
function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  for (const word of withoutComments(text).split(/[\s;,]+/)) {
    const last = found.at(-1);
    const isVersion = /^v?\d+(\.\d+)+/.test(word) || (/^v?\d{1,4}$/.test(word) && NUMBERED.has(canonicalName(last?.name ?? "")));
    if (isVersion && last?.version === "") {
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
  [/Phusion[ _]Passenger(?:\(R\))?(?: Enterprise)?[ /]/gi, "passenger/"],
  [/Jetty\(([^()]{0,64})\)/gi, "jetty/$1"],
  [/Zope\/\((?:Zope )?(\d[\w.-]{0,32}), python (\d[\d.]{0,16})[^()]{0,64}\)/gi, "zope/$1 python/$2"],
  [/\bWEBrick\/([\d.]{1,16}) \(Ruby\/([\d.]{1,16})\/[\d-]{1,16}\)/gi, "webrick/$1 ruby/$2"],
  [/\bPHP[ /](\d[\d.]{0,16}) \(?Development Server\)?/gi, "php/$1 php-cli-server"],
  // Several words that are one name.
  [/Apache[ -]Tomcat\//gi, "tomcat/"],
  [/Apache TomEE\b/gi, "tomee"],
  [/Apache Traffic Server\b/gi, "traffic-server"],
  [/OpenBSD httpd\b/gi, "openbsd-httpd"],
  [/(?:Sun |Oracle )?GlassFish (?:Enterprise )?Server(?: Open Source Edition)? +/gi, "glassfish/"],
  [/Payara Server +/gi, "payara/"],
  [/WebSphere Application Server\b ?\/?/gi, "websphere/"],
  [/SAP NetWeaver Application Server(?: ?\/ ?(?:ABAP|Java)\b)? ?\/? ?/gi, "sap-netweaver/"],
  [/SAP J2EE Engine\//gi, "sap-j2ee-engine/"],
  [/Google Frontend\b/gi, "google-frontend"],
  [/W3 Total Cache\//gi, "w3-total-cache/"],
  [/Ruby on Rails\b/gi, "rails"],
  [/Spring[ _]Boot\b/gi, "spring-boot"],
  [/Windows Server (?=20\d\d\b)/gi, "windows-server/"],
  [/(?<![\w.])\.NET Framework[ /]v?(?=\d)/gi, "dotnetfx/"],
  [/(?:\bASP|(?<![\w.]))\.NET Core[ /]v?(?=\d)/gi, "dotnet/"],
  [/(?<![\w.])\.NET[ /]v?(?=\d)/gi, "dotnet/"],
  [/Oracle HTTP Server Powered by /gi, ""],
  [/Oracle-HTTP-Server-([\d.]{1,32})\/([\d.]{1,32})/gi, "ohs/$1 Apache/$2"],
  [/WebLogic (?:WebLogic )?Server (\d[\d.]{0,32}) SP(\d{1,3}).*$/gi, "weblogic/$1sp$2"],
  [/WebLogic (?:WebLogic )?Server (\d[\d.]{0,32}).*$/gi, "weblogic/$1"],
  // API levels, not products.
  [/\b(?:Servlet|JSP|JSF)[ /]\d[\d.]{0,16}/gi, ""],
  [/\/?\b(Tomcat|JBoss|JBossAS|JBossWeb)-(?=\d)/gi, " $1/"],
];

/** Modules of httpd repeat what httpd says, DAV and UPnP are levels of a protocol, and who calls itself httpd is not Apache's. */
const NOT_PRODUCTS = /^(mod_\w+|DAV|UPnP|codename|httpd)$/i;

const BANNER_FIELDS: readonly string[] = [
  "server",
  "x-powered-by",
  "powered-by",
  "x-generator",
  "x-server-version",
  "x-framework",
  "x-cms",
  "x-redirect-by",
];

/** Fields whose whole value is the version of one product. */
const SINGLE_PRODUCT_FIELDS: ReadonlyMap<string, string> = new Map([
  ["x-aspnet-version", "clr"],
  ["x-aspnetmvc-version", "aspnet-mvc"],
  ["x-php-version", "php"],
  ["x-jenkins", "jenkins"],
  ["x-hudson", "hudson"],
  ["x-umbraco-version", "umbraco"],
  ["liferay-portal", "liferay"],
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
  ["oracle-web-cache-10g", "web_cache"],
  ["oracleas-web-cache-10g", "web_cache"],
  ["oracle-web-cache-11g", "web_cache"],
  ["cpython", "python"],
  ["node", "nodejs"],
  ["node.js", "nodejs"],
  ["bigip", "big-ip"],
  ["ruby-on-rails", "rails"],
  ["springboot", "spring-boot"],
  ["vinyl", "varnish"],
  ["vinyl-cache", "varnish"],
  ["ats", "traffic-server"],
  ["apachetrafficserver", "traffic-server"],
  ["cloudflare-nginx", "cloudflare"],
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
  "google-frontend",
  "cloudflare",
  "cloudfront",
  "akamaighost",
  "amazons3",
  "netscaler",
  "microsoft-azure-application-gateway",
  "windows-azure-blob",
]);

/** Ids of the common language runtime: one for .NET Framework 4.0 to 4.8.1, one for 2.0 to 3.5. They say nothing of the Framework's own release. */
const CLR = /^(?:4\.0\.30319|2\.0\.50727|1\.1\.4322|1\.0\.3705)(?:\.|$)/;
const DOTNET: ReadonlySet<string> = new Set(["asp.net", "dotnet", "dotnetfx"]);

/** What numbers its releases by one number, and is named by a word and a space. */
const NUMBERED: ReadonlySet<string> = new Set([
  ...["drupal", "wordpress", "joomla", "typo3", "plone", "laravel", "django", "rails", "nodejs", "nextjs", "jetty", "tomcat", "traefik"],
]);

/** Products worth naming without a version; a word that is not one of these may be anything. */
const NAMED: ReadonlySet<string> = new Set([
  ...ALIASES.values(),
  ...CONSTANTS,
  ...NUMBERED,
  ...["nginx", "openresty", "tengine", "express", "envoy", "istio-envoy", "squid", "caddy", "haproxy", "kong", "apisix", "litespeed"],
  ...["lighttpd", "h2o", "gunicorn", "uvicorn", "hypercorn", "waitress", "daphne", "cherrypy", "werkzeug", "webrick", "puma", "cowboy"],
  ...["undertow", "glassfish", "payara", "wildfly", "weblogic", "websphere", "ibm_http_server", "openssl", "php", "php-cli-server", "perl"],
  ...["ruby", "passenger", "dotnet", "liferay"],
]);

/** Marks of builds with back-ported corrections, in comments and in version suffixes. */
const DISTRIBUTIONS: readonly (readonly [string, RegExp])[] = [
  ["ubuntu", /ubuntu|[\d-]build\d/i],
  ["debian", /debian|raspbian|[+~-]deb\d|\ddeb\d|dotdeb/i],
  ["centos", /centos/i],
  ["red-hat", /red[ -]?hat|rhel|\.el\d/i],
  ["rocky", /\brocky\b/i],
  ["alma", /alma ?linux/i],
  ["oracle", /oracle linux/i],
  ["fedora", /fedora|\.fc\d\d/i],
  ["amazon", /\bamazon\b|\.amzn\d/i],
  ["suse", /suse|sles/i],
  ["mandrake", /mandr(?:ake|iva)|\dmdk/i],
  ["alpine", /alpine/i],
];

const MAX_BANNER = 512;
const MAX_PRODUCTS = 12;
const MAX_COMPONENTS = 6;
const MAX_DIGITS = 9;
