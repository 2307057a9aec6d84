"""What readers, contributors and robots say of the pages that an issue sends people to."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import Page

from commun.common import french
from commun.freshness.api import dead_among, doubts_about
from commun.newsletters.models import IssuePage
from commun.newsletters.rendering.checks import Finding, outgoing
from commun.newsletters.rendering.content import IssueContent
from commun.newsletters.selectors.carried import pages_carried

_STATES = {
    "asked": "personne n’a confirmé depuis longtemps que c’est toujours vrai",
    "changed": "on nous a dit que quelque chose a changé",
    "over": "on nous a dit que ce n’est plus vrai",
}


def check_freshness(*, issue: IssuePage, content: IssueContent) -> Iterator[Finding]:
    """Nothing is asked of other sites here: what is known is said."""
    carried = pages_carried(issue)
    doubts = doubts_about(page_ids=set(carried))
    titles = dict(Page.objects.filter(pk__in=doubts).values_list("pk", "title"))
    for pk, title in sorted(titles.items(), key=lambda one: one[1]):
        doubt, where = doubts[pk], carried[pk]
        if doubt.state:
            yield Finding("page_stale", "warning", f"« {title} » : {_STATES[doubt.state]}.", where, "page")
        if doubt.reports:
            said = french.count(doubt.reports, "signalement attend|signalements attendent")
            yield Finding("page_reported", "warning", f"« {title} » : {said} une réponse.", where, "page")
        if doubt.dead:
            said = french.count(len(doubt.dead), "lien ne mène|liens ne mènent")
            yield Finding("page_dead_links", "warning", f"« {title} » : {said} plus nulle part.", where, "page")
    links = list(outgoing(content))
    dead = dead_among(urls={url for _, _, url in links})
    for position, label, url in links:
        if url in dead:
            yield Finding("link_dead", "warning", f"Le lien « {label} » ne mène plus nulle part.", position, "lien")
