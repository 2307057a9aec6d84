"""The half from which rules were written: messages as people and their programs write them."""

from __future__ import annotations

from tests.contributions.understanding.mails import (
    HISTORY,
    MARKED,
    TEAM,
    Mail,
    calendar,
    event,
    file,
    html,
    multipart,
    part,
    plain,
    reply,
)
from tests.inbound.manners import HEADINGS

GUIDE = "Voici notre guide : https://bourg.example.org/guide"
GUIDE_LINK = ("https://bourg.example.org/guide",)
FORUM = "Le forum aura lieu le jeudi 14 janvier 2027 de 18 h 30 à 20 h, salle des fêtes, 12 rue des Lilas."
FORUM_AT = ("2027-01-14 18:30/20:00",)
FIELDS = "De : Union Exemple <union@asso.example.org>\nDate : jeu. 19 nov. 2026 à 10:00\nObjet : Forum\nÀ : Nour"
NOTE = "Bonjour, pour votre agenda, voir ci-dessous. Merci !"
_DATES = {
    "range": ("Stage du 12 au 14 avril 2027 à Lyon.", ("2027-04-12/2027-04-14",)),
    "range without its word": ("Stage, 12 au 14 avril 2027.", ("2027-04-12/2027-04-14",)),
    "numeric list": ("Réunions les 12 et 13/04/2027.", ("2027-04-12", "2027-04-13")),
    "long": ("Exposition : 3 juin au 8 août 2027.", ("2027-06-03/2027-08-08",)),
    "a year": ("Résidence du 1er juillet 2027 au 30 juin 2028.", ("2027-07-01/2028-06-30",)),
    "between": ("Ateliers entre le 5 et le 9 octobre 2027.", ("2027-10-05/2027-10-09",)),
    "night": ("Bal le 15 janvier 2027 de 20h à 1h.", ("2027-01-15 20:00/01:00",)),
    "evening": ("Réunion jeudi 7 janvier à 6h du soir.", ("2027-01-07 18:00",)),
    "first": ("Mardi 1 er décembre à 18h, réunion.", ("2026-12-01 18:00",)),
    "bare hours": ("Atelier le 17 janvier 2027 entre 14 et 16.", ("2027-01-17 14:00/16:00",)),
    "iso": ("Début : 2027-01-15T18:30:00+01:00.", ("2027-01-15 18:30",)),
    "people, not hours": ("Le 17 janvier 2027, entre 14 et 16 personnes viendront.", ("2027-01-17",)),
    "numeric range": ("Du 05/07/2027 au 09/07/2027, chantier.", ("2027-07-05/2027-07-09",)),
    "two hours": ("Le 6 février 2027 de 9h à 12h et de 14h à 17h.", ("2027-02-06 09:00/17:00",)),
    "named days": ("Samedi 6 et dimanche 7 février 2027, portes ouvertes.", ("2027-02-06", "2027-02-07")),
    "afternoon": ("Le 6 février 2027 de 10h à 2h de l’après-midi.", ("2027-02-06 10:00/14:00",)),
    "evenings": ("Le 6 février 2027 de 6h à 8h du soir.", ("2027-02-06 18:00/20:00",)),
    "dashed": ("Salon, 28 janvier - 3 février 2027.", ("2027-01-28/2027-02-03",)),
    "range of programs": ("Salon du 2027-03-08 au 2027-03-12.", ("2027-03-08/2027-03-12",)),
    "two notations": ("Salon du 8/03 au 12 mars 2027.", ("2027-03-08/2027-03-12",)),
    "words then figures": ("Salon, 12 avril 2027 au 14/04/2027.", ("2027-04-12/2027-04-14",)),
    "figures without their word": ("Salon, 7 au 10/12/2026.", ("2026-12-07/2026-12-10",)),
    "an article each": ("Stages le 12 et le 13 avril 2027.", ("2027-04-12", "2027-04-13")),
    "named days in figures": ("Stages lundi 5 et mardi 6/07/2027.", ("2027-07-05", "2027-07-06")),
    "hours of each": ("Stages le 12 à 9h et le 13 avril 2027 à 14h.", ("2027-04-12 09:00", "2027-04-13 14:00")),
    "two ranges": ("Stages du 5 au 7 et du 12 au 14 avril 2027.", ("2027-04-05/2027-04-07", "2027-04-12/2027-04-14")),
    "half past": ("Café des parents le 8 janvier 2027 à 8 heures et demie.", ("2027-01-08 08:30",)),
}
_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _replies() -> list[Mail]:
    own = "Oui, la voici."
    found = [
        Mail(name=f"reply {name}", raw=reply(f"{own}\n\n{heading}\n"), text=own) for name, heading in HEADINGS.items()
    ]
    found.append(Mail(name="between", raw=reply(f"{MARKED}\n{own}\n"), text=own))
    found.append(
        Mail(
            name="on the line", raw=reply(f"{own} Le lun. 16 nov. 2026 à 10:12, {TEAM} a écrit :\n{MARKED}\n"), text=own
        )
    )
    quoted = f"<p>{own}</p><div>Le lun. 16 nov. 2026 à 10:12, Équipe &lt;e@reseau.example.org&gt; a écrit :</div><blockquote><p>{HISTORY}</p></blockquote>"
    found.append(
        Mail(
            name="html",
            raw=html(quoted, subject="Re: Votre projet", extra="In-Reply-To: <a@b.example.org>\n"),
            text=own,
        )
    )
    said = "Le texte que le conseil a écrit :\n\n« Une fresque. »\n\nRendez-vous le 12 janvier 2027."
    found.append(Mail(name="a sentence", raw=plain(said), text=said, sessions=("2027-01-12",)))
    return found


def _forwards() -> list[Mail]:
    common = {"forwarded": FORUM, "author": "union@asso.example.org", "sessions": FORUM_AT}
    marks = (
        "---------- Forwarded message ---------",
        "-------- Message transféré --------",
        "Début du message transféré :",
        "",
    )
    found = [
        Mail(name=f"forward {mark}", raw=plain(f"{mark}\n{FIELDS}\n\n{FORUM}\n", subject="TR: Forum"), **common)
        for mark in marks
    ]
    found += [
        Mail(
            name=f"note {mark}",
            raw=plain(f"{NOTE}\n\n{mark}\n{FIELDS}\n\n{FORUM}\n", subject="Fwd: Forum"),
            text=NOTE,
            **common,
        )
        for mark in marks
    ]
    found.append(
        Mail(
            name="no mark, no word",
            raw=plain(f"{NOTE}\n\n{FIELDS}\n\n{FORUM}\n", subject="Un forum"),
            text=NOTE,
            **common,
        )
    )
    inner = f"From: Union Exemple <union@asso.example.org>\nSubject: Forum\nContent-Type: text/plain; charset=utf-8\n\n{FORUM}\n"
    found.append(
        Mail(
            name="attached",
            raw=multipart(part(""), f"Content-Type: message/rfc822\n\n{inner}", subject="TR: Forum"),
            **common,
        )
    )
    return found


def _bodies() -> list[Mail]:
    page = part(f"<p>Bonjour,</p><p>{GUIDE}</p>", kind="text/html; charset=utf-8")
    footer = part("____________________\nListe reseau\nreseau@listes.example.org")
    shown = f"Bonjour,\n\n{GUIDE}"
    return [
        Mail(name="footer part", raw=multipart(page, footer), text=shown, links=GUIDE_LINK),
        Mail(name="latin-9", raw=plain("L’été à 15 €", charset="iso-8859-15"), text="L’été à 15 €"),
        Mail(name="one accent", raw=plain("Une réunion", written="latin-1"), text="Une réunion"),
        Mail(name="a file", raw=multipart(part(GUIDE), file(_PDF, kind="application/pdf", name="a.pdf")), text=GUIDE, links=GUIDE_LINK, files=("a.pdf",)),
        Mail(name="signature", raw=multipart(part(GUIDE), file(b"0\x82", kind="application/pkcs7-signature", name="smime.p7s"), kind="signed"), text=GUIDE, links=GUIDE_LINK),
        Mail(name="suppress", raw=plain(GUIDE, extra="X-Auto-Response-Suppress: DR, OOF\n"), text=GUIDE, links=GUIDE_LINK),
        Mail(name="holidays", raw=plain(GUIDE, subject="Congés scolaires : notre guide"), text=GUIDE, links=GUIDE_LINK),
        Mail(name="away", raw=plain("Je suis absente jusqu’au 4 janvier.\n", subject="Re: Un guide"), text="Je suis absente jusqu’au 4 janvier.", robot="auto_reply"),
    ]  # fmt: skip


def _calendars() -> list[Mail]:
    def mail(name: str, data: bytes, *sessions: str) -> Mail:
        attached = file(data, kind="text/calendar", name="i.ics")
        return Mail(
            name=f"ics {name}",
            raw=multipart(part("Voir."), attached),
            text="Voir.",
            sessions=sessions,
            files=("i.ics",),
        )

    def at(day: str, begin: str = "1800", end: str = "2000", *more: str) -> tuple[str, ...]:
        zone = "TZID=Europe/Paris:2027"
        return (f"DTSTART;{zone}{day}T{begin}00", f"DTEND;{zone}{day}T{end}00", "SUMMARY:Atelier", *more)

    midnights = ("DTSTART:20270517T000000", "DTEND:20270519T000000", "SUMMARY:Forum")
    weekly = at("0106", "0900", "1200", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = ("RECURRENCE-ID;TZID=Europe/Paris:20270113T090000", *at("0114", "1400", "1730"))
    called_off = ("RECURRENCE-ID;TZID=Europe/Paris:20270113T090000", *at("0113", "0900", "1200", "STATUS:CANCELLED"))
    return [
        mail("midnights", calendar(event(*midnights)), "2027-05-17/2027-05-18"),
        mail("moved", calendar(event(*weekly), event(*moved)), "2027-01-06 09:00/12:00", "2027-01-14 14:00/17:30", "2027-01-20 09:00/12:00"),
        mail("one called off", calendar(event(*weekly), event(*called_off)), "2027-01-06 09:00/12:00", "2027-01-20 09:00/12:00"),
        mail("later", calendar(event(*at("0114"), "SEQUENCE:0"), event(*at("0121"), "SEQUENCE:1")), "2027-01-21 18:00/20:00"),
        mail("cancelled", calendar(event(*at("0121")), method="CANCEL")),
        mail("exceptions", calendar(event(*weekly, "EXDATE;TZID=Europe/Paris:20270120T090000")), "2027-01-06 09:00/12:00", "2027-01-13 09:00/12:00"),
        mail("added", calendar(event(*at("0114"), "RDATE;TZID=Europe/Paris:20270116T180000")), "2027-01-14 18:00/20:00", "2027-01-16 18:00/20:00"),
    ]  # fmt: skip


def mails() -> list[Mail]:
    dated = [
        Mail(name=f"date {name}", raw=plain(f"{said}\n"), text=said, sessions=at) for name, (said, at) in _DATES.items()
    ]
    return [*_replies(), *_forwards(), *_bodies(), *_calendars(), *dated]
