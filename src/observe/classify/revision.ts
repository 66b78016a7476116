/** Goes up whenever the same body would give other facts: the change is then ours, not the provider's. */
export const CLASSIFIER_REVISION = 3;
