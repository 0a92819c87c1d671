import { Chalk } from 'chalk';
import type { Report } from '../model/report.js';
import { shownOf } from '../model/show.js';
import type { RenderOptions } from './renderer.js';
import { closing } from './table/closing.js';
import { compactBlocks } from './table/compact.js';
import { crossCheckBlocks } from './table/cross-check.js';
import { detailBlocks } from './table/details.js';
import { findingBlocks } from './table/findings.js';
import { overviewBlock } from './table/overview.js';
import type { Page } from './table/page.js';
import { pendingBlocks } from './table/pending.js';
import { unmanagedBlocks } from './table/unmanaged.js';
import { unreadBlocks } from './table/unread.js';

/** Wider than this, lines get too long to follow. */
const MOST = 200;
/** Narrower than this, values would be broken into crumbs; a terminal wraps the lines then. */
const LEAST = 40;

/** The report for a terminal: findings by stack and resource, what was not read, and last the outcome. */
export function renderTable(report: Report, options: RenderOptions): string {
  const page: Page = {
    chalk: new Chalk({ level: options.color ? 1 : 0 }),
    width: Math.min(MOST, Math.max(LEAST, options.width ?? 80)),
    explain: options.explain ?? false,
    verbose: options.verbose ?? false,
  };
  const shown = shownOf(report);
  const blocks = [
    ...(page.verbose ? findingBlocks(shown, page) : compactBlocks(shown, page)),
    ...unmanagedBlocks(shown, page),
    ...pendingBlocks(shown, page),
    ...detailBlocks(shown, page),
    ...crossCheckBlocks(report, page),
    ...unreadBlocks(report, page),
    ...overviewBlock(report, page),
    closing(report, page),
  ];
  return `${blocks.join('\n\n')}\n`;
}
