"""« Nous voulons le faire »: begun in one gesture, asked about at the right moment, given back as an experience."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import caches
from django.urls import reverse

from commun.accounts.api import create_member
from commun.common import clock, french, privacy, signing
from commun.contributions.models import Contribution
from commun.contributions.services import deciding
from commun.cooperation import api, links
from commun.cooperation.exceptions import NothingToStart
from commun.cooperation.models import Start, StartEvent
from commun.cooperation.services import asking, retention, starting
from commun.library.api import ResourceDocument
from commun.territories.api import (
    MandateLevel,
    MandateMethod,
    MandateMissing,
    declare_membership,
    leave_organisation,
    memberships_of,
    prove_membership,
)
from tests.contributions.factories import given
from tests.library.factories import (
    ArticleFactory,
    DocumentFactory,
    ExperienceFactory,
    GuideFactory,
    OrganisationFactory,
    TerritoryFactory,
)
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def _locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def page():
    return ExperienceFactory(title="À Grenoble, les voisins refont la rue")


def town(name: str = ""):
    name = name or f"Bourg {next(_numbers)}"
    return OrganisationFactory(name=name, kind="collectivite", territory=TerritoryFactory(name=name))


def member(organisation, email: str = "", *, proved: bool = True):
    user = create_member(email=email or f"agent{next(_numbers)}@bourg.example.org", first_name="Ada")
    if proved:
        make_mandate(user=user, organisation=organisation, now=clock.now())
    else:
        declare_membership(user=user, organisation=organisation, role="Agente", now=clock.now())
    return user


def begun(page, **values):
    organisation = values.pop("organisation", None) or town()
    user = values.pop("user", None) or member(organisation)
    return api.begin_start(page=page, organisation=organisation, user=user, now=clock.now(), **values)


def said_of(client, page) -> str:
    """A minute later: what a page shows is remembered that long."""
    caches["local"].clear()
    return client.get(page.url).content.decode()


# --- to begin ---------------------------------------------------------------------------------------------


def test_a_verified_member_says_so_with_one_button_and_everybody_sees_it(client, page):
    arboys = town("Arboys")
    client.force_login(member(arboys))
    assert reverse("cooperation:start", args=[page.pk]) in said_of(client, page)
    form = client.get(reverse("cooperation:start", args=[page.pk])).context["form"]
    chosen = {name: form[name].value() for name in ("collectivite", "etat")}  # nothing to fill in: one press
    answer = client.post(reverse("cooperation:start", args=[page.pk]), {**chosen, "public": "on"}, follow=True)
    assert "Nous vous demanderons dans trois mois" in answer.content.decode()
    row = Start.objects.get()
    assert (row.organisation, row.state, row.is_proved, row.inspired_title) == (arboys, "wish", True, page.title)
    client.logout()
    assert "Arboys" in said_of(client, page)
    assert page.title in client.get(arboys_page(arboys)).content.decode()


def arboys_page(organisation) -> str:
    return f"/annuaire/{organisation.slug}/"


def test_two_clicks_and_two_colleagues_begin_once(page):
    bourg = town()
    ada, bea = member(bourg), member(bourg)
    first = begun(page, organisation=bourg, user=ada)
    assert begun(page, organisation=bourg, user=bea) == first == begun(page, organisation=bourg, user=ada)
    assert first.events.count() == 1


def test_a_newcomer_s_waits_unseen_for_her_mandate(client, page):
    bourg = town("Villeneuve-des-Essais")
    newcomer = member(bourg, proved=False)
    row = begun(page, organisation=bourg, user=newcomer)
    assert not row.is_proved
    assert bourg.name not in said_of(client, page)
    assert starting.prove(now=clock.now()) == 0
    [declared] = memberships_of(user=newcomer, at=clock.now(), level=MandateLevel.M0)
    method = MandateMethod.OFFICIAL_ADDRESS
    prove_membership(membership=declared, level=MandateLevel.M1, method=method, now=clock.now())
    assert starting.prove(now=clock.now()) == 1
    assert bourg.name in said_of(client, page)


def test_what_a_stranger_says_of_a_town_gives_her_nothing_of_the_town_s(client, page):
    bourg = town("Arboys")
    row = begun(page, organisation=bourg, user=member(bourg), purpose="Nos mots, entre membres.", is_public=False)
    client.force_login(member(bourg, proved=False))
    path = reverse("cooperation:start", args=[page.pk])
    answer = client.post(path, {"collectivite": str(bourg.pk), "etat": "wish", "public": "on"}, follow=True)
    assert row.reference not in answer.redirect_chain[0][0]
    hers = Start.objects.get(is_proved=False)
    told = answer.content.decode()
    assert "Nos mots" not in told
    assert "déjà dit" not in told  # nor that somebody did
    assert "Personne d’autre ne la voit" in told
    # A link of hers to the town's, were it guessed, leads nowhere.
    for token in (
        links.start_token(reference=row.reference, user_id=hers.user_id),
        signing.sign(purpose=links.START, value=row.reference),
    ):
        assert client.get(f"/demarche/{token}/").status_code == 404
        assert client.post(f"/demarche/{token}/retirer/", {}).status_code in {404, 422}
    assert Start.objects.filter(pk=row.pk, is_public=False).exists()


def test_what_nobody_has_proved_keeps_no_colleague_from_saying_it(client, page):
    bourg = town("Arboys")
    newcomer = member(bourg, proved=False)
    claimed = begun(page, organisation=bourg, user=newcomer, purpose="Des mots de n’importe qui.")
    row = begun(page, organisation=bourg, user=member(bourg), purpose="Nos mots.")
    assert (row.is_proved, row.purpose, row.pk == claimed.pk) == (True, "Nos mots.", False)
    assert bourg.name in said_of(client, page)
    assert starting.prove(now=clock.now()) == 0
    make_mandate(user=newcomer, organisation=bourg, now=clock.now())
    # A colleague after all: what she said enters what the town had said.
    assert starting.prove(now=clock.now()) == 1
    assert Start.objects.get() == row
    assert row.events.count() == 2


def test_what_she_said_before_her_proof_is_hers_as_soon_as_she_says_it_again(page):
    bourg = town()
    user = member(bourg, proved=False)
    waiting = begun(page, organisation=bourg, user=user)
    assert begun(page, organisation=bourg, user=user) == waiting
    make_mandate(user=user, organisation=bourg, now=clock.now())
    assert begun(page, organisation=bourg, user=user) == waiting
    waiting.refresh_from_db()
    assert waiting.is_proved


def test_the_link_of_whoever_left_leads_nowhere_and_what_she_had_not_proved_is_gone(client, page):
    bourg = town("Arboys")
    ada, bea = member(bourg), member(bourg)
    row = begun(page, organisation=bourg, user=ada)
    address = f"/demarche/{links.start_token(reference=row.reference, user_id=ada.pk)}/"
    assert client.get(address).status_code == 200
    [held] = memberships_of(user=ada, at=clock.now())
    leave_organisation(membership_id=held.pk, user=ada, successor=bea, now=clock.now())
    assert client.get(address).status_code == 404
    row.refresh_from_db()
    assert row.user == bea
    stranger = member(bourg, proved=False)
    begun(GuideFactory(), organisation=bourg, user=stranger)
    [declared] = memberships_of(user=stranger, at=clock.now(), level=MandateLevel.M0)
    leave_organisation(membership_id=declared.pk, user=stranger, now=clock.now())
    assert Start.objects.get() == row


def test_a_stranger_begins_for_nobody(client, page):
    bourg = town()
    stranger = create_member(email="inconnue@example.org")
    with pytest.raises(MandateMissing):
        begun(page, organisation=bourg, user=stranger)
    client.force_login(stranger)
    path = reverse("cooperation:start", args=[page.pk])
    assert "Choisir ma collectivité" in client.get(path).content.decode()
    assert client.post(path, {"collectivite": str(bourg.pk), "etat": "wish"}).status_code == 422
    client.logout()
    assert client.post(path, {}).status_code == 302
    assert not Start.objects.exists()


def test_only_what_tells_how_to_do_something_and_is_on_line_makes_others_begin(client):
    article, draft, guide = ArticleFactory(), ExperienceFactory(live=False), GuideFactory()
    bourg = town()
    user = member(bourg)
    client.force_login(user)
    for page in (article, draft):
        with pytest.raises(NothingToStart):
            begun(page, organisation=bourg, user=user)
        assert client.get(reverse("cooperation:start", args=[page.pk])).status_code == 404
    assert "Nous voulons le faire" not in said_of(client, article)
    assert begun(guide, organisation=bourg, user=user).pk


def test_who_wishes_it_is_not_named(client, page):
    bourg = town("Discrète-sur-Essai")
    begun(page, organisation=bourg, is_public=False)
    assert bourg.name not in said_of(client, page)
    assert page.title not in client.get(arboys_page(bourg)).content.decode()


# --- to take up -------------------------------------------------------------------------------------------


def documented(page, *titles: str):
    for title in titles:
        ResourceDocument.objects.create(page=page, document=DocumentFactory(title=title), note="À adapter.")


def news_of(client, row) -> str:
    return client.get(f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/").content.decode()


def test_who_begins_is_offered_the_documents_of_what_inspired_her(client, page):
    documented(page, "Le règlement de la rue")
    client.force_login(member(town()))
    path = reverse("cooperation:start", args=[page.pk])
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in ("collectivite", "etat")}
    shown = client.post(path, values, follow=True).content.decode()
    document = page.documents.get().document
    assert f'href="{document.url}"' in shown
    assert "Le règlement de la rue" in shown
    assert "À adapter." in shown
    assert french.weight(document.get_file_size()) in shown
    assert reverse("website:pack", args=[page.translation_key]) in shown


def test_what_nobody_may_take_or_is_no_longer_on_line_is_not_offered(client):
    reserved = ExperienceFactory(licence="tous-droits-reserves")
    documented(reserved, "Le plan de la place")
    row = begun(reserved)
    shown = news_of(client, row)
    assert "Le plan de la place" in shown  # a document that anybody reads on the page
    assert reverse("website:pack", args=[reserved.translation_key]) not in shown
    reserved.unpublish()
    shown = news_of(client, row)
    assert "Le plan de la place" not in shown
    assert "À reprendre" not in shown


def test_the_mail_names_the_documents_and_counts_the_others(page, mailoutbox):
    documented(page, "Le règlement", "L’affiche", "Le budget", "La charte", "Le bilan")
    bourg = town()
    user = member(bourg)
    begun(page, organisation=bourg, user=user)
    begun(GuideFactory(), organisation=bourg, user=user)  # has none
    asking.ask_how_it_goes(now=after(100))
    [mail] = mailoutbox
    said = mail.body.replace("\u00a0", " ").replace("\u202f", " ")
    assert said.count("À reprendre") == 1
    assert "À reprendre, sur cette même page : « Le règlement », « L’affiche », « Le budget » et 2 autres." in said


# --- since when, who sees it, and mistakes -----------------------------------------------------------------


def test_what_was_done_already_says_since_which_month(client, page):
    bourg = town("Arboys")
    client.force_login(member(bourg))
    path = reverse("cooperation:start", args=[page.pk])
    values = {"collectivite": str(bourg.pk), "etat": "done", "public": "on"}
    next_year = clock.today().year + 1
    for wrong in ("un jour", f"{next_year}-01", "0012-03"):
        refused = client.post(path, {**values, "mois": wrong})
        assert (refused.status_code, refused.context["form"]["mois"].value()) == (422, wrong)
    assert client.post(path, {**values, "etat": "wish", "mois": "2024-03"}).status_code == 422
    assert not Start.objects.exists()
    shown = client.post(path, {**values, "mois": "03/2024"}, follow=True).content.decode()
    assert "depuis mars" in shown
    assert Start.objects.get().begun_on == date(2024, 3, 1)
    client.logout()
    assert "commencé en mars" in said_of(client, page)
    assert re.search("mené à bien, mars.2024", client.get(arboys_page(bourg)).content.decode())


def test_what_is_kept_among_members_is_shown_to_members_alone(client, page):
    bourg = town("Discrète-sur-Essai")
    row = begun(page, organisation=bourg, is_public=False)
    waiting = member(town(), proved=False)
    for someone, sees in ((None, False), (waiting, False), (member(town()), True), (waiting, False), (None, False)):
        client.logout()
        if someone is not None:
            client.force_login(someone)
        # What pages show is remembered from one to the other.
        assert (bourg.name in client.get(page.url).content.decode()) is sees
    client.logout()
    assert "membres du réseau" in news_of(client, row)


def press(client, row, what: str, **values: str):
    path = f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/"
    shown = client.get(path if what != "retirer" else f"{path}retirer/")
    form = shown.context["form" if what == "retirer" else "seen_form"]
    marks = dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', str(form.guard_fields)))
    return client.post(f"{path}{what}/", {**marks, **values}, follow=True)


def test_she_changes_her_mind_on_who_sees_it(client, page):
    bourg = town("Arboys")
    row = begun(page, organisation=bourg)
    assert "seuls les membres du réseau" in press(client, row, "visible", **{"voir-tous": "non"}).content.decode()
    assert bourg.name not in said_of(client, page)
    assert "tout le monde voit" in press(client, row, "visible", **{"voir-tous": "oui"}).content.decode()
    assert bourg.name in said_of(client, page)
    path = f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/"
    assert client.get(f"{path}visible/").status_code == 405
    client.post(f"{path}visible/", {"voir-tous": "peut-être"})
    row.refresh_from_db()
    assert row.is_public


def test_what_was_said_by_mistake_is_removed_once_confirmed_with_what_is_derived(client, page):
    bourg = town("Arboys")
    row = begun(page, organisation=bourg)
    path = f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/retirer/"
    assert "Retirer votre démarche" in client.get(path).content.decode()
    client.post(path, {})  # whoever copies the address of the form without what proves it was shown
    assert Start.objects.filter(pk=row.pk).exists()
    assert "est retirée" in press(client, row, "retirer").content.decode()
    assert not Start.objects.exists()
    assert not StartEvent.objects.exists()
    assert bourg.name not in said_of(client, page)
    assert client.get(path).status_code == 404
    assert begun(page, organisation=bourg).pk  # and may be said again


def test_what_an_experience_came_of_is_not_removed(client, page):
    came_of(page, "À Arboys, une rue")
    row = Start.objects.get()
    path = f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/"
    assert "C’était une erreur" not in client.get(path).content.decode()
    assert "ne peut plus être retirée" in client.post(f"{path}retirer/", {}, follow=True).content.decode()
    assert Start.objects.exists()


# --- how it goes ------------------------------------------------------------------------------------------


def after(days: int):
    return clock.now() + timedelta(days=days)


def test_it_is_asked_after_three_six_and_twelve_months_and_never_again(page, mailoutbox):
    row = begun(page)
    asked = [day for day in range(0, 800, 1) if asking.ask_how_it_goes(now=after(day))]
    assert len(asked) == len(mailoutbox) == 3
    assert [abs(day - wanted) <= 4 for day, wanted in zip(asked, (91, 182, 365), strict=True)] == [True] * 3
    row.refresh_from_db()
    assert (row.asked, row.ask_at) == (3, None)
    assert ["six questions" in mail.body for mail in mailoutbox] == [False, False, True]


def test_one_mail_a_month_tells_of_all_she_began(page, mailoutbox):
    bourg = town()
    user = member(bourg)
    pages = [page, GuideFactory(), ExperienceFactory()]
    for one in pages:
        begun(one, organisation=bourg, user=user)
    days = [day for day in range(60, 150) if asking.ask_how_it_goes(now=after(day))]
    assert len(days) == 1
    [mail] = mailoutbox
    assert mail.to == [user.email]
    assert all(one.title in mail.body for one in pages)
    assert mail.body.count("/demarche/") == 3


def test_what_a_colleague_hands_over_does_not_bring_a_second_mail_within_the_month(page, mailoutbox):
    bourg = town()
    ada, bea = member(bourg), member(bourg)
    begun(page, organisation=bourg, user=ada)
    other = begun(GuideFactory(), organisation=bourg, user=bea)
    Start.objects.filter(pk=other.pk).update(ask_at=after(110))
    [first] = [day for day in range(60, 105) if asking.ask_how_it_goes(now=after(day))]
    Start.objects.filter(pk=other.pk).update(user=ada)
    mailoutbox.clear()
    later = [day for day in range(105, 150) if asking.ask_how_it_goes(now=after(day))]
    assert len(later) == 1
    assert later[0] - first >= 30
    assert [mail.to for mail in mailoutbox] == [[ada.email]]


def test_the_link_of_the_mail_answers_without_signing_in_and_opening_it_changes_nothing(client, page, mailoutbox):
    row = begun(page)
    asking.ask_how_it_goes(now=after(100))
    path = re.search(r"http://localhost:8000(/demarche/\S+)", mailoutbox[0].body)[1]
    before = Start.objects.values().get()
    shown = client.get(path)
    assert page.title in shown.content.decode()
    assert Start.objects.values().get() == before
    client.post(f"{path}nouvelles/", {**guard_of(shown), "etat": "running", "nouvelles": "La rue est fermée."})
    row.refresh_from_db()
    assert row.state == "running"
    assert [(one.state, one.words) for one in row.events.all()][1:] == [("running", "La rue est fermée.")]
    again = client.get(path)
    quiet = client.post(f"{path}silence/", {**guard_of(again, prefix="rappel-"), "rappel-encore": "non"}, follow=True)
    row.refresh_from_db()
    assert row.ask_at is None
    # What she tells afterwards, in whatever state, brings no question back; she alone does.
    for state in ("launched", "stopped", "running"):
        starting.tell(start_id=row.pk, state=api.StartState(state), words="Encore.", by=None, now=clock.now())
    row.refresh_from_db()
    assert row.ask_at is None
    client.post(f"{path}silence/", {**guard_of(quiet, prefix="rappel-"), "rappel-encore": "oui"})
    row.refresh_from_db()
    assert row.ask_at is not None


def test_asked_again_the_next_question_is_the_first_that_is_not_past(page):
    row = begun(page)
    starting.ask_no_more(start_id=row.pk)
    assert starting.ask_again(start_id=row.pk, now=after(120))  # that of three months is past
    row.refresh_from_db()
    assert after(180) < row.ask_at < after(187)
    starting.ask_no_more(start_id=row.pk)
    assert not starting.ask_again(start_id=row.pk, now=after(400))


def test_still_the_same_is_an_answer(client, page, mailoutbox):
    row = begun(page, state=api.StartState.RUNNING)
    asking.ask_how_it_goes(now=after(100))
    row.refresh_from_db()
    assert row.is_awaited
    for minute in (0, 1):  # pressed twice
        starting.tell(
            start_id=row.pk, state=api.StartState.RUNNING, words="", by=None,
            now=after(101) + timedelta(minutes=minute),
        )  # fmt: skip
    row.refresh_from_db()
    assert not row.is_awaited
    assert row.events.count() == 2


def guard_of(response, *, prefix: str = "") -> dict[str, str]:
    """The hidden fields of a guarded form."""
    form = response.context["quiet_form" if prefix else "form"]
    return dict(re.findall(r'name="([^"]+)"[^>]*?value="([^"]*)"', str(form.guard_fields)))


def test_forged_and_foreign_links_say_what_to_do(client, page):
    row = begun(page)
    token = links.start_token(reference=row.reference, user_id=row.user_id)
    for forged in (token[:-2] + "xx", links.need_token(reference=row.reference)):
        assert client.get(f"/demarche/{forged}/").status_code == 404
        assert client.post(f"/demarche/{forged}/nouvelles/", {"etat": "done"}).status_code in {404, 422}
    row.refresh_from_db()
    assert row.state == "wish"


@pytest.mark.parametrize(("old", "new"), list(itertools.product(api.StartState, api.StartState)))
def test_whatever_she_says_next_is_taken(page, old, new):
    row = begun(page, state=old)
    told = api.tell_start(start_id=row.pk, state=new, words="Voilà.", by=None, now=clock.now())
    assert told.state == new
    assert (told.ask_at is not None) == (new in {"wish", "launched", "running"})


# --- given back -------------------------------------------------------------------------------------------


def story_of(row, *, client) -> Contribution:
    """The form behind « Raconter notre expérience », as far as its first step, then what the rest would give."""
    api.tell_start(start_id=row.pk, state=api.StartState.DONE, words="", by=None, now=clock.now())
    shown = client.get(f"/demarche/{links.start_token(reference=row.reference, user_id=row.user_id)}/")
    path = re.search(r'href="(/contribuer/ressource/[^"]+)"', shown.content.decode())[1]
    form = client.get(path)
    assert "Ce qui n’a pas marché" in form.content.decode()
    fields = {"resource_kind": "experience", "start_of": row.reference}
    return given(title="Notre rue à nous", fields=fields, licence="licence-ouverte-2.0", thanks=True)


def test_what_came_back_is_linked_to_its_ancestor_whose_author_is_told(client, page, mailoutbox):
    ancestor = given(title="Chez nous", address="auteure@example.org")
    Contribution.objects.filter(pk=ancestor.pk).update(page=page, state="published")
    row = begun(page, organisation=town("Arboys"))
    story = story_of(row, client=client)
    deciding.accept(contribution_id=story.pk, by=member(town()), now=clock.now())
    story.refresh_from_db()
    came = story.page.specific
    assert came.title not in said_of(client, page)  # a draft sets nothing off
    mailoutbox.clear()
    came.save_revision().publish()
    row.refresh_from_db()
    assert row.gave.pk == came.pk
    assert came.title in said_of(client, page)
    assert page.title in said_of(client, came)
    assert [mail for mail in mailoutbox if "en a inspiré une autre" in mail.subject]
    came.refresh_from_db()
    came.unpublish()
    assert came.title not in said_of(client, page)


def told_by(row, *, client, mailoutbox, state: str = "done") -> list:
    """The mails that its ancestor's authors have, once the story is on line."""
    story = story_of(row, client=client)
    api.tell_start(start_id=row.pk, state=api.StartState(state), words="", by=None, now=clock.now())
    deciding.accept(contribution_id=story.pk, by=member(town()), now=clock.now())
    story.refresh_from_db()
    mailoutbox.clear()
    story.page.specific.save_revision().publish()
    return [mail for mail in mailoutbox if "en a inspiré une autre" in mail.subject]


@pytest.mark.parametrize(
    ("state", "words"), [("done", "Ils l’ont fait"), ("stopped", "arrêtés en chemin"), ("running", "Ils s’y sont mis")]
)
def test_whoever_gave_the_ancestor_is_told_how_far_they_went(client, page, mailoutbox, state, words):
    ancestor = given(title="Chez nous", address="auteure@example.org", name="Camille")
    Contribution.objects.filter(pk=ancestor.pk).update(page=page, state="published")
    page.contributor = town()
    page.save()
    member(page.contributor)
    (told,) = told_by(begun(page, organisation=town("Arboys")), client=client, mailoutbox=mailoutbox, state=state)
    assert told.to == ["auteure@example.org"]
    assert words in told.body
    assert "Ce que vous aviez donné, «\xa0Chez nous\xa0»" in told.body
    assert "Revoir votre contribution" in told.body


def test_of_an_experience_that_the_team_wrote_whoever_acts_for_a_credited_collectivite_is_told(
    client, page, mailoutbox
):
    first, second = town("Belmont"), town("Corbeil")
    page.contributor = first  # nobody acts for it
    page.organisations.add(second)
    page.save()
    member(second, "corbeil@bourg.example.org")
    doubtful = given(title="Chez nous", address="autre@example.org", trust="failing")
    Contribution.objects.filter(pk=doubtful.pk).update(page=page, state="published")
    (told,) = told_by(begun(page, organisation=town("Arboys")), client=client, mailoutbox=mailoutbox)
    assert told.to == ["corbeil@bourg.example.org"]
    assert "Une page du réseau où votre collectivité est nommée" in told.body
    assert page.title in told.body
    assert "Revoir votre contribution" not in told.body


def test_a_collectivite_is_not_told_what_it_tells(client, page, mailoutbox):
    page.contributor = town("Arboys")
    page.save()
    row = begun(page, organisation=page.contributor)
    assert told_by(row, client=client, mailoutbox=mailoutbox) == []


def test_a_page_does_not_descend_from_itself(page):
    row = begun(page)
    assert not api.start_gave(reference=row.reference, page=page)
    assert not api.start_gave(reference="inconnue", page=page)


# --- what a page set off, and what that set off -----------------------------------------------------------


def came_of(page, title: str, *, name: str = ""):
    """An experience, by a collectivité that began after that page."""
    row = begun(page, organisation=town(name))
    story = ExperienceFactory(title=title)
    assert api.start_gave(reference=row.reference, page=story)
    return story


def test_a_page_is_never_the_ancestor_of_its_ancestor(client, page):
    child = came_of(page, "À Arboys, une rue")
    grandchild = came_of(child, "À Belmont, deux rues")
    for last in (child, grandchild):
        back = begun(last)
        assert not api.start_gave(reference=back.reference, page=page)
        back.refresh_from_db()
        assert back.gave is None
    assert "est née de" not in said_of(client, page)
    assert "est née de" in said_of(client, child)
    assert child.title in said_of(client, grandchild)


def test_a_circle_that_is_there_already_is_not_drawn_round(client, page):
    child = came_of(page, "À Arboys, une rue")
    back = begun(child)
    Start.objects.filter(pk=back.pk).update(gave=page)  # as it could be written before
    shown = said_of(client, page)
    assert child.title in shown
    assert back.organisation.name not in shown


def test_two_generations_are_drawn_and_listed(client, page):
    child = came_of(page, "À Arboys, une rue", name="Arboys")
    grandchild = came_of(child, "À Belmont, deux rues", name="Belmont")
    came_of(grandchild, "À Corbeil, trois rues", name="Corbeil")
    begun(page, organisation=town("Dormans"))
    shown = said_of(client, page)
    drawing = ET.fromstring(re.search(r"<svg.*?</svg>", shown[shown.index("tec-descent") :], re.DOTALL)[0])
    assert drawing.get("role") == "img"
    assert "la liste qui suit dit la même chose" in drawing.get("aria-label")
    words = [one.text for one in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert words[1:] == ["Arboys", "Belmont", "Dormans"]
    listed = shown[shown.index("</svg>", shown.index("tec-descent")) : shown.index("Nous voulons le faire")]
    assert child.title in listed
    assert grandchild.title in listed
    assert "Corbeil" not in listed  # told on the page of her parent


def test_one_that_is_no_longer_on_line_stays_between_its_ancestor_and_its_descendants(client, page):
    middle = came_of(page, "À Arboys, une rue", name="Arboys")
    last = came_of(middle, "À Belmont, deux rues", name="Belmont")
    middle.unpublish()
    shown = said_of(client, page)
    assert f">{middle.title}</a>" not in shown
    assert "Arboys" in shown
    assert last.title in shown
    assert page.title in said_of(client, last)
    assert "est née de" in said_of(client, last)


def test_the_first_are_shown_and_the_others_counted(client, page):
    child = came_of(page, "À Arboys, une rue")
    for _ in range(6):
        begun(child)
    for _ in range(15):
        begun(page)
    descent = api.descent_of(page_id=page.pk)
    assert [one.story is not None for one in descent.found] == [True] + [False] * 11  # the oldest, and yet the first
    assert (descent.more, len(descent.found[0].below), descent.found[0].more) == (4, 4, 2)
    shown = said_of(client, page).replace("\u00a0", " ")
    assert shown.count("et 4 autres") == 1
    assert "Et 4 autres." in shown
    assert shown.count("et 2 autres") == 2  # drawn, and listed


@pytest.mark.parametrize("number", [1, 5])
def test_what_a_page_set_off_is_read_in_two_queries(page, number, django_assert_num_queries):
    for n in range(number):
        child = came_of(page, f"Rue {n}")
        for _ in range(number):
            begun(child)
    with django_assert_num_queries(2):
        descent = api.descent_of(page_id=page.pk)
        names = [each.start.organisation.label for one in descent.found for each in one.below]
    assert len(names) == number * min(number, 4)


# --- people who leave -------------------------------------------------------------------------------------


def test_whoever_leaves_passes_it_on_and_whoever_is_erased_is_no_longer_named(page):
    bourg = town()
    ada, bea = member(bourg), member(bourg)
    row = begun(page, organisation=bourg, user=bea)
    [held] = memberships_of(user=bea, at=clock.now())
    leave_organisation(membership_id=held.pk, user=bea, now=clock.now())
    row.refresh_from_db()
    assert row.user == ada
    told = privacy.export_person(email=ada.email)
    assert page.title in str(told)
    privacy.erase_person(email=ada.email, now=clock.now())
    row.refresh_from_db()
    assert (row.user, row.ask_at) == (None, None)
    assert not StartEvent.objects.filter(by=ada).exists()
    assert row.organisation == bourg  # the start is the collectivité's


def test_after_three_years_nobody_remembers_who_followed_it(page):
    row = begun(page, state=api.StartState.DONE)
    assert retention.forget_old(now=after(3 * 365 - 1)) == 0
    assert retention.forget_old(now=after(3 * 365 + 1)) == 1
    row.refresh_from_db()
    assert row.user is None
