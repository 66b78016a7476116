/** Milliseconds that clocks may differ by: authorities date certificates back by an hour for it, and one without NTP is minutes off. */
export const TOLERATED_SKEW = 5 * 60_000;
