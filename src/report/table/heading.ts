import stringWidth from 'string-width';
import type { ResourceReport, StackReport } from '../../drift/report.js';
import { clean } from '../clean.js';
import { type Page, paragraph } from './page.js';

const LONGEST_RULE = 120;

/** A title over a ruled line. */
export function ruled(title: string, page: Page, paint: (line: string) => string = page.chalk.bold): string {
  return `${paragraph(title, page, 0, paint)}\n${page.chalk.dim('─'.repeat(Math.min(page.width, LONGEST_RULE)))}`;
}

/** `shop-app  eu-west-1  111111111111  templates/app.yaml` */
export function stackTitle(stack: Pick<StackReport, 'name' | 'region' | 'account'> & { template?: string }): string {
  return [stack.name, stack.region, stack.account, stack.template]
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => clean(String(part)))
    .join('  ');
}

/** `OrdersQueue  AWS::SQS::Queue  shop-orders`; a long physical ID stands on a line of its own. */
export function resourceHeading(
  resource: Pick<ResourceReport, 'logicalId' | 'type' | 'physicalId'>,
  page: Page,
): string {
  const { bold, dim } = page.chalk;
  const title = `${clean(resource.logicalId)}  ${clean(resource.type)}`;
  const lines = paragraph(title, page, 2, bold);
  if (resource.physicalId === null || resource.physicalId === resource.logicalId) return lines;
  const id = clean(resource.physicalId);
  const fits = 2 + stringWidth(title) + 2 + stringWidth(id) <= page.width;
  return fits ? `${lines}  ${dim(id)}` : `${lines}\n${paragraph(id, page, 2, dim)}`;
}
