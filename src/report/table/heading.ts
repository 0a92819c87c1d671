import { clean } from '../../base/clean.js';
import { groupBy } from '../../base/group.js';
import { textWidth } from '../../base/width.js';
import type { Report, ResourceReport, StackReport } from '../../model/report.js';
import { madeText } from '../finding-text.js';
import { type Page, paragraph } from './page.js';

const LONGEST_RULE = 120;

/** A title over a ruled line. */
export function ruled(title: string, page: Page, paint: (line: string) => string = page.chalk.bold): string {
  return `${paragraph(title, page, 0, paint)}\n${page.chalk.dim('─'.repeat(Math.min(page.width, LONGEST_RULE)))}`;
}

/** Where a stack is, or something of it. */
type Placed = Pick<ResourceReport, 'stack' | 'region' | 'account'>;

/** `shop-app  eu-west-1  111111111111  templates/app.yaml`; a nested stack also by the name that it is deployed as. */
export function stackTitle(
  stack: Pick<StackReport, 'name' | 'region' | 'account' | 'deployedAs'> & { template?: string | null },
): string {
  const { name, deployedAs } = stack;
  return [deployedAs === undefined ? name : `${name} (${deployedAs})`, stack.region, stack.account, stack.template]
    .filter((part) => typeof part === 'string' && part !== '')
    .map((part) => clean(String(part)))
    .join('  ');
}

/** Tells the stack of something in few words: its name, and where not only one has it, its region and account. */
export function stackLabels({ stacks }: Report): (of: Placed) => string {
  const places = groupBy(stacks, ({ name }) => name);
  return ({ stack, region, account }) =>
    places.get(stack)?.length === 1 ? clean(stack) : stackTitle({ name: stack, region, account });
}

/** `OrdersQueue  AWS::SQS::Queue  shop-orders`; a long physical ID stands on a line of its own. */
export function resourceHeading(
  resource: Pick<ResourceReport, 'logicalId' | 'sourceId' | 'type' | 'physicalId'>,
  page: Page,
): string {
  const { bold, dim } = page.chalk;
  const title = `${clean(madeText(resource))}  ${clean(resource.type)}`;
  const lines = paragraph(title, page, 2, bold);
  if (resource.physicalId === null || resource.physicalId === resource.logicalId) return lines;
  const id = clean(resource.physicalId);
  const fits = 2 + textWidth(title) + 2 + textWidth(id) <= page.width;
  return fits ? `${lines}  ${dim(id)}` : `${lines}\n${paragraph(id, page, 2, dim)}`;
}
