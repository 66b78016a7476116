import { describedAnswers } from "../inventory/openapi.ts";
import type { Integration } from "../model/integration.ts";
import type { LockFilePort } from "../model/lock-file-port.ts";

/** The integration with what the provider's description says of its endpoints; as it is where none is named, or none can be read. */
export async function withDescriptions(integration: Integration, lockFiles: LockFilePort | undefined): Promise<Integration> {
  const { openapi, endpoints, baseUrl } = integration;
  if (openapi === undefined || lockFiles === undefined || endpoints.length === 0) return integration;
  const file = await lockFiles.read(openapi);
  const described = file.ok ? describedAnswers(file.value.text, endpoints, new URL(baseUrl).pathname.replace(/\/$/, "")) : undefined;
  if (described === undefined) return integration;
  const withAnswer = (endpoint: Integration["endpoints"][number]) => {
    const answer = described.get(endpoint.id);
    return answer === undefined ? endpoint : { ...endpoint, described: answer };
  };
  return { ...integration, endpoints: endpoints.map(withAnswer) };
}
