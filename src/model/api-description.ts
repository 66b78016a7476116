/** What the provider's description says of an endpoint's good answer. Paths are declared paths (model/declared-path). */
export interface ApiDescription {
  readonly state: "described" | "not-described";
  /** Every field that it names, sorted; none where it says nothing of the endpoint. */
  readonly paths: readonly string[];
  /** Places of which it may say more, where it was not read: in another document, or beyond our limits. Sorted, each with `.*`. */
  readonly unread: readonly string[];
}
