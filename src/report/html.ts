import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { packageFile } from '../base/package-file.js';
import type { Report } from '../model/report.js';
import { shownOf } from '../model/show.js';
import { checks } from './html/checks.js';
import { findings } from './html/findings.js';
import { html, textOf, trusted } from './html/markup.js';
import { stacks } from './html/stacks.js';
import { summary } from './html/summary.js';
import { unread } from './html/unread.js';
import { outcomes } from './outcome.js';

/** What the dot in the browser's tab looks like: red, amber or green. */
const COLOURS = { bad: '%23c8291e', warn: '%23c98a00', good: '%232b8a3e' };

/**
 * The report as one self-contained page: its style and script are in it, allowed by their hashes, and nothing else is.
 * What is read of values is text to it, never markup.
 */
export function renderHtml(report: Report): string {
  const style = asset('report.css');
  const script = asset('report.js');
  const [outcome] = outcomes(report);
  const policy = [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const icon = `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><circle cx='4' cy='4' r='3.5' fill='${COLOURS[outcome?.tone ?? 'good']}'/></svg>`;
  return textOf(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<title>${outcome?.text} – ${report.scan.repository} – ${report.tool.name}</title>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${summary(report)}
<main>
${unread(report)}
${stacks(report)}
${findings(shownOf(report))}
${checks(report)}
</main>
<footer>Made by ${report.tool.name} ${report.tool.version}. This file holds all it shows and asks nothing of any server.</footer>
<script type="module">${trusted(script)}</script>
</body>
</html>
`);
}

function asset(name: string): string {
  return readFileSync(packageFile(`assets/html-report/${name}`), 'utf8');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
