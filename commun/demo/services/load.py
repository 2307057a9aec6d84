"""Loads the whole demonstration, as often as one likes: what is there stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from commun.demo.services.agenda import load_agenda
from commun.demo.services.cooperation import load_cooperation
from commun.demo.services.freshness import load_freshness
from commun.demo.services.letter import load_issue
from commun.demo.services.library import load_library
from commun.demo.services.mandates import load_mandates
from commun.demo.services.peers import load_peers
from commun.demo.services.people import load_readers, load_team
from commun.demo.services.shelf import (
    Shelf,
    default_site,
    load_network,
    load_organisations,
    load_pictures,
    load_register,
)
from commun.demo.services.silence import silence, write_in_the_past
from commun.demo.services.votes import load_votes
from commun.finding.api import at_the_end
from commun.newsletters.api import IssuePage


def load_demo(*, now: datetime, say: Callable[[str], None] = lambda line: None) -> IssuePage:
    """The library, the agenda, the people and the draft issue, which is returned; `say` is told each step."""
    site = default_site()
    shelf = Shelf(home=site.root_page.specific)
    say("Registre des territoires…")
    load_register(now=now)
    say("Dessins, organisations, bibliothèque et agenda…")
    with at_the_end():
        load_network(site=site)
        load_pictures(shelf=shelf)
        load_organisations(shelf=shelf)
        load_library(shelf=shelf, now=now)
        load_agenda(shelf=shelf, now=now)
    say("Équipe, votes, abonnés et numéro de la lettre…")
    first = not IssuePage.objects.exists()
    with silence():
        issue = _people_and_votes(shelf=shelf, now=now)
        if first:  # later, what people did since is told to them
            write_in_the_past(now=now)
    return issue


def _people_and_votes(*, shelf: Shelf, now: datetime) -> IssuePage:
    with at_the_end():
        load_team()
        load_mandates(shelf=shelf, now=now)
        load_votes(shelf=shelf, now=now)
        load_cooperation(shelf=shelf, now=now)
        load_peers(shelf=shelf, now=now)
        load_freshness(shelf=shelf, now=now)
        load_readers(shelf=shelf, now=now)
        return load_issue(shelf=shelf, now=now)
