"""Entries follow what everybody may read, in the transaction that shows or hides it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from commun.common import clock
from commun.finding import analysis
from commun.finding.analysis import audiences, stages
from commun.finding.api import at_the_end, rebuild, sweep
from commun.finding.models import Entry, Posting, Text, Word
from commun.finding.services import sweeping, writing
from commun.finding.services.writing import forget, refresh
from commun.library import api as library
from commun.votes.models import Vote
from tests.agenda.factories import EventFactory
from tests.cooperation.factories import make_project
from tests.library.factories import (
    ArticleFactory,
    ExperienceFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def found(page: Page) -> Entry | None:
    return Entry.objects.filter(source="pages", key=str(page.pk)).first()


def words_of(page: Page) -> set[str]:
    return set(Text.objects.get(entry__source="pages", entry__key=str(page.pk)).folded.split())


def state() -> tuple:
    """All that is written, as values."""
    return (
        sorted(Entry.objects.values_list("pk", "source", "key", "title", "address", "facets", "at", "until", "mark")),
        sorted(Text.objects.values_list("entry", "plain", "folded")),
        sorted(Posting.objects.values_list("word", "entry", "worth")),
        set(Word.objects.values_list("text", flat=True)),
    )


def test_a_published_page_is_written_with_its_words_and_facets():
    theme = ThemeFactory(title="Mobilité", slug="mobilite", vocabulary="vélo")
    place = TerritoryFactory(name="Plouguerneau", population=6500, postcodes=["29880"])
    page = ArticleFactory(title="Réparer ses vélos", slug="velos", themes=[theme], territories=[place])
    entry = found(page)
    assert entry is not None
    assert (entry.kind, entry.title, entry.address) == ("article", "Réparer ses vélos", "/ressources/velos/")
    assert {"theme:mobilite", f"place:{place.key}", "kind:article", "stratum:3"} <= set(entry.facets.split())
    assert {"reparer", "velos", "plouguerneau", "29880", "mobilite"} <= words_of(page)


def test_a_page_leaves_when_it_is_unpublished_and_when_it_is_deleted():
    unpublished, bare, deleted = ArticleFactory(), ArticleFactory(), ArticleFactory()
    unpublished.unpublish()
    Page.objects.get(pk=bare.pk).unpublish()
    Page.objects.get(pk=deleted.pk).delete()
    assert [found(page) for page in (unpublished, bare, deleted)] == [None] * 3
    assert not Posting.objects.exclude(entry__in=Entry.objects.values("pk")).exists()


def test_a_draft_is_never_written_nor_what_a_draft_changes():
    assert found(ArticleFactory(live=False)) is None
    page = ArticleFactory(title="Avant")
    page.title = "Après"
    revision = page.save_revision()
    assert found(page).title == "Avant"
    revision.publish()
    assert found(page).title == "Après"
    assert "avant" not in words_of(page)


def test_what_is_not_committed_is_not_found():
    page = ArticleFactory(title="Avant")
    before = state()
    page.title = "Après"
    with transaction.atomic():
        page.save()
        transaction.set_rollback(True)
    assert state() == before


def test_a_kit_has_the_words_of_its_sheets_and_they_follow_its_address():
    kit = KitFactory(slug="trousse")
    sheet = SheetFactory(parent=kit, title="Animer un atelier", slug="atelier")
    assert "animer" in words_of(kit)
    kit.slug = "boite"
    kit.save()
    assert found(sheet).address == "/ressources/boite/atelier/"
    sheet.delete()
    assert "animer" not in words_of(kit)


def test_a_sheet_that_moves_is_found_where_it_is():
    old, new = KitFactory(slug="ancien"), KitFactory(slug="nouveau")
    sheet = SheetFactory(parent=old, title="Animer un atelier", slug="atelier")
    sheet.move(new, pos="last-child")
    assert found(sheet).address == "/ressources/nouveau/atelier/"
    sweep(now=clock.now())
    assert "animer" not in words_of(old)
    assert "animer" in words_of(new)


def test_an_organisation_is_found_once_it_was_checked():
    one = OrganisationFactory(name="Ville d’Exemple", is_checked=False)
    assert not Entry.objects.filter(source="directory").exists()
    type(one).objects.filter(pk=one.pk).update(is_checked=True)
    assert sweep(now=clock.now()) == 1
    assert Entry.objects.get(source="directory").title == "Ville d’Exemple"


@pytest.mark.parametrize("loss", ["entry", "stale", "ghost"])
def test_a_sweep_puts_right_whatever_was_left_half_way(loss):
    theme = ThemeFactory()
    pages = [ExperienceFactory(themes=[theme], territories=[TerritoryFactory()]), EventFactory(themes=[theme])]
    sweep(now=clock.now())
    right = state()
    entry = Entry.objects.get(source="pages", key=str(pages[0].pk))
    match loss:
        case "entry":
            forget(entries=Entry.objects.filter(pk=entry.pk))
        case "stale":
            Entry.objects.filter(pk=entry.pk).update(title="Autre", mark="autre")
        case "ghost":
            Entry.objects.create(source="pages", key="99999999", kind="article", title="?", address="/", facets=" ")
    assert sweep(now=clock.now()) == 1
    assert sweep(now=clock.now()) == 0
    for mine, theirs in zip(state()[1:3], right[1:3], strict=True):
        assert len(mine) == len(theirs)
    assert {row[1:] for row in state()[0]} == {row[1:] for row in right[0]}


def test_a_theme_that_changes_name_reaches_its_pages_at_the_next_sweep():
    theme = ThemeFactory(title="Mobilité")
    page = ArticleFactory(themes=[theme])
    theme.title = "Déplacements"
    theme.save_revision().publish()
    sweep(now=clock.now())
    assert "deplacements" in words_of(page)


def test_building_again_changes_nothing_and_forgets_words_nobody_has():
    page = ArticleFactory(title="Réparer ses vélos")
    told: list[tuple[str, int, int]] = []
    rebuild(progress=lambda *one: told.append(one))
    before = state()
    Word.objects.create(text="fantome", initial="f", length=7)
    Posting.objects.create(word=1, entry=999_999, worth=1)
    Posting.objects.filter(entry=found(page).pk).delete()
    assert rebuild(progress=lambda *one: told.append(one)) == Entry.objects.count() > 0
    assert state() == before
    assert ("pages", 1, 1) in told
    assert found(page) is not None


def test_a_project_and_its_vote_are_found_and_a_vote_in_preparation_is_not():
    project = make_project(summary="Des bancs partout")
    assert Entry.objects.get(source="projects").summary == "Des bancs partout"
    sweep(now=clock.now())  # a vote changes state by a conditional update
    assert Entry.objects.filter(source="votes", key=str(project.vote_id)).exists()
    Vote.objects.filter(pk=project.vote_id).update(state="draft", profiles=None)
    sweep(now=clock.now())
    assert not Entry.objects.filter(source="votes").exists()


def test_the_command_says_how_many_it_wrote(capsys):
    ArticleFactory()
    call_command("find_again")
    assert "find_again: entries=1 " in capsys.readouterr().out


def test_obstacles_audiences_and_stage_are_the_editors_else_those_of_the_text():
    read = ExperienceFactory(
        title="Relancer un conseil de jeunes", summary="Avec des lycéens", what_failed="<p>Le budget.</p>"
    )
    told = ExperienceFactory(
        title="Relancer un conseil d’avant",
        audiences=["aines"],
        obstacles=["time"],
        stage="idea",
        what_failed="<p>Le budget.</p>",
    )
    assert {"audience:jeunes", "obstacle:budget", "stage:stuck"} <= set(found(read).facets.split())
    tokens = set(found(told).facets.split())
    assert {"audience:aines", "obstacle:time", "stage:idea"} <= tokens
    assert not {"obstacle:budget", "audience:jeunes", "stage:stuck"} & tokens


def test_obstacles_audiences_and_stages_of_texts_are_those_of_the_library():
    assert [one.value for one in analysis.Obstacle] == library.Obstacle.values
    assert [one.label.capitalize() for one in analysis.Obstacle] == library.Obstacle.labels
    assert list(audiences._SAYS) == library.Audience.values
    assert list(stages._SAYS) == library.Stage.values


def test_a_body_that_changes_its_name_reaches_the_pages_that_name_it():
    body = OrganisationFactory(name="Ville d’Avant")
    pages = [
        ExperienceFactory(organisations=[body]),
        ArticleFactory(contributor=body),
        EventFactory(organiser=body),
    ]
    assert all("avant" in words_of(page) for page in pages)
    body.name = "Ville d’Ensuite"
    body.save()
    assert all("ensuite" in words_of(page) and "avant" not in words_of(page) for page in pages)
    type(body).objects.filter(pk=body.pk).update(name="Ville de Toujours")
    assert sweep(now=clock.now()) == len(pages) + 1
    assert all("toujours" in words_of(page) for page in pages)


def test_a_sweep_killed_in_between_is_finished_by_the_next(monkeypatch):
    pages = [ArticleFactory(title=f"Vélo {number}") for number in range(6)]
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(url_path="/x/")
    monkeypatch.setattr(sweeping, "LOT", 2)
    done: list[int] = []

    def killed(**asked) -> int:
        if done:
            raise SystemExit("killed")
        done.append(1)
        return refresh(**asked)

    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "refresh", killed)
        with pytest.raises(SystemExit):
            sweep(now=clock.now())
    assert sweep(now=clock.now()) == 4
    assert sweep(now=clock.now()) == 0
    whole = state()
    rebuild(progress=lambda *_: None)
    assert state()[:3] == whole[:3]


def test_many_words_are_written_as_few_are(monkeypatch):
    for number in range(4):
        ExperienceFactory(title=f"Une expérience {number}", body=[("paragraph", f"<p>Des mots, et {number}.</p>")])
    written = state()
    monkeypatch.setattr(writing, "_MANY", 1)
    Posting.objects.filter(entry__in=Entry.objects.values_list("pk", flat=True)[:2]).delete()
    rebuild(progress=lambda *told: None)
    assert state() == written


class Broken(Exception):
    pass


def _save_and_break(page: Page) -> None:
    with at_the_end():
        page.save()
        raise Broken


def test_what_comes_together_is_written_at_the_end_or_not_at_all():
    with at_the_end():
        page = ArticleFactory(title="Réparer ses vélos")
        page.title = "Réparer ses vélos à plusieurs"
        page.save()
        gone = ArticleFactory(title="Retiré aussitôt")
        gone.delete()
        assert found(page) is None
    assert found(page).title == "Réparer ses vélos à plusieurs"
    assert found(gone) is None
    assert sweep(now=clock.now()) == 0
    page.title = "Jamais"
    with pytest.raises(Broken):
        _save_and_break(page)
    assert found(page).title == "Réparer ses vélos à plusieurs"
    ArticleFactory(title="Ensuite")
    assert Entry.objects.filter(title="Ensuite").exists()
