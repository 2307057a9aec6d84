"""What a reader cannot read of a page: wider than the window, or cut by a box that does not scroll."""

from __future__ import annotations

from typing import Any

# A text may leave its box where the box scrolls; a box of a pixel or so is there for screen readers.
_CUT = """() => {
  const cut = [], seen = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    const text = walk.currentNode, holder = text.parentElement;
    // Buttons that show their name as a drawing.
    if (holder.closest(":is(.fr-search-bar, .fr-header__navbar) .fr-btn")) continue;
    if (!text.data.trim() || seen.has(holder) || !holder.checkVisibility({visibilityProperty: true})) continue;
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      if (line.width < 2 || line.height < 2) continue;
      let scrolls = false, hidden = false;
      for (let box = holder; box && box !== document.body && !scrolls && !hidden; box = box.parentElement) {
        const style = getComputedStyle(box), edge = box.getBoundingClientRect();
        if (style.position === "absolute" && edge.width <= 2) { scrolls = true; break; }
        if (style.display === "inline") continue;
        if (/auto|scroll/.test(style.overflowX) && box.scrollWidth > box.clientWidth) { scrolls = true; break; }
        const beside = line.left < edge.left - 2 || line.right > edge.right + 2;
        const across = /hidden|clip/.test(style.overflowX) && beside;
        const down = /hidden|clip/.test(style.overflowY) && (line.top < edge.top - 4 || line.bottom > edge.bottom + 4);
        hidden = across || down;
      }
      const outside = !scrolls && (line.left < -2 || line.right > innerWidth + 2) && line.right > 0;
      if (!scrolls && (hidden || outside)) { seen.add(holder); cut.push(text.data.trim().slice(0, 60)); break; }
    }
  }
  return cut;
}"""


# Room between lines, letters, words and paragraphs (RGAA 10.12), as a reader's own style sheet makes it.
_SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5em !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""


def space_out(page: Any) -> None:
    page.evaluate(_SPACED)


def what_is_cut(page: Any) -> list[str]:
    wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    problems = [f"{page.url} is {wide} px wide in a window of {window}"] if wide > window else []
    return [*problems, *(f"{page.url} at {window} px cuts « {words} »" for words in page.evaluate(_CUT))]
