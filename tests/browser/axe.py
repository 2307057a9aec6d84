"""What axe, and the order of titles, say of a page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe

# What passes is not told node by node: half of the time would go there.
_OPTIONS = {"resultTypes": ["violations"]}


# What a width changes; the rest of what axe reads is the same markup.
OF_WIDTH = ("scrollable-region-focusable",)


def violations(page: Any, *, within: str = "", rules: Sequence[str] = ()) -> list[str]:
    """`within`: a selector, where the rest of the page is not ours. `rules`: those alone."""
    options = {**_OPTIONS, "runOnly": list(rules)} if rules else _OPTIONS
    found = Axe().run(page, context=within or None, options=options).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]


def headings_skip_a_level(page: Any) -> list[str]:
    levels = page.eval_on_selector_all(
        "main :is(h1, h2, h3, h4, h5, h6)", "all => all.map(one => Number(one.tagName[1]))"
    )
    jumps = [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1]
    problems = [f"{page.url} title level {before} then {after}" for before, after in jumps]
    return problems if levels.count(1) == 1 else [*problems, f"{page.url} has {levels.count(1)} h1"]


def loose_choices(page: Any) -> list[str]:
    """Boxes and radio buttons of one name stand in a named group (RGAA 11.5, 11.6)."""
    script = """all => {
      const named = it => it && (it.tagName === "FIELDSET" ? it.querySelector("legend") || it.ariaLabel
        || it.getAttribute("aria-labelledby") : it.ariaLabel || it.getAttribute("aria-labelledby"));
      const many = it => document.getElementsByName(it.name).length > 1;
      return all.filter(many).filter(it => !named(it.closest("fieldset, [role=group], [role=radiogroup]")))
        .map(it => it.outerHTML);
    }"""
    found = page.eval_on_selector_all("input[type=radio][name], input[type=checkbox][name]", script)
    return [f"{page.url} outside a named group: {one}" for one in found]
