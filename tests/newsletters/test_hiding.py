"""What an editor changes for one issue alone: a section hidden, another picture."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from commun.newsletters import api
from commun.newsletters.selectors.carried import pages_carried
from commun.newsletters.selectors.places import place_of
from commun.newsletters.services.freeze import freeze, latest
from tests.library.factories import ImageFactory
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


def change(issue, editor, kind, **values):
    """The draft with one section changed, as saved and read again."""
    draft = latest(issue=issue)
    section = next(one for one in draft.body if one.block_type == kind)
    for name, value in values.items():
        section.value[name] = value
    draft.save_revision(user=editor)
    issue.refresh_from_db()
    return latest(issue=issue), section


def hide(issue, editor, kind):
    return change(issue, editor, kind, hidden=True)


def documents(issue):
    return freeze(issue=issue).documents


def test_a_hidden_section_is_in_none_of_the_three_documents(issue, editor):
    before = documents(latest(issue=issue))
    hidden, _ = hide(issue, editor, "inspirations")
    after = documents(hidden)
    for name in ("web", "email", "text"):
        seen = "inspirer", "Une caisse commune"
        assert all(words in getattr(before, name) for words in seen), name
        assert not any(words in getattr(after, name) for words in seen), name
    assert len(freeze(issue=hidden).content.blocks) == len(hidden.body) - 1


def test_it_stays_in_the_draft_and_comes_back(issue, editor):
    hidden, section = hide(issue, editor, "inspirations")
    assert section.id in [one.id for one in hidden.body]
    shown, _ = change(issue, editor, "inspirations", hidden=False)
    assert "Une caisse commune" in documents(shown).text


def test_the_checks_say_that_it_does_not_leave_and_lead_to_it(client, issue, editor):
    hidden, section = hide(issue, editor, "agenda")
    (finding,) = [one for one in freeze(issue=hidden).findings if one.code == "section_hidden"]
    assert finding.level == "advice"
    assert "elle ne partira pas" in finding.message
    assert "Agenda" in finding.message
    assert place_of(finding=finding, issue=hidden) == ("body", section.id, "hidden")
    client.force_login(editor)
    page = client.get(reverse("newsletters:issue", args=[issue.pk])).content.decode()
    assert f"#block-{section.id}-section" in page
    assert api.submit_issue(issue=issue, user=editor, now=NOW), "it stops nothing"


def test_findings_of_the_sections_below_still_lead_to_them(issue, editor):
    hide(issue, editor, "featured")
    draft, section = change(issue, editor, "questions", title="LA GRANDE RENCONTRE ANNUELLE")
    found = [one for one in freeze(issue=draft).findings if one.code == "shouting"]
    assert [place_of(finding=one, issue=draft) for one in found] == [("body", section.id, "title")]


def test_a_hidden_section_fills_no_gap(issue, editor):
    """All hidden, the letter is as empty as without them."""
    draft = latest(issue=issue)
    for section in draft.body:
        section.value["hidden"] = True
    draft.save_revision(user=editor)
    issue.refresh_from_db()
    found = freeze(issue=latest(issue=issue)).findings
    assert "empty_issue" in {one.code for one in found if one.level == "blocking"}


def test_nobody_is_told_that_her_page_left_in_a_section_that_did_not(issue, editor):
    page = Page.objects.get(title="Une caisse commune")
    assert page.pk in pages_carried(latest(issue=issue))
    hidden, _ = hide(issue, editor, "inspirations")
    assert page.pk not in pages_carried(hidden)


def test_an_issue_written_before_one_could_hide_leaves_whole(issue):
    raw = [
        {**one, "value": {key: value for key, value in one["value"].items() if key != "hidden"}}
        for one in issue.body.get_prep_value()
    ]
    issue.body = issue.body.stream_block.to_python(raw)
    assert len(issue.sections) == len(issue.body)
    assert len(freeze(issue=issue).content.blocks) == len(raw)


def test_every_section_can_be_hidden_in_its_settings(issue):
    for kind, block in issue.body.stream_block.child_blocks.items():
        assert "hidden" in block.meta.form_layout.settings, kind
        assert "hidden" not in block.meta.form_layout.children, kind


# --- another picture --------------------------------------------------------------------------------


def another():
    return ImageFactory(
        file__width=1200,
        file__height=800,
        file__color="red",
        alt_text="Une halle un jour de marché",
        credit="Aline Essai",
    )


def assert_shown(issue):
    found = documents(issue)
    for name in ("web", "email"):
        assert "Une halle un jour de marché" in getattr(found, name), name
        assert "Aline Essai" in getattr(found, name), name


@pytest.mark.parametrize("kind", ["featured", "concept"])
def test_a_section_shows_the_picture_chosen_for_it(issue, editor, kind):
    draft, _ = change(issue, editor, kind, image=another(), show_image=True)
    assert_shown(draft)


@pytest.mark.parametrize(("kind", "rank"), [("inspirations", 0), ("news", 0)])
def test_a_card_shows_the_picture_chosen_for_it(issue, editor, kind, rank):
    draft = latest(issue=issue)
    section = next(one for one in draft.body if one.block_type == kind)
    own = section.value["items"][rank]["page"].specific.cover_image
    section.value["items"][rank]["image"] = another()
    section.value["show_images"] = True
    draft.save_revision(user=editor)
    issue.refresh_from_db()
    draft = latest(issue=issue)
    assert_shown(draft)
    blocks = freeze(issue=draft).content.blocks
    (card, *_) = next(one for one in blocks if one.kind == kind).cards
    assert card.image.alt == "Une halle un jour de marché"
    assert own is None or own.alt_text != card.image.alt


def test_without_one_the_picture_is_the_one_of_the_page(issue):
    draft = latest(issue=issue)
    section = next(one for one in draft.body if one.block_type == "featured")
    (block,) = [one for one in freeze(issue=draft).content.blocks if one.kind == "featured"]
    assert block.card.image.alt == section.value["page"].specific.cover_image.alt_text


def test_a_picture_chosen_and_not_shown_stays_out(issue, editor):
    draft, _ = change(issue, editor, "featured", image=another(), show_image=False)
    assert "Une halle un jour de marché" not in documents(draft).email
