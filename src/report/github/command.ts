/** A workflow command that makes an annotation; `message` may have several lines. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  properties: Record<string, string | number>;
  message: string;
}

/**
 * The command as the one line that a runner reads, escaped as it unescapes: in properties also what ends them.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function commandLine({ level, properties, message }: Annotation): string {
  const pairs = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${pairs.join(',')}::${escapeData(message)}`;
}

/** A line of the log that begins with words: a runner could take it for a command only in the old form, anywhere in it. */
export function plainLine(text: string): string {
  return text.replaceAll('##[', '# #[');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
