import type { Form } from './meaning.js';

/** For keywords, header names and identifiers that a service keeps in lower case. */
export const lowerCase: Form = { name: 'case', of: (text) => text.toLowerCase() };

/** Words of a keyword joined in another way: `RSA_2048` and `RSA-2048`, EC2 Fleet's `lowestPrice` and `lowest-price`. */
export const wordBreaks: Form = {
  name: 'word-breaks',
  of: (text) => (/^[\w-]+$/.test(text) ? text.replace(/[_-]/g, '') : text),
};

/** Hexadecimal digits: no case, and colons between bytes are for the eye. */
export const hexDigits: Form = {
  name: 'hex-digits',
  of: (text) => (/^[0-9a-f:]+$/i.test(text) ? text.replaceAll(':', '').toLowerCase() : text),
};

/** Without the newlines at the end of a text of several lines; services trim documents. */
export const finalNewline: Form = {
  name: 'final-newline',
  of(text) {
    if (!text.includes('\n')) return text;
    // A pattern for the end of a text takes quadratic time where newlines abound.
    let end = text.length;
    while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end -= 1;
    return text.slice(0, end);
  },
};

/** Without blanks around; for what services trim. */
export const trimmed: Form = { name: 'trimmed', of: (text) => text.trim() };

/** A folder or prefix with and without the slash at its end. */
export const finalSlash: Form = {
  name: 'final-slash',
  of: (text) => (text.length > 1 && text.endsWith('/') ? text.slice(0, -1) : text),
};

/** A URL without the scheme that is understood: an identity provider is always asked by HTTPS. */
export const httpsScheme: Form = { name: 'https-scheme', of: (text) => text.replace(/^https:\/\//i, '') };

/** YAML or JSON: the notation that a document was written in, which a service may change with the document. */
export const notation: Form = { name: 'notation', of: (text) => (/^(?:yaml|json)$/i.test(text) ? 'json' : text) };

/** The key of an SSH public key line without the comment behind it (`ssh-ed25519 AAAA… comment`, sshd(8)). */
export const sshKeyComment: Form = {
  name: 'ssh-key-comment',
  of: (text) => /^(?:ssh|ecdsa|sk)-[\w@.-]+ [\w+/=]+(?=\s|$)/.exec(text)?.[0] ?? text,
};

/** Redis access rules without the `-@all` that every user starts with (https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/). */
export const accessString: Form = {
  name: 'access-string',
  of(text) {
    const rules = text.trim().split(/\s+/);
    const first = rules.findIndex((rule) => /^[+-]/.test(rule));
    return rules.filter((rule, index) => index !== first || rule !== '-@all').join(' ');
  },
};
