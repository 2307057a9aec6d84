"""What is kept of whoever gives: exported, erased on request, forgotten after three years."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock, privacy
from commun.contributions.models import Contribution
from commun.contributions.services import deciding, retention
from tests.contributions.conftest import deliver
from tests.contributions.factories import given, moderator, picture
from tests.contributions.test_by_mail import mails
from tests.inbound import corpus
from tests.library.factories import ThemeFactory

pytestmark = pytest.mark.django_db
HER = "camille@bourg.example.org"


def test_everything_she_gave_is_in_her_export_and_nothing_of_others():
    deliver(corpus.text("Le lavoir du bourg."))
    given(address="autre@example.org", title="D’un autre")

    found = privacy.export_person(email="Camille@Bourg.example.org")["contributions"]["contributions"]

    assert [one["texte"] for one in found] == ["Le lavoir du bourg."]
    assert found[0]["messages"][0]["texte"] == "Le lavoir du bourg."
    assert found[0]["nom"] == "Camille Exemple"


def test_erasing_her_blanks_what_she_wrote_and_keeps_the_page_and_the_log(django_capture_on_commit_callbacks):
    ThemeFactory()
    deliver(corpus.text("Le lavoir du bourg."))
    row, by = Contribution.objects.get(), moderator()
    file = picture(contribution=row)
    deciding.edit(contribution_id=row.pk, values={"title": "Secret"}, by=by, now=clock.now())
    deciding.accept(contribution_id=row.pk, by=by, now=clock.now())
    answer_to = mails()[0]["Reply-To"]

    with django_capture_on_commit_callbacks(execute=True):
        done = privacy.erase_person(email=HER, now=clock.now())

    row.refresh_from_db()
    assert done["contributions"] == {"contributions": 1}
    assert (row.title, row.text, row.name, row.address, row.address_hash) == ("Effacée", "", "", "", "")
    assert not row.suggestions
    assert not file.file.storage.exists(file.file.name)
    assert set(row.messages.values_list("text", "sender_name")) == {("", "")}
    assert not any("old" in event.payload for event in row.events.all())
    assert row.events.first().act == "receive"
    assert row.page is not None, "the page is the team’s"
    assert "contributions" not in privacy.export_person(email=HER)
    late = corpus.text("Encore moi.", Message_ID="<late@x.example.org>")
    assert deliver(late, to=answer_to) == "conversation_forgotten"


def test_three_years_after_its_last_movement_a_contribution_is_forgotten():
    old, recent = given(), given(title="Récente")
    now = clock.now()
    Contribution.objects.filter(pk=old.pk).update(moved_at=now - timedelta(days=3 * 365 + 1))

    assert retention.forget_old(now=now) == 1
    assert retention.forget_old(now=now) == 0

    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.address, recent.address) == ("", HER)
