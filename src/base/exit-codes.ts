/** The contract of exit codes; those of a finished scan are in its report's summary. */
export const EXIT = { inSync: 0, drift: 1, error: 2, unverified: 3, interrupted: 130, terminated: 143 } as const;
