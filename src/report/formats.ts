import type { Report } from '../model/report.js';
import type { Renderer, RenderOptions } from './renderer.js';

/** Every output format; a renderer is loaded when it is used. */
const FORMATS = {
  table: async (): Promise<Renderer> => (await import('./table.js')).renderTable,
  json: async (): Promise<Renderer> => (await import('./json.js')).renderJson,
  html: async (): Promise<Renderer> => (await import('./html.js')).renderHtml,
  sarif: async (): Promise<Renderer> => (await import('./sarif.js')).renderSarif,
  junit: async (): Promise<Renderer> => (await import('./junit.js')).renderJunit,
  markdown: async (): Promise<Renderer> => (await import('./markdown.js')).renderMarkdown,
  github: async (): Promise<Renderer> => (await import('./github.js')).renderGithub,
  gitlab: async (): Promise<Renderer> => (await import('./gitlab.js')).renderGitlab,
};

export type Format = keyof typeof FORMATS;
export const formatNames = Object.keys(FORMATS) as Format[];

/** Renders a report in a format; ends with a newline. */
export async function renderReport(report: Report, format: Format, options: RenderOptions): Promise<string> {
  const render = await FORMATS[format]();
  return render(report, options);
}
