import type { BodyFacts, EvidenceKind, HttpResponseEvidence } from "../../evidence/kinds.ts";
import type { Observation, ProbeId } from "../../evidence/observation.ts";
import type { CredentialPort } from "../../model/credential-port.ts";
import type { Depth } from "../../model/depth.ts";
import type { Clock } from "../../model/instant.ts";
import type { Endpoint, Integration } from "../../model/integration.ts";
import type { LockFilePort } from "../../model/lock-file-port.ts";
import type { NetSession, SentCounters } from "../../model/net-port.ts";
import type { UnobservedReason } from "../../model/reason.ts";
import type { Result } from "../../model/result.ts";
import type { RunMemo } from "../../model/run-memo.ts";
import type { Secret } from "../../model/secret.ts";
import type { Target } from "../../model/target.ts";

/**
 * One question to the network. It knows no rule, opens at most `bound` connections, and returns what it saw,
 * redacted, or why it saw nothing. It never throws for what a server does.
 */
export interface Probe<K extends EvidenceKind, Question, Context extends ProbeContext = ProbeContext> {
  readonly id: ProbeId;
  readonly kind: K;
  /** Most that one call of `observe` may send, its repeats included. */
  readonly bound: (depth: Depth) => SentCounters;
  readonly observe: (question: Question, context: Context) => Promise<Observation<K>>;
}

export interface ProbeContext {
  readonly net: NetSession;
  readonly credentials: CredentialPort;
  readonly clock: Clock;
  /** Absent where no inventory lies on this machine. */
  readonly lockFiles?: LockFilePort;
  /** Where clients log in first: the token that they would send, asked for once in an audit. */
  readonly accessToken?: () => Promise<Result<Secret, UnobservedReason>>;
}

/** Of a question that many integrations ask alike. */
export interface SharingContext extends ProbeContext {
  readonly memo: RunMemo;
}

/** Asked of one address of one origin. */
export interface AddressQuestion {
  readonly target: Target;
  readonly address: string;
}

/** Asked of one declared endpoint. */
export interface EndpointQuestion extends AddressQuestion {
  readonly integration: Integration;
  readonly endpoint: Endpoint;
  /** Paths that earlier runs took for maps: kept, so that a path does not change its name with the weather. */
  readonly knownMaps: BodyFacts["maps"];
}

/** Of an endpoint, without our credential. */
export interface ProofQuestion extends EndpointQuestion {
  /** The answer with the credential, of this run, to compare with. */
  readonly authenticated?: HttpResponseEvidence;
}

export interface UnauthenticatedQuestion extends ProofQuestion {
  readonly level: "headers" | "shape" | "full";
}
