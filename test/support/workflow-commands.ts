/** A command as a runner of GitHub Actions reads it. */
export interface WorkflowCommand {
  name: string;
  properties: Record<string, string>;
  message: string;
}

/** What a runner knows; whatever else stands between colons is text to it. */
const KNOWN = [
  ...['error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'add-mask', 'add-path', 'set-env', 'set-output'],
  ...['save-state', 'stop-commands', 'echo', 'add-matcher', 'remove-matcher', 'internal-set-repo-path'],
];

/** Reads a log as the runner does (src/Runner.Common/ActionCommand.cs): the new form of commands first, then the old. */
export function readLog(log: string): { commands: WorkflowCommand[]; lines: string[] } {
  const commands: WorkflowCommand[] = [];
  const lines: string[] = [];
  for (const line of log.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
    const command = newForm(line) ?? oldForm(line);
    if (command) commands.push(command);
    else lines.push(line);
  }
  return { commands, lines };
}

function newForm(line: string): WorkflowCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end === -1) return undefined;
  return parsed(text.slice(2, end), text.slice(end + 2), ',', { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' });
}

function oldForm(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start === -1 || end === -1) return undefined;
  return parsed(line.slice(start + 3, end), line.slice(end + 1), ';', {
    '%3B': ';',
    '%0D': '\r',
    '%0A': '\n',
    '%5D': ']',
  });
}

function parsed(
  info: string,
  data: string,
  separator: string,
  escapes: Record<string, string>,
): WorkflowCommand | undefined {
  const [name = ''] = info.split(' ', 1);
  if (!KNOWN.includes(name)) return undefined;
  const pairs = info.slice(name.length).trim().split(separator);
  const properties = Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key, unescaped(value.join('='), escapes)];
    }),
  );
  return { name, properties, message: unescaped(data, { '%0D': '\r', '%0A': '\n' }) };
}

/** The percent sign comes last, as in the runner. */
function unescaped(text: string, escapes: Record<string, string>): string {
  return Object.entries({ ...escapes, '%25': '%' }).reduce((sum, [from, to]) => sum.replaceAll(from, to), text);
}
