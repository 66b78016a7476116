import { stringify } from "yaml";
import type { CredentialBinding } from "../model/credential-port.ts";
import { isoInstant } from "../model/instant.ts";
import { createAuthority } from "./certificates.ts";
import { createInventor } from "./inventor.ts";
import { type EstateMember, estateMembers } from "./members.ts";
import { type RunningApi, startApi } from "./servers.ts";

/** A company's outside world, good and bad, on loopback. Everything is in memory and new each time. */
export interface Estate {
  /** The authority that vouches for all of it but the self-signed. */
  readonly caPem: string;
  /** Text of an apirisk.yaml that lists every API. */
  readonly inventory: string;
  /** Environment variables that the inventory's credential references name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Every reference, bound to the origin that it is meant for. */
  readonly bindings: readonly CredentialBinding[];
  /** Every secret and personal value of the estate: none may be written anywhere. */
  readonly canaries: readonly string[];
  /** By integration id. */
  readonly apis: ReadonlyMap<string, RunningApi>;
  /** Three providers let things slip. Says what each of them did. */
  worsen(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function startEstate(now: Date): Promise<Estate> {
  const authority = createAuthority();
  const inventor = createInventor();
  const members = estateMembers(now, inventor);
  const tenants = await Promise.all(
    members.map(async (member): Promise<Tenant> => {
      const conditions = { ...member.conditions, auth: member.access.required };
      return { member, api: await startApi({ authority, now }, conditions) };
    }),
  );
  return {
    caPem: authority.certificatePem,
    inventory: inventoryOf(tenants),
    secrets: secretsOf(members),
    bindings: bindingsOf(tenants, now),
    canaries: inventor.inventions(),
    apis: new Map(tenants.map(({ member, api }) => [member.id, api])),
    worsen: () => worsen(tenants),
    close: async () => {
      await Promise.all(tenants.map(({ api }) => api.close()));
    },
  };
}

interface Tenant {
  readonly member: EstateMember;
  readonly api: RunningApi;
}

function inventoryOf(tenants: readonly Tenant[]): string {
  const integrations = tenants.map(({ member, api }) => ({
    id: member.id,
    ...member.declared,
    network: "internal",
    baseUrl: api.url,
    auth: member.access.declared,
  }));
  return stringify({ version: 1, defaults: { environment: "production" }, integrations });
}

function secretsOf(members: readonly EstateMember[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.flatMap(({ access: { secret } }) => (secret === undefined ? [] : [[secret.variable, secret.value]])));
}

function bindingsOf(tenants: readonly Tenant[], now: Date): readonly CredentialBinding[] {
  return tenants.flatMap(({ member, api }) => {
    const { credential } = member.access.declared;
    return credential === undefined ? [] : [{ reference: credential, origin: api.url, trustedAt: isoInstant(now.getTime()) }];
  });
}

async function worsen(tenants: readonly Tenant[]): Promise<readonly string[]> {
  const changed = tenants.map(async ({ member, api }) => {
    if (member.worse === undefined) return [];
    await api.change(member.worse.conditions);
    return [member.worse.said];
  });
  return (await Promise.all(changed)).flat();
}
