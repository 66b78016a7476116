/**
 * The text of a first `apirisk.yaml`, valid as it stands: one integration per origin, or one example.
 * @param origins https or http origins, as adHocIntegration gives them
 */
export function starterInventory(origins: readonly string[] = ["https://api.example.com"]): string {
  const taken = new Set<string>();
  return `${HEAD}${origins.map((origin) => entry(origin, freeId(origin, taken))).join("")}`;
}

function entry(origin: string, id: string): string {
  return `  - id: ${id}
    baseUrl: ${origin}
    # owner: payments-team          # who acts on a finding
    # criticality: high             # experimental | low | medium | high | critical
    # dataClasses: [email]          # what may come back; anything else is reported
    # auth: { scheme: bearer, in: header, name: Authorization, prefix: Bearer, credential: env:API_TOKEN }
    endpoints:
      - id: root
        request: GET /              # listing it states that calling it for an audit is fine
`;
}

/** api.example.com becomes api-example-com; a second one of that name gets a number. */
function freeId(origin: string, taken: Set<string>): string {
  const host = origin.replace(/^https?:\/\//, "").toLowerCase();
  const slug =
    host
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 56)
      .replace(/-$/, "") || "integration";
  let id = slug;
  for (let count = 2; taken.has(id); count++) id = `${slug}-${count}`;
  taken.add(id);
  return id;
}

const HEAD = `# The APIs that our software depends on. Check it with: apirisk inventory validate
# A secret never stands here, only where it is: env:NAME, file:PATH or exec:COMMAND.
# Before one is sent, bind it to its origin on your machine: apirisk credential trust ID
version: 1
defaults: { environment: production }
integrations:
`;
