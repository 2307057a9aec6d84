"""The agenda: what comes, a month as a table, what is over; filters that can be shared."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from commun.agenda.api import ensure_sections
from commun.common import clock
from tests.agenda.factories import EventFactory
from tests.cms.factories import home
from tests.library.factories import TerritoryFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 1, 20, 9, tzinfo=UTC))
    monkeypatch.setattr(clock, "today", lambda: date(2027, 1, 20))


def shown(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def cells(page: str) -> dict[str, str]:
    """Of a month: the text of each day."""
    found = re.findall(r'<td.*?<time datetime="([^"]+)".*?</td>', page)
    whole = re.findall(r"<td.*?</td>", page)
    return dict(zip(found, whole, strict=True))


def test_what_comes_and_what_is_over_are_two_lists(client):
    EventFactory(title="Bientôt", start=datetime(2027, 2, 1, 9, tzinfo=UTC))
    EventFactory(title="En ce moment", start=datetime(2027, 1, 20, 8, tzinfo=UTC))
    EventFactory(title="Déjà passé", start=datetime(2027, 1, 2, 9, tzinfo=UTC))
    coming, over = shown(client, "/agenda/"), shown(client, "/agenda/?vue=passes")
    assert "2 rendez-vous" in coming
    assert "Déjà passé" not in coming
    assert "1 rendez-vous" in over
    assert "Déjà passé" in over


def test_a_month_is_a_table_with_a_row_a_week(client):
    EventFactory(
        title="Trois jours", start=datetime(2027, 2, 9, 9, tzinfo=UTC), end=datetime(2027, 2, 11, 9, tzinfo=UTC)
    )
    reunion = datetime(2027, 2, 27, 21, tzinfo=UTC)  # the 28th, on its own clock
    EventFactory(title="Là-bas", start=reunion, end=reunion + timedelta(hours=1), time_zone="Indian/Reunion")
    page = shown(client, "/agenda/?vue=mois&mois=2027-02")
    days = cells(page)
    assert next(iter(days)) == "2027-02-01"
    assert len(days) == 28
    assert [day for day, cell in days.items() if "Trois jours" in cell] == ["2027-02-09", "2027-02-10", "2027-02-11"]
    assert [day for day, cell in days.items() if "Là-bas" in cell] == ["2027-02-28"]
    assert page.count('<th scope="col">') == 7
    assert "2 rendez-vous" in page
    assert 'mois=2027-01"' in page
    assert 'mois=2027-03"' in page
    assert "Février 2027" in page


def test_a_busy_day_leads_to_all_it_holds(client):
    for number in range(9):
        EventFactory(title=f"Rencontre {number}", start=datetime(2027, 1, 21, 9, tzinfo=UTC))
    page = shown(client, "/agenda/?vue=mois")
    assert cells(page)["2027-01-21"].count("Rencontre") == 4
    assert "et 5 autres, le 21 janvier" in page
    assert "9 rendez-vous" in shown(client, "/agenda/?jour=2027-01-21")
    assert "0 rendez-vous" in shown(client, "/agenda/?jour=2027-01-22")


def test_filters_narrow_every_view_and_the_calendar(client):
    theme = ThemeFactory(title="L’eau", slug="eau")
    region = TerritoryFactory(kind="region", code="53", name="Bretagne")
    start = datetime(2027, 1, 25, 9, tzinfo=UTC)
    EventFactory(title="La bonne", start=start, themes=[theme], territory=TerritoryFactory(region=region))
    EventFactory(title="D’un autre thème", start=start, territory=TerritoryFactory(region=region))
    EventFactory(title="D’ailleurs", start=start, themes=[theme], territory=TerritoryFactory())
    EventFactory(title="De loin", start=start, themes=[theme], territory=region, is_online=True, place="")
    query = "thematique=eau&region=53&ou=sur-place"
    for view in ("", "&vue=mois&mois=2027-01"):
        page = shown(client, f"/agenda/?{query}{view}")
        assert [title for title in ("La bonne", "D’un autre", "D’ailleurs", "De loin") if title in page] == ["La bonne"]
        assert "L’eau, Bretagne, sur place" in page
    calendar = icalendar.Calendar.from_ical(client.get(f"/agenda.ics?{query}").content)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["La bonne"]
    assert str(calendar["x-wr-calname"]).startswith("L’eau, Bretagne, sur place")
    assert f"webcal://localhost:8000/agenda.ics?{query.replace('&', '&amp;')}" in shown(client, f"/agenda/?{query}")


def test_a_kind_narrows_the_agenda_its_calendar_and_says_what_to_loosen(client):
    start = datetime(2027, 1, 25, 9, tzinfo=UTC)
    EventFactory(title="On apprend", kind="formation", start=start)
    EventFactory(title="On visite", kind="visite", start=start)
    EventFactory(title="On ne sait", start=start)
    page = shown(client, "/agenda/?type=formation")
    assert [title for title in ("On apprend", "On visite", "On ne sait") if title in page] == ["On apprend"]
    assert "1 rendez-vous&nbsp;: formation" in page
    calendar = icalendar.Calendar.from_ical(client.get("/agenda.ics?type=formation").content)
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == ["On apprend"]
    assert client.get("/agenda.ics?type=rien").status_code == 404
    empty = shown(client, "/agenda/?type=salon")
    assert '<a href="?">Chercher tous les types</a>' in empty
    event = next(one for one in read_items(client) if one["title"] == "On visite")
    assert event["kind"] == "visite"


def read_items(client) -> list[dict[str, str]]:
    items: list[dict[str, str]] = client.get("/api/v1/events").json()["items"]
    return items


@pytest.mark.parametrize(
    "query",
    ["vue=x", "mois=2027-13&vue=mois", "mois=2000-01&vue=mois", "mois=2099-12&vue=mois", "jour=2027-02-30", "jour=x",
     "region=zz&thematique=rien&ou=la&type=x", "page=-4", "vue=passes&page=999", "jour=2000-01-01"],
)  # fmt: skip
def test_no_address_breaks_the_agenda(client, query):
    EventFactory()
    assert client.get(f"/agenda/?{query}").status_code == 200


def test_a_change_is_taken_by_calendars_that_count_them(client):
    page = EventFactory(start=datetime(2027, 1, 25, 9, tzinfo=UTC))

    def read() -> icalendar.Event:
        (event,) = icalendar.Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
        return event

    page.save_revision().publish()
    before = read()
    page.refresh_from_db()
    type(page).objects.filter(pk=page.pk).update(last_published_at=page.last_published_at + timedelta(minutes=2))
    after = read()
    assert after["sequence"] > before["sequence"] >= 0
    assert after.decoded("last-modified") > before.decoded("last-modified")
    assert after["uid"] == before["uid"]


def test_the_identity_of_an_event_outlives_the_name_of_the_site(client, settings):
    EventFactory(start=datetime(2027, 1, 25, 9, tzinfo=UTC))
    [before] = icalendar.Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    settings.SITE_URL = "https://autre.example.org"
    [after] = icalendar.Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert str(after["url"]).startswith("https://autre.example.org/agenda/")


def test_a_calendar_costs_the_same_however_many_events(client, django_assert_max_num_queries):
    for number in range(30):
        EventFactory(start=datetime(2027, 1, 25, 9, tzinfo=UTC), title=f"Rencontre {number}")
    client.get("/agenda.ics")
    for address in ("/agenda.ics", "/flux/actualites.xml", "/flux/ressources.xml"):
        with django_assert_max_num_queries(8):
            client.get(address)


def test_a_meeting_in_a_place_and_at_a_distance_is_found_by_both(client):
    start = datetime(2027, 1, 25, 9, tzinfo=UTC)
    EventFactory(title="Les deux à la fois", start=start, is_online=True)
    EventFactory(title="Seulement de loin", start=start, is_online=True, place="")
    EventFactory(title="Seulement ici", start=start)
    for where, found in (
        ("sur-place", ["Les deux à la fois", "Seulement ici"]),
        ("en-ligne", ["Les deux à la fois", "Seulement de loin"]),
    ):
        calendar = icalendar.Calendar.from_ical(client.get(f"/agenda.ics?ou={where}").content)
        assert sorted(str(event["summary"]) for event in calendar.walk("VEVENT")) == found
        page = shown(client, f"/agenda/?ou={where}")
        titles = ("Les deux à la fois", "Seulement de loin", "Seulement ici")
        assert [title for title in titles if title in page] == found


def test_lists_say_on_whose_clock_an_hour_is(client):
    theme = ThemeFactory()
    start = datetime(2027, 1, 25, 6, tzinfo=UTC)
    EventFactory(title="Là-bas", start=start, time_zone="Indian/Reunion", themes=[theme])
    for address in ("/agenda/", "/", theme.url):
        assert "de 10\u00a0h à 12\u00a0h (heure locale\u00a0: La Réunion)" in client.get(address).content.decode()
    EventFactory(title="Ici", start=start, themes=[theme])
    assert "de 7\u00a0h à 9\u00a0h</strong>" in client.get("/agenda/").content.decode()


def test_a_cell_of_a_month_says_the_hour_at_which_an_event_begins(client):
    first = datetime(2027, 1, 25, 8, 30, tzinfo=UTC)
    EventFactory(title="Deux jours", start=first, end=first + timedelta(days=1))
    EventFactory(title="Là-bas", start=datetime(2027, 1, 27, 6, tzinfo=UTC), time_zone="Indian/Reunion")
    EventFactory(title="Sans heure", start=datetime(2027, 1, 28, 6, tzinfo=UTC), all_day=True)
    days = cells(client.get("/agenda/?vue=mois").content.decode().replace("\n", " "))
    assert '<span class="tec-month__hour">9\u00a0h\u00a030</span>' in days["2027-01-25"]
    assert "tec-month__hour" not in days["2027-01-26"]
    assert '<span class="tec-month__hour">10\u00a0h, heure locale</span>' in days["2027-01-27"]
    assert "Sans heure" in days["2027-01-28"]
    assert "tec-month__hour" not in days["2027-01-28"]


JOIN = ("M’inscrire", "Ajouter à mon agenda", "Rejoindre la visioconférence")


def test_nobody_is_asked_to_come_to_what_is_over_or_cancelled(client, monkeypatch):
    start = datetime(2027, 1, 20, 10, tzinfo=UTC)
    links = {"registration_url": "https://example.org/oui", "video_url": "https://example.org/visio", "is_online": True}
    coming, off = EventFactory(start=start, **links), EventFactory(start=start, is_cancelled=True, **links)

    def offered(page) -> list[str]:
        text = shown(client, page.url)
        assert ("Terminé" in text) is (page.is_over and not page.is_cancelled)
        assert ("Annulé" in text) is page.is_cancelled
        return [label for label in JOIN if label in text]

    assert offered(coming) == list(JOIN)
    assert offered(off) == []
    # The page kept for everybody is good until the event is over: nothing else was written meanwhile.
    monkeypatch.setattr(clock, "now", lambda: coming.end + timedelta(minutes=1))
    assert offered(coming) == []
    assert "Terminé" in shown(client, "/agenda/?jour=2027-01-20")


def test_the_page_of_an_event_of_several_days_says_both_hours(client):
    start = datetime(2027, 2, 9, 8, tzinfo=UTC)
    page = EventFactory(start=start, end=datetime(2027, 2, 11, 16, 30, tzinfo=UTC))
    told = "Du 9\u00a0février à 9\u00a0h au 11\u00a0février 2027 à 17\u00a0h\u00a030"
    assert told in client.get(page.url).content.decode()
    assert "Du 9 au 11\u00a0février 2027</strong>" in client.get("/agenda/").content.decode()


def test_an_empty_agenda_says_what_to_let_go_of_and_whom_to_ask(client):
    region = TerritoryFactory(kind="region", code="53", name="Bretagne")
    ThemeFactory(title="L’eau", slug="eau")
    query = "thematique=eau&amp;region=53&amp;ou=en-ligne"
    for view in ("", "&vue=mois&mois=2027-05", "&vue=passes"):
        page = shown(client, f"/agenda/?thematique=eau&region={region.code}&ou=en-ligne{view}")
        assert "Dites votre besoin" in page
        kept = view.replace("&", "&amp;")
        for gone in query.split("&amp;"):
            left = "&amp;".join(one for one in query.split("&amp;") if one != gone)
            assert f'href="?{left}{kept}"' in page
    assert "Aucun rendez-vous ce mois-ci" in shown(client, "/agenda/?vue=mois&mois=2027-05")
    page = shown(client, "/agenda/")
    assert "Aucune date n’est annoncée" in page
    assert "/contribuer/evenement/" in page
    assert "sans la thématique" not in page
    EventFactory(start=datetime(2027, 1, 25, 9, tzinfo=UTC))
    assert "Dites votre besoin" not in shown(client, "/agenda/")


def test_news_that_are_none_lead_to_the_form_of_needs(client):
    ensure_sections(home=home())
    page = shown(client, "/actualites/")
    assert "Aucune actualité pour l’instant" in page
    assert "Dites votre besoin" in page


def test_a_day_lists_what_its_cell_counted_on_whose_clock_it_is(client):
    papeete = datetime(2027, 2, 6, 0, tzinfo=UTC)  # the 5th at two in the afternoon, there; the 6th in Paris
    EventFactory(title="Au loin", start=papeete, end=papeete + timedelta(hours=1), time_zone="Pacific/Tahiti")
    assert "Au loin" in cells(shown(client, "/agenda/?vue=mois&mois=2027-02"))["2027-02-05"]
    assert "Au loin" in shown(client, "/agenda/?jour=2027-02-05")
    assert "Au loin" not in shown(client, "/agenda/?jour=2027-02-06")


def test_each_window_of_the_agenda_has_a_title_of_its_own(client):
    for number in range(21):
        EventFactory(title=f"Rendez-vous {number}", start=datetime(2027, 2, 5, 9, tzinfo=UTC))
    titles = {
        query: re.search(r"<title>(.*?) —", shown(client, f"/agenda/{query}"))[1].replace("\u00a0", " ")
        for query in ("", "?page=2", "?vue=mois&mois=2027-03", "?jour=2027-02-05", "?vue=passes", "?page=zz")
    }
    assert titles == {
        "": "Agenda",
        "?page=2": "Agenda – page 2",
        "?vue=mois&mois=2027-03": "Agenda, mars 2027",
        "?jour=2027-02-05": "Agenda, vendredi 5 février 2027",
        "?vue=passes": "Agenda, rendez-vous passés",
        "?page=zz": "Agenda",
    }
