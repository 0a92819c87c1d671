import { asText } from '../base/text.js';
import { isSecretName } from './secret-name.js';

/** How a program takes secrets by switches whose names don't say so. */
interface Program {
  /** A pattern of its name. */
  name: string;
  /** Switches that the secret follows (`-p x`), or is attached to (`-px`). */
  next?: readonly string[];
  attached?: readonly string[];
  /** Switches that `user:secret` follows. */
  user?: readonly string[];
  /** Which word after the name is the secret, counted without switches. */
  word?: number;
}

const PROGRAMS: readonly Program[] = [
  { name: 'mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb|mariadb-dump', attached: ['-p'] },
  { name: 'sshpass', next: ['-p'], attached: ['-p'] },
  { name: 'curl|wget|http|https|xh', user: ['-u', '--user', '-U', '--proxy-user', '-a', '--auth'] },
  { name: 'redis-cli|valkey-cli', next: ['-a'] },
  { name: '(?:docker|podman|helm registry|oc|az|nerdctl|buildah)\\s{1,4}login', next: ['-p'], attached: ['-p'] },
  { name: 'mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport', next: ['-p'] },
  { name: 'ldap(?:search|add|modify|delete|whoami|passwd)', next: ['-w', '-s'], attached: ['-w'] },
  { name: 'sqlcmd|bcp|isql|tsql', next: ['-P'], attached: ['-P'] },
  { name: 'cqlsh|rabbitmqadmin|clickhouse-client', next: ['-p'] },
  { name: 'mosquitto_(?:pub|sub)', next: ['-P'] },
  { name: 'zip|unzip', next: ['-P'], attached: ['-P'] },
  { name: '7za?', attached: ['-p'] },
  { name: 'openssl', next: ['-k', '-K', '-passin', '-passout'] },
  { name: 'net\\s{1,4}user', word: 2 },
  { name: 'rabbitmqctl\\s{1,4}(?:add_user|change_password)', word: 2 },
  { name: 'vault\\s{1,4}login', word: 1 },
  { name: 'htpasswd', word: 3 },
];

const NAMES = new RegExp(`(?<![\\w.-])(?:${PROGRAMS.map(({ name }) => `(${name})`).join('|')})(?:\\.exe)?(?=\\s)`, 'g');
/** Arguments end with the line, or where another command begins. */
const END = /(?<!\\)\n|[;|]|&&/;
const LONGEST_LINE = 4000;

/** Where in a text secrets stand as arguments of programs; `after` the user's name and a colon, where one leads. */
export function secretArguments(text: string): number[] {
  const found: number[] = [];
  const matches = [...text.matchAll(NAMES)];
  for (const [index, match] of matches.entries()) {
    const program = PROGRAMS[match.slice(1).findIndex((group) => group !== undefined)];
    const start = match.index + match[0].length;
    const rest = text.slice(start, Math.min(start + LONGEST_LINE, matches[index + 1]?.index ?? text.length));
    const [line = ''] = rest.split(END, 1);
    if (program !== undefined) found.push(...argumentsOf(program, line).map((at) => start + at));
  }
  return found;
}

function argumentsOf({ next = [], attached = [], user = [], word }: Program, line: string): number[] {
  const found: number[] = [];
  let words = 0;
  for (const { index, 0: token } of line.matchAll(/(?<!\S)\S+/g)) {
    const after = index + token.length;
    const following = /^[\s\\]{1,80}(?=[^\s-])/.exec(line.slice(after, after + 100))?.[0];
    const value = following === undefined ? undefined : after + following.length;
    if (next.includes(token) && value !== undefined) found.push(value);
    else if (user.includes(token) && value !== undefined) found.push(...afterColon(line, value));
    else {
      const joined = attached.find((each) => token.startsWith(each) && token.length > each.length);
      if (joined !== undefined) found.push(index + joined.length);
      else if (!token.startsWith('-')) {
        words += 1;
        if (words === word) found.push(index);
      }
    }
  }
  return found;
}

/** `user:secret`, quoted or not. */
function afterColon(line: string, at: number): number[] {
  const user = /^\\?["']?[^\s:"']{0,200}[:%]/.exec(line.slice(at, at + 210))?.[0];
  return user === undefined ? [] : [at + user.length];
}

/** Which items of a list of arguments are secrets, or hold one: what follows `--token`, `-psecret`, `user:secret`. */
export function secretItems(items: readonly unknown[]): Set<number> {
  const found = new Set<number>();
  // Most lists are none of words, and every list is asked.
  if (!items.some((item) => typeof item === 'string')) return found;
  const first = items.slice(0, 4).map(asText);
  const program = isRun(first, ANY_START) ? PROGRAMS.find((_, index) => isRun(first, STARTS[index])) : undefined;
  const { next = [], attached = [], user = [] } = program ?? {};
  for (const [index, item] of items.entries()) {
    if (typeof item !== 'string') continue;
    const value = items[index + 1];
    const hasValue = typeof value === 'string' && !/^-[A-Za-z-]/.test(value);
    const isSwitch = /^--?[A-Za-z][\w-]{0,80}$/.test(item);
    const isTelling = isSecretName(item) || next.includes(item) || (user.includes(item) && /[:%]/.test(asText(value)));
    if (isSwitch && hasValue && isTelling) found.add(index + 1);
    if (attached.some((each) => item.startsWith(each) && item.length > each.length)) found.add(index);
  }
  return found;
}

/** How each program is called, by whatever path. */
const STARTS = PROGRAMS.map(({ name }) => startOf(name));
/** Hardly a list calls one: all are looked for at once. */
const ANY_START = startOf(PROGRAMS.map(({ name }) => name).join('|'));

function startOf(names: string): RegExp {
  return new RegExp(`^(?:\\S*/)?(?:${names})$`);
}

/** Whether one of the first items is a program, which may be two words (`docker login`). */
function isRun(first: readonly string[], name: RegExp | undefined): boolean {
  return first.some((item, index) => name?.test(item) || name?.test(`${item} ${first[index + 1]}`));
}
