/** An element of an answer: its text, or its children. */
export interface XmlNode {
  name: string;
  text: string;
  children: XmlNode[];
  /** The first element of that name, at any depth. */
  find(name: string): XmlNode | undefined;
  /** The text of the first element of that name. */
  textOf(name: string): string | undefined;
  /** The items of the list of that name. */
  items(name: string): XmlNode[];
}

const TOKEN = /<(\/?)([\w:.-]+)([^>]*?)(\/?)>|([^<]+)/g;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Reads what AWS answers in XML; attributes, comments and declarations are of no interest. */
export function readXml(text: string): XmlNode {
  const root = element('');
  const open = [root];
  for (const [, closing, name = '', , empty, content] of text.replace(/<[?!][^>]*>/g, '').matchAll(TOKEN)) {
    const current = open.at(-1) ?? root;
    if (content !== undefined) current.text += content.replace(/&(\w+);/g, (all, entity) => ENTITIES[entity] ?? all);
    else if (closing) open.pop();
    else {
      const child = element(name);
      current.children.push(child);
      if (!empty) open.push(child);
    }
  }
  return root;
}

function element(name: string): XmlNode {
  const node: XmlNode = {
    name,
    text: '',
    children: [],
    find(wanted) {
      for (const child of node.children) {
        const found = child.name === wanted ? child : child.find(wanted);
        if (found) return found;
      }
      return undefined;
    },
    textOf: (wanted) => node.find(wanted)?.text,
    items: (wanted) => node.find(wanted)?.children ?? [],
  };
  return node;
}
