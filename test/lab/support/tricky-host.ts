import type { ApiConditions } from "../../../src/demo/conditions.ts";
import type { RunningApi } from "../../../src/demo/servers.ts";
import type { EvidenceMap } from "../../../src/evidence/kinds.ts";
import type { ReportIntegration } from "../../../src/model/report.ts";
import { PUBLIC_ROOT } from "../../judge/public-authority.ts";
import type { HeardHello } from "../../observe/net/support/scripted-tls.ts";
import { HOST } from "./certificate-knobs.ts";
import { cleanEntry, startLab } from "./lab.ts";
import { type FrontConditions, startFront } from "./tls-front.ts";
import { STANDING } from "./tls-knobs.ts";

/** A host on loopback, and what is odd about it. */
export interface TrickyHost extends Partial<ApiConditions> {
  /** As it stands in the URL; HOST unless given. */
  readonly host?: string;
  readonly front?: FrontConditions;
  /** What the host has beside 127.0.0.1. */
  readonly addresses?: readonly string[];
  /** Connections get to the host and to this one by turns. */
  readonly behind?: Partial<ApiConditions>;
  /** In the place of the demo API: another server, at this port. */
  readonly port?: number;
}

export interface Seen {
  /** "certificate/expired leaf-rsa other-expired": everything that is said against the host, sorted. */
  readonly findings: readonly string[];
  readonly unobserved: ReportIntegration["unobserved"];
  evidence<K extends "tls" | "tls-session">(kind: K): readonly EvidenceMap[K][];
  readonly hellos: readonly HeardHello[];
}

/** One audit at full depth, with every hello that it sent. */
export async function seen({ host = HOST, front = {}, addresses = [], port, behind, ...conditions }: TrickyHost): Promise<Seen> {
  const lab = await startLab();
  const hellos: HeardHello[] = [];
  const api = await lab.start({ ...STANDING, ...conditions });
  const other = behind === undefined ? undefined : await lab.start({ ...STANDING, ...behind });
  const ports = [port ?? api.port, ...(other === undefined ? [] : [other.port])];
  const standing = await startFront(byTurns(ports));
  standing.turn({
    ...front,
    instead: (hello) => {
      hellos.push(hello);
      return front.instead?.(hello);
    },
  });
  const { report } = await lab.audit([cleanEntry({ url: `https://${host}:${standing.port}` })], {
    depth: "full",
    addresses: ["127.0.0.1", ...addresses],
    roots: [PUBLIC_ROOT.pem],
    withEvidence: true,
    withoutHistory: true,
  });
  const [integration] = report.integrations;
  if (integration === undefined) throw new Error("An audit of nothing.");
  return {
    findings: integration.findings.map(({ rule, subject, outcome }) => `${rule} ${subject} ${outcome}`).sort(),
    unobserved: integration.unobserved,
    evidence: <K extends "tls" | "tls-session">(kind: K) => (integration.evidence?.[kind] ?? []) as readonly EvidenceMap[K][],
    hellos,
  };
}

/** As a balancer has it: each connection to the next one. */
function byTurns(ports: readonly number[]): Pick<RunningApi, "host" | "port"> {
  let turn = 0;
  return {
    host: "127.0.0.1",
    get port() {
      turn += 1;
      return ports[turn % ports.length] ?? 0;
    },
  };
}
