import type { DataClass } from "./data-class.ts";
import type { UnobservedReason } from "./reason.ts";

/** What an inventory could say of the endpoints of one integration, by what they sent: for a person to take out what is not needed. */
export interface Proposal {
  readonly integration: string;
  readonly endpoints: readonly ProposedEndpoint[];
}

export interface ProposedEndpoint {
  readonly id: string;
  /** Why nothing is proposed. */
  readonly reason?: UnobservedReason;
  /** Paths below which nothing stands, or places that stand for several, sorted; none where nothing was seen. */
  readonly fields: readonly ProposedField[];
  /** Sensitive ones that were seen in the clear and may be declared, sorted. */
  readonly classes: readonly DataClass[];
  /** Absent where there is no list. */
  readonly maxRecords?: number;
}

export interface ProposedField {
  readonly path: string;
  /** Sensitive ones that stand there, sorted. */
  readonly classes: readonly { readonly class: DataClass; readonly masked: boolean }[];
  /** It holds a secret that no declaration excuses: nobody should need it. */
  readonly secret?: true;
  /** So many fields were seen at and below the place that `path` names with `.*`: an inventory could not name them one by one. */
  readonly standsFor?: number;
  /** An inventory does not take it, nor a place above it that is less than the whole answer. */
  readonly unwritable?: true;
  /** Keys that are data stand among named fields there: declared, it would cover every field that comes. */
  readonly coversMore?: true;
}
