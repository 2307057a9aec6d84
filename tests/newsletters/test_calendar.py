"""The editorial calendar as a year, and moving a theme in it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from commun.common import french
from commun.library.api import CallEndsLater, NotPlanner, ThemePage, plan_theme
from commun.newsletters.selectors.year import AHEAD, month_after, year_from
from tests.agenda.factories import EventFactory
from tests.library.factories import ThemeFactory
from tests.newsletters import factories

pytestmark = pytest.mark.django_db
URL = "/gestion/lettre/calendrier/"


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.mark.parametrize(
    ("first", "number", "found"),
    [
        (date(2026, 11, 1), 2, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 11, 1), 12, date(2027, 11, 1)),
        (date(2026, 11, 1), -12, date(2025, 11, 1)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_are_counted_over_the_new_year(first, number, found):
    assert month_after(first, number) == found


def test_a_year_shows_what_each_month_holds(client, editor):
    client.force_login(editor)
    ThemeFactory(title="Les communs", planned_month=date(2027, 3, 1), call_until=date(2027, 2, 15))
    EventFactory(title="Forum", start=datetime(2027, 5, 3, 9, tzinfo=UTC), end=datetime(2027, 5, 3, 12, tzinfo=UTC))
    page = client.get(URL, {"mois": "2027-01"}).content.decode()
    months = page.partition('class="letter-year"')[2].partition("</ol>")[0].split("<h4>")
    assert len(months) == 13
    assert "Les communs" in months[3]
    assert "Fin de l’appel «&nbsp;Les communs&nbsp;» le 15\u00a0février 2027" in months[2]
    assert "1 événement à l’agenda" in months[5].replace("\u00a0", " ")
    assert "Rien encore" in months[1]
    assert "?mois=2026-01" in page
    assert "?mois=2028-01" in page


@pytest.mark.parametrize("garbage", ["x", "9999-13", "0001-01", "2027-1-1", "<b>"])
def test_garbage_is_no_month(client, editor, garbage):
    client.force_login(editor)
    assert client.get(URL, {"mois": garbage}).status_code == 200


def test_a_year_takes_two_queries_of_its_own(django_assert_max_num_queries):
    for day in range(1, 13):
        EventFactory(start=datetime(2027, 5, day, 9, tzinfo=UTC), end=datetime(2027, 5, day, 12, tzinfo=UTC))
    with django_assert_max_num_queries(2):
        months = year_from(first=date(2027, 1, 1), themes=[], issues=[])
    assert [month.events for month in months] == [0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0]


def test_a_theme_is_moved_on_line_at_once(client, editor):
    theme = ThemeFactory(title="Les communs", planned_month=date(2027, 3, 1))
    client.force_login(editor)
    answer = client.post(reverse("newsletters:plan", args=[theme.pk]), {"month": "2027-05"}, follow=True)
    page = answer.content.decode().replace("\u00a0", " ")
    assert "« Les communs » paraîtra en mai 2027 (avant : mars 2027)." in page
    theme.refresh_from_db()
    assert theme.planned_month == date(2027, 5, 1)
    assert theme.get_latest_revision_as_object().planned_month == date(2027, 5, 1)
    assert not theme.has_unpublished_changes


def test_what_is_being_written_on_the_page_stays_a_draft(editor):
    theme = ThemeFactory(title="Les communs", planned_month=date(2027, 3, 1))
    draft = theme.get_latest_revision_as_object()
    draft.title = "Un titre pas encore choisi"
    draft.save_revision(user=editor)
    moved = plan_theme(theme=theme, month=date(2027, 5, 9), user=editor)
    assert (moved.title, moved.planned_month) == ("Les communs", date(2027, 5, 1))
    assert moved.get_latest_revision_as_object().title == "Un titre pas encore choisi"
    assert moved.get_latest_revision_as_object().planned_month == date(2027, 5, 1)


def test_not_before_the_end_of_its_call(client, editor):
    theme = ThemeFactory(planned_month=date(2027, 3, 1), call_until=date(2027, 2, 15))
    with pytest.raises(CallEndsLater):
        plan_theme(theme=theme, month=date(2027, 1, 1), user=editor)
    client.force_login(editor)
    answer = client.post(reverse("newsletters:plan", args=[theme.pk]), {"month": "2027-01"}, follow=True)
    assert "avancez d’abord sa date limite" in answer.content.decode()
    assert ThemePage.objects.get(pk=theme.pk).planned_month == date(2027, 3, 1)


def test_whoever_does_not_edit_themes_moves_none(client):
    theme = ThemeFactory(planned_month=date(2027, 3, 1))
    outsider = factories.member("passante")
    with pytest.raises(NotPlanner):
        plan_theme(theme=theme, month=date(2027, 5, 1), user=outsider)
    client.force_login(outsider)
    answer = client.post(reverse("newsletters:plan", args=[theme.pk]), {"month": "2027-05"})
    assert answer.status_code in {302, 403}
    assert ThemePage.objects.get(pk=theme.pk).planned_month == date(2027, 3, 1)


@pytest.mark.parametrize("month", ["", "mars", "2027-13"])
def test_a_month_that_is_none_is_said(client, editor, month):
    theme = ThemeFactory(planned_month=date(2027, 3, 1))
    client.force_login(editor)
    answer = client.post(reverse("newsletters:plan", args=[theme.pk]), {"month": month}, follow=True)
    assert "mois" in answer.content.decode()
    assert ThemePage.objects.get(pk=theme.pk).planned_month == date(2027, 3, 1)


def test_months_are_chosen_by_their_names_whatever_the_browser(client, editor):
    today = timezone.localdate()
    soon = month_after(today, 3)
    theme = ThemeFactory(title="Les communs", planned_month=soon)
    past = ThemeFactory(title="La fête des communs", planned_month=date(2019, 3, 1))
    client.force_login(editor)
    page = client.get(URL).content.decode()
    assert 'type="month"' not in page
    lists = {pk: page.partition(f'<select id="mois-{pk}"')[2].partition("</select>")[0] for pk in (theme.pk, past.pk)}
    chosen = f'<option value="{soon.isoformat()[:7]}" selected>{french.month(soon).capitalize()}</option>'
    assert chosen in lists[theme.pk]
    assert f'<optgroup label="{today.year}">' in lists[theme.pk]
    assert lists[theme.pk].count("<option") == AHEAD + 1
    assert "selected" not in lists[past.pk]  # its month is behind us: nothing is chosen for her
    first = re.findall(r'<option value="(\d{4}-\d\d)"', lists[past.pk])[0]
    answer = client.post(reverse("newsletters:plan", args=[past.pk]), {"month": first}, follow=True)
    assert "paraîtra en" in answer.content.decode()
