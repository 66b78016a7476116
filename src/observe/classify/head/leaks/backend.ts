import type { LeakKind } from "../../../../model/head-facts.ts";
import { isMachineName } from "../../../../model/internal-names.ts";

/** Who answered behind the front: machines, pods and containers, environments, accounts of clouds. */
export function backendLeaks(field: string, value: string): readonly LeakKind[] {
  const found: readonly (readonly [LeakKind, boolean])[] = [
    ["instance-name", namesBackend(field) && partsOf(value).some((word) => isInstance(field, word))],
    ["environment", namesEnvironment(field, value)],
    ["account-id", holdsAccount(field, value)],
  ];
  return found.filter(([, is]) => is).map(([what]) => what);
}

/** Banners are looked at with care for the software in them (internalNames). */
function namesBackend(field: string): boolean {
  return BACKEND_FIELDS.test(field) && field !== "server";
}

/** Host names that somebody gave or a platform made; what content networks call their public places is none. */
function isInstance(field: string, word: string): boolean {
  if (PUBLIC_PLACES.some((place) => place.test(word)) || NAMED_BY_ADDRESS.test(word)) return false;
  if (CONTAINER_FIELDS.test(field) && /^[\da-f]{12}$/.test(word) && /\d/.test(word) && /[a-f]/.test(word)) return true;
  if (EXCHANGE_FIELDS.test(field) && /^[A-Z][A-Z\d-]{2,14}\d{1,4}$/.test(word)) return true;
  return isMachineName(word);
}

function namesEnvironment(field: string, value: string): boolean {
  const isNamed = ENVIRONMENT_FIELDS.test(field);
  if (!isNamed && !namesBackend(field)) return false;
  const words = partsOf(value).filter((word) => !PUBLIC_PLACES.some((place) => place.test(word)));
  const parts = words.flatMap((word) => word.toLowerCase().split(/[^a-z\d]+/)).slice(0, MAX_WORDS);
  if (words.some((word) => /^(?:non|pre|not)[-_]?prod(?:uction)?\b/i.test(word) || /\b(?:non|pre)[-_]?prod/i.test(word))) return true;
  if (parts.some((part) => /^(?:prod|prd|production|live)\d*$/.test(part))) return false;
  return parts.some((part) => TEST_WORDS.test(part) || (isNamed && NAMED_TEST_WORDS.test(part)));
}

function holdsAccount(field: string, value: string): boolean {
  return ACCOUNTS.some((account) => account.test(value)) || (/aws[-_]?account/.test(field) && /^\d{12}$/.test(value));
}

function partsOf(value: string): readonly string[] {
  return value
    .slice(0, MAX_TEXT)
    .split(/[\s,;|=()"'/:@[\]]+/)
    .filter((word) => word !== "" && word.length <= MAX_WORD)
    .slice(0, MAX_WORDS);
}

const MAX_TEXT = 2048;
const MAX_WORD = 253;
const MAX_WORDS = 100;
/** Fields whose value is who answered. */
const BACKEND_FIELDS =
  /^(?:x-)?(?:app-)?(?:backend|back-end|upstream|server|node|host|hostname|instance|pod|container|machine|worker|replica|shard-host|origin)(?:-?(?:server|host|hostname|name|id|ip|addr|address|node|pod|state|used))?$|^x-?(?:served|handled|processed|generated|answered|responded|powered-node)-?by$|^x-(?:be|fe|calculatedbe)(?:server|target)$|^(?:x-diaginfo|x-okta-backend|x-varnish-(?:backend|host|server)|x-lsadc-backend|x-haproxy-(?:backend|server|server-state)|x-nginx-(?:host|hostname|ip|upstream)|x-transip-(?:backend|balancer)|x-azhost|x-ms-ests-server|x-fw-server|x-platform-server|x-envoy-(?:original-dst-host|upstream-host|decorator-operation|upstream-healthchecked-cluster)|x-evy-trace-served-by-pod|fastly-request-backend|magestack-web-node|pega-host|host-header|response_server|x-cluster(?:-name|-node)?|x-namespace|x-kubernetes-(?:pod|node|namespace)|x-k8s-(?:pod|node|namespace)|x-origin-server|x-web-?node|x-web-?server|x-app-?server|x-app-?node|x-slot|x-target-group|x-server-instance|x-host-id|x-proxy-(?:node|host|backend)|x-router-host|x-amzn-remapped-host)$/;
const CONTAINER_FIELDS = /container|pod|hostname|kubernetes|k8s/;
const EXCHANGE_FIELDS = /^x-(?:beserver|feserver|calculatedbetarget|diaginfo|machine|machine-name|server-?name)$/;
/** Of content networks and clouds: an airport's code, a region, a zone. */
const PUBLIC_PLACES: readonly RegExp[] = [
  /^cache-[a-z]{2,6}[\w-]*-[A-Z]{3}$/,
  /^[A-Z]{3}\d{1,3}(?:-[A-Z]\d{1,2})?$/,
  /^(?:us|eu|ap|sa|ca|me|af|il|cn|mx|europe|asia|northamerica|southamerica|australia|africa|us-gov)(?:-[a-z]+)+-?\d{1,2}(?:-?[a-f])?$/,
  /^(?:north|south|east|west|central|us|uk|eu|brazil|japan|korea|france|germany|india|australia|canada)[a-z]*\d$/,
  /^(?!(?:web|www|app|api|srv|svr|prd|box)\d)[a-z]{3}\d{1,2}$/,
];
/** The address says it already. */
const NAMED_BY_ADDRESS = /^ip-\d/i;
const ENVIRONMENT_FIELDS =
  /^(?:x-)?(?:[\w.]{1,20}-)?(?:env|environment|stage|deployment-env|deployment-stage|deploy-env|app-env|slot|slotname|profile|application-context|landscape)(?:-name)?$/;
const TEST_WORDS =
  /^(?:staging|stage|stg|dev|devel|develop|development|test|tst|testing|uat|qa|sandbox|sbx|preprod|preproduction|nonprod|nonproduction)\d{0,3}$/;
/** These mean something else elsewhere. */
const NAMED_TEST_WORDS = /^(?:local|localdev|demo|int|integration|acceptance|acc|preview|beta)\d{0,3}$/;
const ACCOUNTS: readonly RegExp[] = [
  /\barn:aws[\w-]{0,20}:[\w-]{1,40}:[\w-]{0,30}:\d{12}(?::|$)/,
  /\b\d{12}\.dkr\.ecr\.[\w-]{1,30}\.amazonaws\.com\b/,
  /\bsqs\.[\w-]{1,30}\.amazonaws\.com\/\d{12}\//,
  /\/subscriptions\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/i,
  /\b[a-z][\w-]{1,62}@[a-z][\w-]{1,62}\.iam\.gserviceaccount\.com\b/,
  // The id of a key tells whose it is, and opens nothing. In a signed URL, where its scope follows, it is what one expects.
  /(?<![\w/+.-])(?:AKIA|ASIA)(?![A-Z2-7]{0,9}EXAMPLE)[A-Z2-7]{16}(?![\w/+.%=-])/,
  /\bprojects\/[a-z\d][\w-]{4,62}\/(?:locations|topics|subscriptions|secrets|instances|regions|zones|serviceAccounts)\//,
];
