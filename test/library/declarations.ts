import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A declaration file of `dist/`: what it declares, by name, and which names it takes from where. */
interface Module {
  declarations: Map<string, string>;
  origins: Map<string, { path: string; name: string }>;
}

/** What a caller can name and what that is made of, as declarations without comments. */
export interface Api {
  exported: Map<string, string>;
  reached: Map<string, string>;
}

const STATEMENT = /^(?=(?:export|import|declare|interface|type|function|class|const)\b)/m;
const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|function|class|const) (\w+)/;
const FROM = /^(?:import|export) (?:type )?\{([^}]*)\} from '(\.[^']*)\.js';/;

/** The API of a declaration file, with everything of this package that its declarations name. */
export function apiOf(entry: string): Api {
  const modules = new Map<string, Module>();
  const exported = new Map<string, string>();
  const reached = new Map<string, string>();
  const seen = new Set<string>();
  const waiting: (() => void)[] = [];
  const load = (path: string) => modules.get(path) ?? keep(modules, path);

  function visit(path: string, name: string, into: Map<string, string>): void {
    const { declarations, origins } = load(path);
    const origin = origins.get(name);
    if (origin !== undefined) {
      visit(origin.path, origin.name, into);
      return;
    }
    const text = declarations.get(name);
    if (text === undefined || seen.has(`${path} ${name}`)) return;
    seen.add(`${path} ${name}`);
    into.set(name, text);
    waiting.push(() => {
      for (const word of new Set(text.match(/\b[A-Za-z_]\w*/g))) visit(path, word, reached);
    });
  }

  for (const name of load(entry).origins.keys()) visit(entry, name, exported);
  for (let next = waiting.shift(); next; next = waiting.shift()) next();
  return { exported, reached };
}

function keep(modules: Map<string, Module>, path: string): Module {
  const found: Module = { declarations: new Map(), origins: new Map() };
  const text = readFileSync(path, 'utf8').replace(/[ \t]*\/\*\*?[\s\S]*?\*\/\n?/g, '');
  for (const statement of text.split(STATEMENT)) {
    const [, names, from] = FROM.exec(statement) ?? [];
    const [, declared] = DECLARED.exec(statement) ?? [];
    if (declared !== undefined) found.declarations.set(declared, inShort(statement));
    if (names === undefined || from === undefined) continue;
    for (const each of names.split(',').map((one) => one.trim().replace(/^type /, ''))) {
      const [name = '', as = name] = each.split(' as ');
      if (name !== '') found.origins.set(as, { path: `${join(dirname(path), from)}.d.ts`, name });
    }
  }
  modules.set(path, found);
  return found;
}

/** Without words that only the compiler needs, and with what is short in one line. */
function inShort(statement: string): string {
  return statement
    .replace(/^export /, '')
    .replace(/^declare /, '')
    .replace(/\n\s*\n/g, '\n')
    .replace(/\{\n([^{}]*)\n\s*\}/g, (whole, body: string) => {
      const line = `{ ${body.trim().replace(/\s*\n\s*/g, ' ')} }`;
      return line.length <= 80 ? line : whole;
    })
    .trim();
}
