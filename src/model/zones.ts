/** The availability zones of a region that an account can use, or why they are not known. */
export type ZonesAnswer = { zones: string[] } | { reason: string };
