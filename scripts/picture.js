#!/usr/bin/env node
// Makes assets/demo.svg, the README's picture of a terminal, from what the demo's scan prints: npm run picture.
// With --check it writes nothing, and fails where the picture is out of date.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createDemo } from '../dist/cli/demo-repository.js';
import { renderReport } from '../dist/report/formats.js';
import { scan } from '../dist/scan/scan.js';

const FILE = fileURLToPath(new URL('../assets/demo.svg', import.meta.url));
const WIDTH = 100;
/** Of a monospaced letter of 14 px. */
const COLUMN = 8.43;
const LINE = 19;
const MARGIN = 20;
const COLOURS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 35: '#d2a8ff', 36: '#79c0ff' };

const picture = pictureOf(await findings());
if (!process.argv.includes('--check')) writeFileSync(FILE, picture);
else if (readFileSync(FILE, 'utf8') !== picture) {
  process.stderr.write('assets/demo.svg is out of date: npm run picture\n');
  process.exitCode = 1;
}

/** The lines of the findings, up to the first empty one, and the last line, which has the outcome. */
async function findings() {
  const folder = await createDemo();
  try {
    const { report } = await scan({ repository: folder, patch: {} });
    const lines = (await renderReport(report, 'table', { color: true, width: WIDTH })).trimEnd().split('\n');
    return ['$ gitops-drift scan', ...lines.slice(0, lines.indexOf('')), '', lines.at(-1)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function pictureOf(lines) {
  const width = Math.ceil(WIDTH * COLUMN + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.map((line, index) => {
    const y = MARGIN + (index + 0.75) * LINE;
    return `<text x="${MARGIN}" y="${y}" xml:space="preserve">${spans(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A scan in a terminal: findings by resource, with severity, property, change and place">
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3">
${texts.join('\n')}
</g>
</svg>
`;
}

/** The runs of a line between its colour codes. */
function spans(line) {
  let style = {};
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours are what is looked for.
  const parts = line.split(/\u001b\[(\d+)m/);
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part === '' ? '' : `<tspan${attributes(style)}>${escaped(part)}</tspan>`;
      style = styled(style, Number(part));
      return '';
    })
    .join('');
}

function styled(style, code) {
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { colour: style.colour };
  return { ...style, colour: COLOURS[code] };
}

function attributes({ bold, dim, colour }) {
  return (bold ? ' font-weight="bold"' : '') + (dim ? ' opacity="0.6"' : '') + (colour ? ` fill="${colour}"` : '');
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
