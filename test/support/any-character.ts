import fc from 'fast-check';

/** Any character of Unicode, for texts; fast-check's own, `binary`, takes most of a second to be made. */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(0x10_ff_ff).map((code) => String.fromCodePoint(code));
