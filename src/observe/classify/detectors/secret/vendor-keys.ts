/** How the keys of one vendor look. The shapes are the vendors' own documentation and what public secret scanners agree on. */
export interface VendorKey {
  /** The note of a finding. */
  readonly vendor: string;
  readonly shape: RegExp;
  /** Works in the vendor's sandbox only. */
  readonly test?: RegExp;
  /** The last six characters are a CRC-32 of the thirty before. */
  readonly checksum?: true;
  /** The public half of a pair: it is a secret's name rather than a secret. */
  readonly identifier?: true;
}

/** The vendor's shape that fits the whole text; one look at the first characters rules most texts out. */
export function vendorKeyOf(text: string): VendorKey | undefined {
  if (text.length < 16 || text.length > MAX_KEY || !BEGINNINGS.test(text)) return undefined;
  return VENDOR_KEYS.find(({ shape }) => shape.test(text));
}

const MAX_KEY = 512;
const VENDOR_KEYS: readonly VendorKey[] = [
  { vendor: "aws", shape: /^(?:AKIA|ASIA)[A-Z2-7]{16}$/, identifier: true },
  { vendor: "aws", shape: /^(?:AKIA|ASIA)[A-Z0-9]{16}$/, identifier: true, test: /^/ },
  { vendor: "github", shape: /^gh[pousr]_[A-Za-z0-9]{36}$/, checksum: true },
  { vendor: "github", shape: /^gh[pousr]_[A-Za-z0-9]{37,255}$/ },
  { vendor: "github", shape: /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/ },
  { vendor: "gitlab", shape: /^gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w.-]{20,200}$/ },
  { vendor: "slack", shape: /^xox[abcdeoprs]-[\w-]{10,200}$/ },
  { vendor: "slack", shape: /^xapp-\d-[A-Z0-9]+-\d+-[a-f0-9]{32,}$/ },
  { vendor: "stripe", shape: /^[sr]k_(?:live|test)_[A-Za-z0-9]{16,247}$/, test: /^.k_test_/ },
  { vendor: "google", shape: /^AIza[\w-]{35}$/ },
  { vendor: "sendgrid", shape: /^SG\.[\w-]{16,32}\.[\w-]{32,64}$/ },
  { vendor: "npm", shape: /^npm_[A-Za-z0-9]{36}$/, checksum: true },
  { vendor: "openai", shape: /^sk-(?:proj|svcacct|admin|None)-[\w-]{20,200}$/ },
  { vendor: "openai", shape: /^sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}$/ },
  { vendor: "anthropic", shape: /^sk-ant-[\w-]{20,200}$/ },
  { vendor: "mailgun", shape: /^key-[0-9a-f]{32}$/ },
  { vendor: "mailchimp", shape: /^[0-9a-f]{32}-us\d{1,2}$/ },
  { vendor: "brevo", shape: /^xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}$/ },
  { vendor: "digitalocean", shape: /^do[opr]_v1_[0-9a-f]{64}$/ },
  { vendor: "shopify", shape: /^shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}$/ },
  { vendor: "square", shape: /^(?:EAAA[\w-]{56,60}|sq0(?:atp|csp)-[\w-]{22,43})$/ },
  { vendor: "huggingface", shape: /^hf_[A-Za-z]{34}$/ },
  { vendor: "telegram", shape: /^\d{8,10}:AA[\w-]{33}$/ },
  { vendor: "pypi", shape: /^pypi-AgEIcHlwaS5vcmc[\w-]{50,400}$/ },
  { vendor: "docker", shape: /^dckr_(?:pat|oat)_[\w-]{20,60}$/ },
  { vendor: "atlassian", shape: /^ATATT3[\w=-]{150,250}$/ },
  { vendor: "linear", shape: /^lin_api_[A-Za-z0-9]{40}$/ },
  { vendor: "notion", shape: /^(?:ntn_|secret_)[A-Za-z0-9]{43,46}$/ },
  { vendor: "postman", shape: /^PMAK-[0-9a-f]{24}-[0-9a-f]{34}$/ },
  { vendor: "newrelic", shape: /^NR(?:AK|AA)-[A-Z0-9]{27}$/ },
  { vendor: "grafana", shape: /^gl(?:sa|c)_[\w=+/-]{32,400}$/ },
  { vendor: "vault", shape: /^hv[sbr]\.[\w-]{24,300}$/ },
  { vendor: "databricks", shape: /^dapi[0-9a-f]{32}(?:-\d)?$/ },
  { vendor: "planetscale", shape: /^pscale_(?:tkn|pw|oauth)_[\w.-]{32,64}$/ },
  { vendor: "supabase", shape: /^sb(?:p_[0-9a-f]{40}|_secret_[\w-]{20,60})$/ },
  { vendor: "resend", shape: /^re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}$/ },
  { vendor: "doppler", shape: /^dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,80}$/ },
  { vendor: "heroku", shape: /^HRKU-[\w-]{36,64}$/ },
  { vendor: "sentry", shape: /^sntry[su]_[\w=+/-]{40,400}$/ },
  { vendor: "figma", shape: /^figd_[\w-]{36,50}$/ },
  { vendor: "airtable", shape: /^pat[A-Za-z0-9]{14}\.[0-9a-f]{64}$/ },
  { vendor: "pulumi", shape: /^pul-[0-9a-f]{40}$/ },
  { vendor: "rubygems", shape: /^rubygems_[0-9a-f]{48}$/ },
  { vendor: "groq", shape: /^gsk_[A-Za-z0-9]{48,56}$/ },
  { vendor: "perplexity", shape: /^pplx-[A-Za-z0-9]{48,56}$/ },
  { vendor: "replicate", shape: /^r8_[A-Za-z0-9]{37}$/ },
  { vendor: "tailscale", shape: /^tskey-(?:api|auth|client)-[A-Za-z0-9]{10,20}-?[A-Za-z0-9]{0,40}$/ },
  { vendor: "netlify", shape: /^nfp_[A-Za-z0-9]{36}$/ },
  { vendor: "buildkite", shape: /^bkua_[0-9a-f]{40}$/ },
  { vendor: "cloudflare", shape: /^cf[au]t_[A-Za-z0-9]{48}$/ },
  { vendor: "dropbox", shape: /^sl\.[\w-]{130,500}$/ },
  { vendor: "duffel", shape: /^duffel_(?:live|test)_[\w=-]{43}$/, test: /^duffel_test/ },
  { vendor: "easypost", shape: /^EZ[AT]K[A-Za-z0-9]{54}$/, test: /^EZTK/ },
  { vendor: "hubspot", shape: /^pat-(?:na|eu)\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  { vendor: "shippo", shape: /^shippo_(?:live|test)_[0-9a-fA-F]{40}$/, test: /^shippo_test/ },
  { vendor: "flutterwave", shape: /^FLWSECK(?:_TEST)?-[0-9a-hA-H]{12,64}(?:-X)?$/, test: /^FLWSECK_TEST/ },
  { vendor: "openrouter", shape: /^sk-or-v1-[0-9a-f]{64}$/ },
  { vendor: "pinecone", shape: /^pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{40,70}$/ },
  { vendor: "langsmith", shape: /^lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}$/ },
  { vendor: "nvidia", shape: /^nvapi-[\w-]{60,70}$/ },
  { vendor: "xai", shape: /^xai-[A-Za-z0-9]{80}$/ },
  { vendor: "dynatrace", shape: /^dt0[a-zA-Z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}$/ },
  { vendor: "contentful", shape: /^CFPAT-[\w-]{43}$/ },
  { vendor: "mapbox", shape: /^[st]k\.eyJ[\w-]{20,200}\.[\w-]{20,60}$/ },
];
const BEGINNINGS =
  /^(?:A[KS]IA|gh._|github|gl|xox|xapp|[sr]k[_.-]|AIza|SG\.|npm_|key-|[0-9a-f]{32}-us|xkeysib|do._v1|shp|shippo|EAAA|sq0|hf_|\d{8,10}:AA|pypi-|dckr_|ATATT|lin_|ntn_|secret_|PMAK|NR|hv|dapi|pscale|sb|re_|dp\.|HRKU|sntry|figd|pat|pul-|rubygems|gsk_|pplx-|r8_|tskey|nfp_|bkua|cf[au]t_|sl\.|duffel_|EZ[AT]K|FLWSECK|pcsk_|lsv2_|nvapi-|xai-|dt0|CFPAT|tk\.)/;
