import { type DatedFacts, loadFacts } from "./load.ts";

/** Releases of one product that share an end of life, newest cycle first. */
export interface ProductLife {
  /** Id as in banners: "httpd". */
  readonly product: string;
  /** "Apache HTTP Server" */
  readonly name: string;
  /** Page of the product at the source of these facts. */
  readonly page: string;
  readonly cycles: readonly ReleaseCycle[];
}

export interface ReleaseCycle {
  /** The leading numbers that its releases share: "8", "2.4", "1.1.1". */
  readonly cycle: string;
  /** Last supported ISO day; null where it is supported and no end was announced. */
  readonly endOfLife: string | null;
  /** Where the same number is several releases that do not end together: last supported ISO day of the first of them; `endOfLife` is the last one's. */
  readonly endsFrom?: string;
  /** Last ISO day of support that somebody may have paid for. */
  readonly extendedUntil?: string;
  /** The newest release of this cycle when the facts were taken: "2.4.68". Absent where it was not noted. */
  readonly newest?: string;
}

/** Undefined for a product of which we know nothing. */
export function productLife(product: string): ProductLife | undefined {
  return facts().products.find((life) => life.product === product);
}

/** Everything that is known, by product. */
export function productLives(): readonly ProductLife[] {
  return facts().products;
}

/** ISO day on which these facts were taken: what was released after it is not in them. */
export function endOfLifeRetrieved(): string {
  return facts().retrieved;
}

interface EndOfLifeFacts extends DatedFacts {
  readonly products: readonly ProductLife[];
}

function facts(): EndOfLifeFacts {
  return loadFacts("end-of-life", isEndOfLifeFacts);
}

function isEndOfLifeFacts(candidate: unknown): candidate is EndOfLifeFacts {
  const { products } = candidate as Partial<EndOfLifeFacts>;
  return Array.isArray(products) && products.every(isProductLife);
}

function isProductLife(candidate: unknown): candidate is ProductLife {
  const { product, name, page, cycles } = candidate as Partial<ProductLife>;
  return [product, name, page].every((text) => typeof text === "string") && Array.isArray(cycles) && cycles.every(isCycle);
}

function isCycle(candidate: unknown): candidate is ReleaseCycle {
  const { cycle, endOfLife, endsFrom, extendedUntil, newest } = candidate as Partial<ReleaseCycle>;
  return (
    isVersion(cycle) &&
    (endOfLife === null || isDay(endOfLife)) &&
    (endsFrom === undefined || (isDay(endsFrom) && isDay(endOfLife) && endsFrom < endOfLife)) &&
    (extendedUntil === undefined || (isDay(extendedUntil) && (endOfLife === null || extendedUntil > endOfLife))) &&
    (newest === undefined || (isVersion(newest) && `${newest}.`.startsWith(`${cycle}.`)))
  );
}

function isVersion(text: unknown): text is string {
  return typeof text === "string" && /^\d+(\.\d+)*$/.test(text);
}

function isDay(text: unknown): text is string {
  return typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text);
}
