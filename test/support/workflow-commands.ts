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

/**
 * Reads a log as the runner does (src/Runner.Common/ActionCommand.cs, src/Runner.Worker/ActionCommandManager.cs): the new
 * form of commands first, then the old; none from `stop-commands` to the command that is named by its token.
 */
export function readLog(log: string): { commands: WorkflowCommand[]; lines: string[] } {
  const commands: WorkflowCommand[] = [];
  const lines: string[] = [];
  let token: string | undefined;
  for (const line of log.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
    const command = newForm(line, token) ?? oldForm(line, token);
    if (token === undefined && command) commands.push(command);
    else if (token === undefined || command?.name !== token) lines.push(line);
    if (token === undefined && command?.name === 'stop-commands') token = command.message;
    else if (token !== undefined && command?.name === token) token = undefined;
  }
  return { commands, lines };
}

function newForm(line: string, token: string | undefined): WorkflowCommand | undefined {
  const text = line.trimStart();
  const end = text.indexOf('::', 2);
  if (!text.startsWith('::') || end === -1) return undefined;
  const escapes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' };
  return parsed(text.slice(2, end), text.slice(end + 2), ',', escapes, token);
}

function oldForm(line: string, token: string | undefined): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start === -1 || end === -1) return undefined;
  const escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' };
  return parsed(line.slice(start + 3, end), line.slice(end + 1), ';', escapes, token);
}

function parsed(
  info: string,
  data: string,
  separator: string,
  escapes: Record<string, string>,
  token: string | undefined,
): WorkflowCommand | undefined {
  const [name = ''] = info.split(' ', 1);
  if (!KNOWN.includes(name) && name !== token) return undefined;
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
