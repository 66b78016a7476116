/** As RFC 9562 section 4 writes them, and as they are met: whatever their version, in either case. */
export const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Vendors of Windows put them in braces. */
export const UUID_IN_BRACES = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
/** The first two groups, wherever the rest was cut. */
export const UUID_START = /^[0-9a-f]{8}-[0-9a-f]{4}-/i;
/** The first group alone. */
export const UUID_FIRST_GROUP = /^[0-9a-f]{8}-/i;
/** Among other text, with dashes and without. */
export const UUID_WITHIN = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/i;
/** Group 1 is the version; any 32 hexadecimal digits may have those of one in its place, so only with dashes and a variant. */
export const UUID_OF_VERSION = /^[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
