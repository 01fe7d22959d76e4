/** What the page says. Pure. */

const SHORT = new Set(["emr", "emt", "aemt"]);

/** A care level as people write it. */
export const levelWords = (level: string): string => (SHORT.has(level) ? level.toUpperCase() : level);
