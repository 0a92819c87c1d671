import { head } from '../../base/clean.js';
import type { Finding, PatchEdit, Remedy } from '../../model/report.js';
import type { Location } from '../../syntax/location.js';
import { commandText } from '../finding-text.js';
import { inline } from '../inline.js';
import { undeclaredNote } from '../sides.js';
import { whoText } from '../who-text.js';
import { type Compared, compared } from './comparison.js';
import { type ExcerptLine, excerptLines } from './excerpt.js';
import { plain } from './markup.js';

/** What is told of a finding when it is opened: texts for people, cut and cleaned. The page's script lays them out. */
export interface Detail extends Compared {
  /** Titles and texts. */
  facts: [string, string][];
  /** The deployed template's value, where it is a third one. */
  deployed?: string;
  excerpt?: { file: string; lines: ExcerptLine[] };
  /** The last commit that touched the place. */
  change?: { commit: string; author: string; date: string; subject: string };
  /** The id of a rule. */
  rule?: string;
  patch: { title: string; notes: string[]; edits: { place: string; lines: string[] }[] };
  remedies: { title: string; commands: { text: string; isExact: boolean }[]; note?: string }[];
  suppressed?: string;
}

/** About so many characters of each value are shown, of so many places in it. */
const VALUE = 1200;
const MOST_PARTS = 24;
/** An edit that is longer is cut: the patch itself has it whole. */
const LONGEST_EDIT = 1200;

const WAYS: Record<Remedy['way'], string> = {
  adopt: 'Adopt: bring the live value into Git',
  revert: 'Revert: put back what was deployed',
  accept: 'Accept: take what is live into the baseline',
  ignore: 'Ignore: a rule of the configuration lets it be',
  deploy: 'Deploy: bring Git’s change into the cloud',
  import: 'Import: take the resource into a stack',
  delete: 'Delete: remove the resource',
};

export function detailOf(finding: Finding): Detail {
  const { verdict, deployed, location, rule, suppressed } = finding;
  const lines = excerptLines(finding);
  const change = location?.lastChange;
  return {
    ...compared(finding, VALUE, MOST_PARTS),
    facts: factsOf(finding),
    ...(verdict === 'conflict' && deployed !== undefined ? { deployed: inline(deployed, VALUE) } : {}),
    ...(location && lines ? { excerpt: { file: plain(location.file), lines } } : {}),
    ...(change
      ? {
          change: {
            commit: plain(change.commit.slice(0, 10)),
            author: plain(change.author, 200),
            date: plain(change.date.slice(0, 10)),
            subject: plain(change.subject, 400),
          },
        }
      : {}),
    ...(rule === undefined ? {} : { rule: plain(rule) }),
    patch: patchOf(finding, lines),
    remedies: (finding.remedies ?? []).map(remedyOf),
    ...(suppressed ? { suppressed: suppressionText(suppressed) } : {}),
  };
}

function remedyOf({ way, command, next = [], lines, note }: Remedy): Detail['remedies'][number] {
  const texts = command === undefined ? (lines === undefined ? [] : [lines]) : [command, ...next];
  return {
    title: WAYS[way],
    commands: texts.map((text) => {
      const shown = text.split('\n').map(commandText).join('\n');
      // A command that had to be cut or cleaned is not the one to run.
      return { text: shown, isExact: text === shown };
    }),
    ...(note === undefined ? {} : { note: plain(note) }),
  };
}

function exactPlace({ file, line, column, construct }: Location): string {
  const place = `${file}:${line}:${column}`;
  return construct === undefined ? place : `${place} (${construct})`;
}

function factsOf(finding: Finding): [string, string][] {
  const { physicalId, region, account, id, path, type, location } = finding;
  const facts: [string, string | null | undefined][] = [
    ['Physical ID', physicalId],
    ['Type', type],
    ['Path', path === '' ? undefined : path],
    ['Not in the template', undeclaredNote(finding)],
    ['Region', region],
    ['Account', account],
    ['Place', location && exactPlace(location)],
    ['In AWS', whoText(finding)],
    ['Source address', finding.who?.sourceIp],
    ['Event', finding.who?.eventId],
    ['Finding', id],
  ];
  return facts.flatMap(([title, text]): [string, string][] => (text ? [[title, plain(text)]] : []));
}

function patchOf({ patch }: Finding, lines: ExcerptLine[] | undefined): Detail['patch'] {
  const notes = [
    patch.note,
    patch.alone ? 'can’t be made beside the patches of other findings in the file' : undefined,
  ];
  const told = notes.flatMap((note) => (note === undefined ? [] : [plain(note)]));
  if (patch.status === 'refused') return { title: `No patch: ${plain(patch.reason ?? '')}`, notes: told, edits: [] };
  if (patch.status === 'none') return { title: plain(patch.reason ?? ''), notes: told, edits: [] };
  const isInExcerpt = lines?.some(([mark]) => mark === '+' || mark === '-');
  const edits = isInExcerpt ? [] : (patch.edits ?? []);
  return {
    title: plain(patch.summary ?? 'A proven edit adopts the live value'),
    notes: told,
    edits: edits.map((edit) => ({ place: placeOf(edit), lines: edit.text === '' ? [] : linesOf(edit.text) })),
  };
}

/** `templates/shop.yaml:41:15 to 41:27`. */
function placeOf({ file, line, column, endLine, endColumn }: PatchEdit): string {
  return `${plain(file)}:${line}:${column} to ${endLine}:${endColumn}`;
}

/** The lines that an edit puts in. It may begin or end with the break that parts them from what is there. */
function linesOf(text: string): string[] {
  const shown = head(text, LONGEST_EDIT);
  const lines = shown
    .replace(/^\n|\n$/g, '')
    .split('\n')
    .map((line) => plain(line));
  return shown.length < text.length ? [...lines, `… (+${text.length - shown.length} characters)`] : lines;
}

function suppressionText({ reason, until, by, file, line }: NonNullable<Finding['suppressed']>): string {
  const place = [by, file && (line === undefined ? file : `${file}:${line}`)].filter(Boolean).join(', ');
  return plain(`${reason}${until ? `, until ${until}` : ''}${place === '' ? '' : ` (${place})`}`);
}
