import type { Page } from 'playwright-core';

/** A text that is hard to read. */
export interface Faint {
  text: string;
  ratio: number;
  colours: string;
}

/**
 * The texts of a page whose contrast with what is behind them is below WCAG 2.2's minimum (success criterion 1.4.3: 4.5,
 * or 3 for large ones). Runs in the page.
 */
export function faintTexts(page: Page): Promise<Faint[]> {
  return page.evaluate(() => {
    const rgba = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [red = 0, green = 0, blue = 0] = rgba(colour).map((each) => {
        const part = each / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const behind = (element: Element | null): string => {
      if (element === null) return 'rgb(255, 255, 255)';
      const colour = getComputedStyle(element).backgroundColor;
      return (rgba(colour)[3] ?? 1) === 0 ? behind(element.parentElement) : colour;
    };
    const faint: { text: string; ratio: number; colours: string }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.nodeValue?.trim() ?? '';
      if (element === null || text === '' || !element.checkVisibility() || element.matches('script, style, noscript'))
        continue;
      const style = getComputedStyle(element);
      const [front, back] = [style.color, behind(element)];
      const [light = 0, dark = 0] = [luminance(front), luminance(back)].sort((one, other) => other - one);
      const ratio = (light + 0.05) / (dark + 0.05);
      const isLarge = Number.parseFloat(style.fontSize) >= 24;
      if (ratio < (isLarge ? 3 : 4.5)) faint.push({ text: text.slice(0, 40), ratio, colours: `${front} on ${back}` });
    }
    return faint;
  });
}
