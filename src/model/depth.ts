/** How much an audit asks (product.md section 6), sparing first. */
export const DEPTHS = ["quick", "standard", "full"] as const;
export type Depth = (typeof DEPTHS)[number];
