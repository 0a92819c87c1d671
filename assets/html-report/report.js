// Filters the findings of a report and shows what is behind each. Texts are set as text, never as markup.

const form = document.getElementById('filters');
const list = document.getElementById('list');
if (form && list) start();

function start() {
  const rows = [...list.children];
  const facets = rows.map(({ dataset }) => ({ ...dataset }));
  let report;
  let texts;
  let remembering;

  /** What is behind the rows, read when it is first needed. */
  function details() {
    report ??= JSON.parse(document.getElementById('data').textContent);
    return report;
  }

  /** What a finding is searched by: what its row says, and its facts, values, rule and last change. */
  function searchTexts() {
    texts ??= rows.map((row, index) => {
      const { facts, parts, rule, change, suppressed } = details().findings[index];
      const values = parts.flatMap(({ sides }) => sides.map((side) => side.note ?? side.join('')));
      const author = change ? [change.commit, change.author, change.subject] : [];
      const { title = '' } = details().rules[rule] ?? {};
      const all = [row.textContent, ...facts.map(([, text]) => text), ...values, ...author, rule, title, suppressed];
      return all.filter(Boolean).join('\n').toLowerCase();
    });
    return texts;
  }

  function apply() {
    const wanted = new FormData(form);
    const words = wanted.get('q').toLowerCase().split(/\s+/).filter(Boolean);
    const stack = wanted.get('stack');
    const sets = ['severity', 'kind', 'baseline']
      .map((name) => [name, new Set(wanted.getAll(name))])
      .filter(([, set]) => set.size > 0);
    const searched = words.length > 0 ? searchTexts() : [];
    let shown = 0;
    let candidates = 0;
    for (const [index, row] of rows.entries()) {
      const facet = facets[index];
      const isCandidate = wanted.has('suppressed') || facet.suppressed === undefined;
      const isShown =
        isCandidate &&
        (stack === '' || facet.stack === stack) &&
        sets.every(([name, set]) => set.has(facet[name])) &&
        words.every((word) => searched[index].includes(word));
      if (row.hidden === isShown) row.hidden = !isShown;
      if (isShown) shown += 1;
      if (isCandidate) candidates += 1;
    }
    document.getElementById('empty').hidden = shown > 0;
    document.getElementById('count').textContent =
      shown === candidates ? `${shown} ${shown === 1 ? 'finding' : 'findings'}` : `${shown} of ${candidates} findings`;
  }

  /**
   * The filters that are set as the address's fragment, so that it can be passed on. Not at every letter: browsers stop
   * pages that change their address too often.
   */
  function remember() {
    clearTimeout(remembering);
    remembering = setTimeout(() => {
      const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
      history.replaceState(null, '', `#${state}`);
    }, 200);
  }

  /** Sets the filters to what the address says, and opens the finding that it names. */
  function restore() {
    const state = new URLSearchParams(location.hash.slice(1));
    const named = state.get('finding');
    const index = named === null ? -1 : details().findings.findIndex(({ facts }) => idOf(facts) === named);
    for (const field of form.elements) {
      if (field.type === 'checkbox') field.checked = state.getAll(field.name).includes(field.value);
      else if (field.name) field.value = state.get(field.name) ?? '';
    }
    if (form.elements.stack.selectedIndex === -1) form.elements.stack.value = '';
    const isHiddenOne = facets[index]?.suppressed !== undefined;
    if (isHiddenOne) form.elements.suppressed.checked = true;
    apply();
    if (index !== -1) {
      toggle(rows[index], true);
      rows[index].querySelector('button').focus();
      rows[index].scrollIntoView({ block: 'start' });
    }
  }

  /** Opens or closes a finding; what is behind it is made when it is first opened. */
  function toggle(row, open) {
    const button = row.querySelector('button');
    if (open && !row.querySelector('.body')) {
      const index = rows.indexOf(row);
      const body = bodyOf(details().findings[index], details().rules);
      body.id = `finding-${index + 1}`;
      button.setAttribute('aria-controls', body.id);
      row.append(body);
    }
    button.setAttribute('aria-expanded', String(open));
    row.classList.toggle('open', open);
    const body = row.querySelector('.body');
    if (body) body.hidden = !open;
  }

  list.addEventListener('click', ({ target }) => {
    const row = target.closest('.row')?.parentElement;
    const isSelecting = String(getSelection()) !== '' && !target.closest('button');
    if (row && !isSelecting) toggle(row, !row.classList.contains('open'));
  });
  list.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    if (!step || !event.target.matches('h3 button')) return;
    let row = event.target.closest('.finding')[step];
    while (row?.hidden) row = row[step];
    row?.querySelector('button').focus();
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.matches('input:not([type=checkbox]), select, textarea');
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    form.elements.q.focus();
    event.preventDefault();
  });
  // Ready by the first letter.
  form.elements.q.addEventListener('focus', searchTexts, { once: true });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', () => {
    apply();
    remember();
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    clearTimeout(remembering);
    history.replaceState(null, '', '#');
    restore();
  });
  addEventListener('hashchange', restore);
  restore();
}

/** An element with its class and content; texts among the content become text nodes. */
function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content.filter((each) => each !== undefined && each !== ''));
  return made;
}

function bodyOf(detail, rules) {
  const main = element('div', 'main', valuesOf(detail), excerptOf(detail), patchOf(detail));
  const rule = rules[detail.rule];
  const aside = element(
    'div',
    'aside',
    detail.suppressed && section('Suppressed', element('p', '', detail.suppressed)),
    rule && section('Why it matters', element('p', '', element('b', '', rule.title)), ...ruleTexts(detail.rule, rule)),
    detail.remedies.length > 0 ? section('How to resolve', ...detail.remedies.map(remedyOf)) : undefined,
    detail.change && section('Last change in Git', ...changeOf(detail.change)),
    section('Facts', factsOf(detail.facts)),
  );
  return element('div', 'body', main, aside);
}

function section(title, ...content) {
  return element('section', '', element('h4', '', title), ...content);
}

/** The values side by side, place by place. */
function valuesOf({ titles, parts, note, deployed }) {
  if (parts.length === 0) return section('Difference', element('p', 'note', note ?? ''));
  const table = element('table', 'values');
  const isLabelled = parts.some(({ label }) => label !== '');
  const head = element(
    'tr',
    '',
    isLabelled ? header('col', 'Place') : undefined,
    ...titles.map((t) => header('col', t)),
  );
  table.append(
    element('thead', '', head),
    element('tbody', '', ...parts.map((part) => valueRow(part, titles, isLabelled))),
  );
  const third = deployed && element('p', 'deployed', element('b', '', 'Deployed'), ' ', element('code', '', deployed));
  return section('Difference', table, third);
}

function valueRow({ label, sides }, titles, isLabelled) {
  const isCount = sides.every((side) => Array.isArray(side) && side.join('') === '');
  const cells = sides.map((side, index) => {
    const cell = element('td', '', isCount ? '' : element('span', 'side', titles[index]), sideOf(side));
    cell.dataset.side = index === 0 ? 'left' : 'right';
    return cell;
  });
  return element('tr', isCount ? 'count' : '', isLabelled ? header('row', label || 'the whole') : undefined, ...cells);
}

function header(scope, text) {
  const cell = element('th', '', text);
  cell.scope = scope;
  return cell;
}

/** A value in pieces, by turns as on the other side and unlike it. */
function sideOf(side) {
  if (!Array.isArray(side)) return element('span', 'note', side.note);
  return element(
    'code',
    '',
    ...side.map((text, index) => (index % 2 === 1 && text ? element('mark', '', text) : text)),
  );
}

/** The lines of source, with the patch in them as a diff. */
function excerptOf({ excerpt }) {
  if (!excerpt) return undefined;
  const isDiff = excerpt.lines.some(([mark]) => mark === '+' || mark === '-');
  const title = `${isDiff ? 'Template and patch' : 'Template'}: ${excerpt.file}`;
  return section(title, sourceOf(title, excerpt.lines));
}

function sourceOf(title, lines) {
  const names = { '>': 'mark', '-': 'del', '+': 'ins', ' ': 'span' };
  const made = lines.map(([mark, number, text]) => {
    const line = element(names[mark], 'line', `${text}\n`);
    line.dataset.line = number ?? '';
    line.dataset.mark = mark;
    return line;
  });
  const source = element('pre', 'source', ...made);
  // Wider than the page, it is scrolled with the keyboard, too.
  source.tabIndex = 0;
  source.setAttribute('role', 'region');
  source.setAttribute('aria-label', title);
  return source;
}

function patchOf({ patch }) {
  if (!patch.title) return undefined;
  const notes = patch.notes.map((note) => element('p', 'note', note));
  const edits = patch.edits.flatMap(({ place, lines }) => {
    if (lines.length === 0) return [element('p', 'note', `takes out ${place}`)];
    const title = `puts in at ${place}`;
    const added = lines.map((line) => ['+', null, line]);
    return [element('p', 'note', title), sourceOf(title, added)];
  });
  return section('Patch', element('p', '', patch.title), ...notes, ...edits);
}

function ruleTexts(id, { why, help }) {
  return [element('p', '', why), element('p', '', help), element('p', 'note', 'Rule ', element('code', '', id))];
}

function remedyOf({ title, commands, note }) {
  return element(
    'div',
    'remedy',
    element('p', '', element('b', '', title)),
    note && element('p', 'note', note),
    ...commands.map((command, index) => {
      const which = commands.length > 1 ? `${title} (${index + 1} of ${commands.length})` : title;
      return commandOf(which, command);
    }),
  );
}

function commandOf(title, { text, isExact }) {
  // Broken between its words, not at their hyphens.
  const code = element('code', '', ...text.split(/(?<= )/).map((word) => element('span', 'word', word)));
  return element('div', 'command', code, isExact ? copyButton(title, text, code) : undefined);
}

/** Copies a command; where the browser does not let it, selects it for the reader to copy. */
function copyButton(title, command, code) {
  const button = element('button', 'copy', 'Copy');
  button.type = 'button';
  button.setAttribute('aria-label', `Copy the command of: ${title}`);
  const status = element('span', 'unseen');
  status.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    const said = await navigator.clipboard.writeText(command).then(
      () => 'Copied',
      () => {
        getSelection().selectAllChildren(code);
        return 'Selected';
      },
    );
    button.textContent = said;
    status.textContent = said;
  });
  return element('span', '', button, status);
}

function changeOf({ commit, author, date, subject }) {
  return [element('p', '', subject), element('p', 'note', element('code', '', commit), ` ${author}, ${date}`)];
}

function factsOf(facts) {
  const items = facts.map(([title, text]) => element('div', '', element('dt', '', title), element('dd', '', text)));
  const link = element('a', '', 'Link to this finding');
  link.href = `#${new URLSearchParams({ finding: idOf(facts) })}`;
  return element('div', '', element('dl', 'facts', ...items), link);
}

function idOf(facts) {
  return facts.find(([title]) => title === 'Finding')?.[1];
}
