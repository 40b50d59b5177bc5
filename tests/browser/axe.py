"""axe-core, which looks for what keeps people out of a page."""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = Path(AXE_FILE_PATH).read_text("utf-8")
# What contrast depends on: ink and size of the words, and the grounds beneath. Words are looked at
# where this, or what they are, is new: axe is slow at colours, and most pages look like others.
MARK = """(seen) => {
    const known = new Set(seen), fresh = [], grounds = new Map();
    const ground = (at) => {
        if (!at) return '';
        if (!grounds.has(at)) {
            const look = getComputedStyle(at);
            const own = [look.backgroundColor, look.backgroundImage, look.opacity, look.position];
            const plain = own.join() === 'rgba(0, 0, 0, 0),none,1,static' ? '' : own.join();
            grounds.set(at, ground(at.parentElement) + plain);
        }
        return grounds.get(at);
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const holders = new Set(document.querySelectorAll('input, select, textarea'));
    while (words.nextNode()) {
        if (words.currentNode.data.trim()) holders.add(words.currentNode.parentElement);
    }
    for (const at of holders) {
        const box = at.getBoundingClientRect();
        if (!at.checkVisibility({visibilityProperty: true}) || box.width * box.height < 2) continue;
        const look = getComputedStyle(at);
        const print = [at.localName, at.className, at.parentElement.localName, look.color,
            look.fontSize, look.fontWeight, look.textShadow, look.textDecorationLine,
            getComputedStyle(at.parentElement).color, ground(at)].join('|');
        if (known.has(print)) continue;
        known.add(print);
        fresh.push(print);
        at.setAttribute('data-fresh', '');
    }
    axe.configure({rules: [
        {id: 'color-contrast', selector: '[data-fresh]'},
        {id: 'link-in-text-block', selector: 'a[href][data-fresh]'},
    ]});
    return fresh;
}"""
# Every rule, those that are off by default and experimental too, but those for level AAA alone. To
# load the style sheets once more takes a quarter of the time; one rule alone reads them.
RUN = """async (part) => {
    const sheets = [...document.querySelectorAll('link[rel=stylesheet], style')]
        .map((at) => at.href ?? at.textContent).join();
    const preload = sheets !== sessionStorage.getItem('sheets');
    sessionStorage.setItem('sheets', sheets);
    const rules = {};
    for (const rule of axe.getRules()) {
        if (!rule.tags.includes('wcag2aaa')) rules[rule.ruleId] = {enabled: true};
    }
    const found = await axe.run(
        part, {rules, preload, resultTypes: ['violations'], selectors: false},
    );
    return found.violations.map(({id, nodes}) => `${id}: ${nodes.length} × ${nodes[0].html}`);
}"""


def findings(page: Page, part: str = "html", seen: set[str] | None = None) -> list[str]:
    """Return what axe finds on the page that is open.

    Parameters
    ----------
    part
        Selector of the element that is looked at.
    seen
        The looks of words whose contrast has been measured; those of this page are added. Without
        it, the contrast of all words is measured.
    """
    page.evaluate(AXE)
    if seen is not None:
        seen |= set(page.evaluate(MARK, list(seen)))
    found: list[str] = page.evaluate(RUN, part)
    return found
