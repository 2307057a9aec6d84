"""Two collectivités meet: asked in private, introduced once both want it, a refusal told as a silence is."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from commun.accounts.api import REDACTION, create_member
from commun.common import clock, privacy
from commun.cooperation.api import begin_start, need_url, take_back_need
from commun.cooperation.links import start_token
from commun.peers import api
from commun.peers.exceptions import AlreadyAsked, CannotBeAsked, SameBody, Settled, TimeGone, TooManyAsked
from commun.peers.links import introduction_path
from commun.peers.models import Introduction, Quiet
from commun.peers.selectors.introductions import meetings_of
from commun.peers.services import asking, following, retention
from commun.peers.space import meetings_section
from commun.territories.api import MandateMissing
from commun.territories.models import Membership
from tests.cooperation.factories import make_need
from tests.library.factories import ExperienceFactory, TerritoryFactory, ThemeFactory
from tests.peers.factories import ask, links_in, member, press, town
from tests.territories.factories import end_mandates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def two(mailoutbox):
    """A town that asks, with its member, and another with two."""
    ours, ada = town("Arboys", population=300)
    theirs, bea, cleo = town("Bourg-Neuf", members=2, population=400)
    mailoutbox.clear()
    return ours, ada, theirs, bea, cleo


def after(days: float):
    return clock.now() + timedelta(days=days)


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


# --- asked and accepted -----------------------------------------------------------------------------------


def test_from_the_page_of_a_collectivite_to_a_mail_that_introduces_both(client, two, mailoutbox):
    _, ada, theirs, bea, cleo = two
    path = reverse("peers:ask", args=[theirs.slug])
    assert path in client.get(reverse("territories:organisation", args=[theirs.slug])).content.decode()
    client.force_login(ada)
    form = client.get(path).context["form"]
    when = (timezone.localtime() + timedelta(days=4)).replace(hour=10, minute=0, second=0, microsecond=0)
    data = {
        "pour": form["pour"].value(),
        "sujet": form["sujet"].value(),
        "raison": "Votre école a rouvert.",
        "moment_1": when.strftime("%Y-%m-%dT%H:%M"),
    }
    told = client.post(path, data, follow=True)
    assert "trois semaines environ" in text_of(told)
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([bea.email, cleo.email])
    for mail in mailoutbox:
        assert ada.email not in mail.body + str(mail.alternatives)
        assert "Votre école a rouvert." in mail.body
    client.logout()
    first = next(mail for mail in mailoutbox if mail.to == [bea.email])
    [page, *_] = links_in(first)
    mailoutbox.clear()
    done = press(client, page, "oui/", moment=Introduction.objects.get().times[0])
    assert "Un courriel vient de partir" in text_of(done)
    assert bea.email not in text_of(done)  # a forwarded link shows no address
    by_person = {mail.to[0]: mail for mail in mailoutbox}
    assert by_person.keys() == {ada.email, bea.email}
    for person, other in ((ada, bea), (bea, ada)):
        mail = by_person[person.email]
        assert mail.reply_to == [other.email]
        assert other.email in mail.body
        [(_, content, kind)] = mail.attachments
        [event] = Calendar.from_ical(content).walk("VEVENT")
        assert kind == "text/calendar"
        assert event.decoded("dtstart") == when
    # The colleague's link still works, and there is nothing left to decide.
    other_link = introduction_path(reference=Introduction.objects.get().reference, user_id=cleo.pk)
    assert "Accepter la rencontre" not in text_of(client.get(other_link))


def test_the_other_reads_what_both_have_in_common_in_words(two, mailoutbox):
    ours, ada, theirs, *_ = two
    theme = ThemeFactory(title="L’école")
    for body in (ours, theirs):
        make_need(organisation=body, in_its_name=True, shown=True, theme=theme, territory=body.territory)
    ask(ours, theirs, ada)
    assert "- Même thème : L’école" in mailoutbox[0].body
    assert "Mêmes mots" not in mailoutbox[0].body


def test_a_need_under_study_never_looks_taken(client, two):
    ours, ada, theirs, bea, _ = two
    need = make_need(organisation=theirs, in_its_name=True, shown=True, title="Rouvrir l’école")
    third, dan = town("Cormeray")
    client.force_login(dan)
    asked = reverse("peers:ask", args=[theirs.slug])
    public = reverse("territories:organisation", args=[theirs.slug])
    before = [client.get(asked).context["form"]["sujet"].field.choices, client.get(public).content.decode()]
    row = ask(ours, theirs, ada, subject=api.Subject.THEIR_NEED, need=need)
    api.accept(introduction_id=row.pk, user=bea, time=None, shown=True, now=clock.now())
    assert [client.get(asked).context["form"]["sujet"].field.choices, client.get(public).content.decode()] == before
    assert ask(third, theirs, dan, subject=api.Subject.THEIR_NEED, need=need).about == "Rouvrir l’école"
    take_back_need(need_id=need.pk)
    row.refresh_from_db()
    assert row.about == "Rouvrir l’école"


def test_an_experience_ready_to_testify_leads_to_whoever_lived_it(client, two):
    _, ada, theirs, *_ = two
    page = ExperienceFactory(title="L’école rouverte", contributor=theirs, testifies_until=after(60).date())
    shown = client.get(page.url).content.decode()
    wanted = f"{reverse('peers:ask', args=[theirs.slug])}?sujet=page-{page.pk}"
    assert wanted in shown
    client.force_login(ada)
    assert client.get(wanted).context["form"]["sujet"].value() == f"page-{page.pk}"


def test_whoever_stated_a_need_is_shown_at_once_what_may_help_and_whom_to_meet(client, two):
    ours, ada, theirs, *_ = two
    theme = ThemeFactory(title="L’école")
    hidden = make_need(organisation=theirs, in_its_name=True, theme=theme, title="Ce que nous gardons pour nous")
    need = make_need(organisation=ours, in_its_name=True, theme=theme)
    page = urlsplit(need_url(reference=need.reference)).path
    # What it did not agree to show is told to nobody: not its words, not that it has such a need.
    assert reverse("peers:ask", args=[theirs.slug]) not in client.get(page).content.decode()
    client.force_login(ada)
    assert hidden.title not in client.get(reverse("peers:ask", args=[theirs.slug])).content.decode()
    make_need(organisation=theirs, in_its_name=True, shown=True, theme=theme)
    shown = client.get(urlsplit(need_url(reference=need.reference)).path).content.decode()
    assert f"{reverse('peers:ask', args=[theirs.slug])}?sujet=besoin-{need.pk}" in shown


# --- no, and silence ----------------------------------------------------------------------------------------


def test_no_and_silence_are_told_alike_on_the_21st_day(client, two, mailoutbox):
    ours, ada, theirs, bea, _ = two
    other, _ = town("Doux-Lieu", population=400)
    declined, silent = ask(ours, theirs, ada), ask(ours, other, ada)
    link = introduction_path(reference=declined.reference, user_id=bea.pk)
    assert "Personne n’en est prévenu" in text_of(press(client, link, "pas-cette-fois/"))
    mailoutbox.clear()

    def seen() -> list[str]:
        client.force_login(ada)
        shown = []
        for name, row in ((theirs.name, declined), (other.name, silent)):
            page = text_of(client.get(introduction_path(reference=row.reference, user_id=ada.pk)))
            page = page[page.index("<main") : page.index("</main>")]
            shown.append(_without(page.replace(name, "X")))
        told = str(privacy.export_person(email=ada.email)["peers"])
        assert told.count("En attente") + told.count("Pas cette fois") == 2
        assert "éclin" not in told
        return shown

    first, second = seen()
    assert first == second
    assert following.tell(now=after(20)) == 0
    assert following.tell(now=after(25)) == 2
    assert following.tell(now=after(25)) == 0
    first, second = seen()
    assert first == second
    assert "pas pour cette fois" in first
    # The one asked opens the link she was sent, late: she is told nothing of what the other was told to soothe her.
    late = text_of(client.get(introduction_path(reference=silent.reference, user_id=cleo_of(other).pk)))
    assert "Le délai pour répondre est passé" in late
    assert "une boîte trop pleine" not in late
    assert reverse("peers:ask", args=[ours.slug]) in late
    one, two_ = [_without(mail.body.replace(theirs.name, "X").replace(other.name, "X")) for mail in mailoutbox]
    assert one == two_
    columns = ("state", "answered_by", "accepted_at", "remind_at", "follow_at")
    left = Introduction.objects.filter(pk__in=[declined.pk, silent.pk]).values_list(*columns)
    assert len(set(left)) == 1


def cleo_of(organisation):
    [row] = Membership.objects.filter(organisation=organisation).select_related("user")
    return row.user


def _without(text: str) -> str:
    """Without what differs between any two: tokens and stamps."""
    return re.sub(r"/rencontre/[^/\s]+/|value=\"[^\"]*\"|bourg-\d+", "", text)


def test_a_no_becomes_a_yes_until_it_is_told_and_not_after(two):
    ours, ada, theirs, bea, cleo = two
    row = ask(ours, theirs, ada)
    api.decline(introduction_id=row.pk, user=bea, now=clock.now())
    api.decline(introduction_id=row.pk, user=bea, now=clock.now())  # a double click
    accepted = api.accept(introduction_id=row.pk, user=cleo, time=None, shown=False, now=clock.now())
    assert accepted.answered_by == cleo
    with pytest.raises(Settled):
        api.decline(introduction_id=row.pk, user=bea, now=clock.now())
    other, eve = town()
    late = ask(ours, other, ada)
    following.tell(now=after(25))
    with pytest.raises(Settled):
        api.accept(introduction_id=late.pk, user=eve, time=None, shown=False, now=after(26))


def test_one_reminder_to_those_who_did_not_answer(two, mailoutbox):
    ours, ada, theirs, bea, cleo = two
    ask(ours, theirs, ada)
    mailoutbox.clear()
    assert following.remind(now=after(9)) == 0
    assert following.remind(now=after(14)) == 1
    assert {mail.to[0] for mail in mailoutbox} == {bea.email, cleo.email}
    assert following.remind(now=after(15)) == 0


def test_others_are_offered_when_it_is_not_for_this_time(two, mailoutbox):
    ours, ada, theirs, *_ = two
    theme = ThemeFactory(title="L’école")
    other, _ = town("Doux-Lieu")
    make_need(organisation=other, in_its_name=True, shown=True, theme=theme)
    need = make_need(organisation=ours, in_its_name=True, theme=theme)
    ask(ours, theirs, ada, subject=api.Subject.OUR_NEED, need=need)
    mailoutbox.clear()
    following.tell(now=after(25))
    assert reverse("peers:ask", args=[other.slug]) in links_in(mailoutbox[0])


# --- a month after --------------------------------------------------------------------------------------------


def test_a_month_after_both_say_in_one_gesture_whether_it_helped(client, two, mailoutbox):
    ours, ada, theirs, bea, _ = two
    row = ask(ours, theirs, ada)
    api.accept(introduction_id=row.pk, user=bea, time=None, shown=False, now=clock.now())
    mailoutbox.clear()
    assert following.follow(now=after(29)) == 0
    assert following.follow(now=after(34)) == 1
    assert following.follow(now=after(80)) == 0
    assert {mail.to[0] for mail in mailoutbox} == {ada.email, bea.email}
    # Her own page asks it for a month more, and not for ever.
    asked = [any(one.asks for one in meetings_section(ada, after(day)).entries) for day in (40, 55, 65, 400)]
    assert asked == [True, True, False, False]
    link = links_in(next(mail for mail in mailoutbox if mail.to == [bea.email]))[0]
    client.get(link)  # a scanner opens it
    assert Introduction.objects.get().helped_asked == ""
    assert "Merci de nous l’avoir dit" in text_of(press(client, link, "aide/", aide="yes"))
    assert Introduction.objects.get().helped_asked == api.Helped.YES
    assert Introduction.objects.get().helped_asking == ""
    assert press(client, link, "montrer/", montrer="oui").status_code == 200
    assert not Introduction.objects.get().is_shown  # the other has not ticked it


# --- floods, doubles and limits ---------------------------------------------------------------------------------


def test_a_second_press_and_the_other_way_round_lead_to_the_same_one(client, two):
    ours, ada, theirs, bea, _ = two
    row = ask(ours, theirs, ada)
    with pytest.raises(AlreadyAsked):
        ask(ours, theirs, ada)
    with pytest.raises(AlreadyAsked) as refusal:
        ask(theirs, ours, bea)
    assert refusal.value.reference == row.reference
    asking.withdraw(introduction_id=row.pk, user=ada, now=clock.now())
    with pytest.raises(AlreadyAsked):  # asking and taking back does not knock again
        ask(ours, theirs, ada, now=after(30))
    client.force_login(ada)
    data = {"pour": ours.pk, "sujet": "autre", "raison": "Encore"}
    told = client.post(reverse("peers:ask", args=[theirs.slug]), data, follow=True)
    assert "ont déjà cette mise en relation" in text_of(told)


def test_a_small_town_is_not_flooded_and_nobody_asks_everybody(client, two):
    _, _, theirs, *_ = two
    for _ in range(3):
        ours, ada = town()
        ask(ours, theirs, ada)
    fourth, dan = town()
    with pytest.raises(CannotBeAsked):
        ask(fourth, theirs, dan)
    client.force_login(dan)
    data = {"pour": fourth.pk, "sujet": "autre", "raison": "Un texte qu’on ne retape pas"}
    told = client.post(reverse("peers:ask", args=[theirs.slug]), data)
    assert told.status_code == 422
    assert "ne peut pas être sollicitée en ce moment" in text_of(told)
    assert "Un texte qu’on ne retape pas" in text_of(told)
    assert ask(fourth, theirs, dan, now=after(31)).pk
    for _ in range(5):
        other, _ = town()
        ask(fourth, other, dan, now=after(70))
    other, _ = town()
    with pytest.raises(TooManyAsked):
        ask(fourth, other, dan, now=after(70))


def test_whoever_wants_to_be_left_alone_is_not_asked_and_nobody_is_told_why(client, two, mailoutbox):
    ours, ada, theirs, bea, cleo = two
    client.force_login(bea)
    client.post(reverse("peers:quiet"), {"silence": "oui"})
    row = ask(ours, theirs, ada)
    assert [mail.to for mail in mailoutbox] == [[cleo.email]]
    press(client, introduction_path(reference=row.reference, user_id=cleo.pk), "silence/")
    other, dan = town()
    with pytest.raises(CannotBeAsked):
        ask(other, theirs, dan)
    client.post(reverse("peers:quiet"), {"silence": "non"})
    assert ask(other, theirs, dan).pk
    assert Quiet.objects.count() == 1


# --- who may ---------------------------------------------------------------------------------------------------


def test_strangers_ask_nothing_and_a_link_is_worth_what_its_person_is(client, two):
    ours, ada, theirs, bea, cleo = two
    nobody = create_member(email="nobody@example.org")
    with pytest.raises(MandateMissing):
        ask(ours, theirs, nobody)
    with pytest.raises(SameBody):
        ask(ours, ours, ada)
    client.force_login(nobody)
    assert "il faut agir pour la vôtre" in text_of(client.get(reverse("peers:ask", args=[theirs.slug])))
    row = ask(ours, theirs, ada)
    link = introduction_path(reference=row.reference, user_id=bea.pk)
    for wrong in (introduction_path(reference=row.reference, user_id=nobody.pk), link[:-4] + "aaa/"):
        assert client.get(wrong).status_code == 404
    assert client.get(link).status_code == 200
    end_mandates(user=bea, now=clock.now())
    assert client.get(link).status_code == 404
    with pytest.raises(MandateMissing):
        api.accept(introduction_id=row.pk, user=ada, time=None, shown=False, now=clock.now())
    assert client.post(introduction_path(reference=row.reference, user_id=cleo.pk) + "oui/", {}).status_code == 422


def test_a_time_that_was_not_proposed_or_is_past_is_refused(two):
    ours, ada, theirs, bea, _ = two
    row = ask(ours, theirs, ada, times=[after(2)])
    for time, now in ((after(3), clock.now()), (row.asked_at, clock.now())):
        with pytest.raises(TimeGone):
            api.accept(introduction_id=row.pk, user=bea, time=time, shown=False, now=now)


# --- people who leave, bodies that merge ------------------------------------------------------------------------


def test_whoever_asked_leaves_and_a_colleague_stands_in_her_place_or_it_is_taken_back(two, mailoutbox):
    ours, ada, theirs, bea, _ = two
    colleague = member(ours)
    row = ask(ours, theirs, ada)
    end_mandates(user=ada, now=clock.now())
    accepted = api.accept(introduction_id=row.pk, user=bea, time=None, shown=False, now=clock.now())
    assert accepted.user == colleague
    alone, dan = town()
    waits = ask(alone, theirs, dan, hope="Une heure ensemble", availability="Le mardi", now=clock.now())
    end_mandates(user=dan, now=clock.now())
    waits.refresh_from_db()
    assert (waits.state, waits.user, waits.reason) == (api.IntroductionState.WITHDRAWN, None, "")
    assert (waits.hope, waits.availability, waits.times) == ("", "", [])
    # Of what was accepted too: once she has gone, nothing would lead from her to her words.
    lonely, eve = town()
    met = ask(lonely, theirs, eve, reason="Nos mots à nous", now=clock.now())
    api.accept(introduction_id=met.pk, user=bea, time=None, shown=False, now=clock.now())
    end_mandates(user=eve, now=clock.now())
    met.refresh_from_db()
    assert (met.state, met.user, met.reason) == (api.IntroductionState.ACCEPTED, None, "")
    assert following.follow(now=after(25)) == 0


def test_a_mandate_that_expired_answers_nothing_and_a_colleague_who_acts_is_introduced(two):
    ours, ada, theirs, bea, _ = two
    row = ask(ours, theirs, ada)
    Membership.objects.filter(user=bea).update(expires_at=clock.now() - timedelta(days=1))
    with pytest.raises(MandateMissing):
        api.accept(introduction_id=row.pk, user=bea, time=None, shown=False, now=clock.now())
    Membership.objects.filter(user=ada).update(expires_at=clock.now() - timedelta(days=1))
    with pytest.raises(api.NobodyLeft):
        api.accept(introduction_id=row.pk, user=member(theirs), time=None, shown=False, now=clock.now())
    colleague = member(ours)
    api.accept(introduction_id=row.pk, user=member(theirs), time=None, shown=False, now=clock.now())
    assert Introduction.objects.get().user == colleague


def test_two_that_merge_meanwhile_are_told_nothing(two, mailoutbox):
    ours, ada, theirs, *_ = two
    row = ask(ours, theirs, ada)
    into = TerritoryFactory(name="Bourg-Arboys")
    for body in (ours, theirs):
        type(into).objects.filter(pk=body.territory_id).update(obsolete=True, successor=into)
    assert [one.row for one in meetings_of(user=ada, at=clock.now())] == [row]  # still found, under its new name
    mailoutbox.clear()
    assert following.tell(now=after(25)) == 1
    row.refresh_from_db()
    assert row.state == api.IntroductionState.WITHDRAWN
    assert mailoutbox == []


def test_export_erasure_and_term_reach_every_row(two):
    ours, ada, theirs, bea, _ = two
    member(ours)
    row = ask(ours, theirs, ada, hope="Une visite")
    api.accept(introduction_id=row.pk, user=bea, time=None, shown=True, now=clock.now())
    asking.be_quiet(user=ada, quiet=True, now=clock.now())
    told = str(privacy.export_person(email=ada.email))
    assert "Une visite" in told
    assert "ne pas être sollicitée" in told
    assert "mises en relation auxquelles j’ai répondu" in str(privacy.export_person(email=bea.email))
    privacy.erase_person(email=ada.email, now=clock.now())
    privacy.erase_person(email=bea.email, now=clock.now())
    row.refresh_from_db()
    assert (row.user, row.answered_by, row.reason, row.hope) == (None, None, "", "")
    assert row.state == api.IntroductionState.ACCEPTED  # that they met is the collectivités'
    assert not Quiet.objects.exists()
    other, dan = town()
    over = ask(other, theirs, dan)
    asking.withdraw(introduction_id=over.pk, user=dan, now=clock.now())
    assert retention.forget_old(now=after(360)) == 0
    assert retention.forget_old(now=after(3 * 365 + 2)) == 2
    assert not Introduction.objects.filter(pk=over.pk).exists()


# --- my space, and the team --------------------------------------------------------------------------------------


def test_my_space_says_first_what_is_asked_and_the_team_reads_no_word(client, two):
    ours, ada, theirs, bea, _ = two
    row = ask(ours, theirs, ada, reason="Un secret entre nous")
    client.force_login(bea)
    space = text_of(client.get(reverse("website:space")))
    assert "Arboys souhaite vous rencontrer" in space
    assert "À répondre" in space
    assert "Répondre : oui, ou pas cette fois" in space
    api.decline(introduction_id=row.pk, user=bea, now=clock.now())
    client.force_login(create_member(email="nour@example.org", groups=(REDACTION,)))
    screen = text_of(client.get(reverse("peers_team:introductions")))
    assert "Arboys" in screen
    assert "Un secret" not in screen
    assert "éclin" not in screen
    client.force_login(ada)
    assert "En attente" in text_of(client.get(reverse("website:space")))
    assert client.get(reverse("peers_team:introductions")).status_code in {302, 403}


def test_those_who_begin_after_the_same_page_are_offered_to_each_other(client, two):
    ours, ada, theirs, bea, _ = two
    page = ExperienceFactory(title="L’école rouverte")
    mine = begin_start(page=page, organisation=ours, user=ada, now=clock.now())
    begin_start(page=page, organisation=theirs, user=bea, now=clock.now())
    hidden, dan = town("Cormeray")
    begin_start(page=page, organisation=hidden, user=dan, is_public=False, now=clock.now())
    shown = text_of(
        client.get(
            reverse("cooperation:start_news", args=[start_token(reference=mine.reference, user_id=mine.user_id)])
        )
    )
    assert reverse("peers:ask", args=[theirs.slug]) in shown
    assert "Cormeray" not in shown
    assert reverse("peers:ask", args=[ours.slug]) not in shown
