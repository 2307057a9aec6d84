"""The half that was written before any rule, and that no rule was written from: only its score is looked at."""

from __future__ import annotations

from tests.contributions.understanding.mails import (
    HISTORY,
    MARKED,
    TEAM,
    Mail,
    calendar,
    event,
    file,
    multipart,
    part,
    plain,
    reply,
)

OWN = "Oui : l’atelier a réuni quarante habitants."
_HEADINGS = {
    "zimbra": f"----- Mail original -----\nDe: \"Équipe Exemple\" <equipe@reseau.example.org>\nÀ: \"Nour\" <nour@bourg.example.org>\nEnvoyé: Lundi 16 Novembre 2026 10:12:00\nObjet: Votre projet\n\n{HISTORY}",
    "zimbra-rule": f"De: \"Équipe Exemple\" <equipe@reseau.example.org>\nÀ: \"Nour\" <nour@bourg.example.org>\nEnvoyé: Lundi 16 Novembre 2026 10:12:00\nObjet: Votre projet\n\n{HISTORY}",
    "outlook-bold": f"*De :* Équipe Exemple <equipe@reseau.example.org>\n*Envoyé :* lundi 16 novembre 2026 10:12\n*À :* Nour\n*Objet :* Votre projet\n\n{HISTORY}",
    "outlook-en": f"-----Original Message-----\nFrom: {TEAM}\nSent: Monday, November 16, 2026 10:12 AM\nTo: Nour\nSubject: Votre projet\n\n{HISTORY}",
    "lotus": f"De :        Équipe Exemple/RESEAU/FR\nA :        nour@bourg.example.org,\nDate :        16/11/2026 10:12\nObjet :        Votre projet\n\n{HISTORY}",
    "gmail-wrapped": f"Le lun. 16 nov. 2026 à 10:12, Équipe Exemple <\nequipe@reseau.example.org> a écrit :\n\n{MARKED}",
    "samsung": f"-------- Message d'origine --------\nDe : {TEAM}\nDate : 16/11/2026 10:12 (GMT+01:00)\nÀ : nour@bourg.example.org\nObjet : Votre projet\n\n{HISTORY}",
    "yahoo": f"    Le lundi 16 novembre 2026 à 10:12:11 UTC+1, {TEAM} a écrit :  \n \n {HISTORY}",
    "message-du": f"> Message du : 16/11/2026 10:12\n> De : \"Équipe Exemple\" <equipe@reseau.example.org>\n> A : nour@bourg.example.org\n> Copie à :\n> Sujet : Votre projet\n>\n{MARKED}",
    "message-du-bare": f"Message du 16/11/2026 10:12\nDe : Équipe Exemple <equipe@reseau.example.org>\nA : nour@bourg.example.org\nObjet : Votre projet\n\n{HISTORY}",
    "wrote-ruled": f"---- Équipe Exemple wrote ----\n\n{HISTORY}",
    "wrote-ruled-date": f"---- On Mon, 16 Nov 2026 10:12:00 +0100 {TEAM} wrote ----\n\n{HISTORY}",
    "a-ecrit-ruled": f"---- Équipe Exemple a écrit ----\n\n{HISTORY}",
    "date-first": f"2026-11-16 10:12 GMT+01:00 {TEAM}:\n\n{MARKED}",
    "date-first-fr": f"lundi 16 novembre 2026 10:12, {TEAM} a écrit :\n{MARKED}",
    "numeric-first": f"16/11/2026 à 10:12, Équipe Exemple a écrit :\n{MARKED}",
    "roundcube": f"Le 2026-11-16 10:12, equipe@reseau.example.org a écrit :\n{MARKED}",
    "dashed": f"- Le 16 nov. 2026 à 10:12, Équipe Exemple a écrit :\n{MARKED}",
    "protonmail": f"-------- Original Message --------\nLe lundi 16 novembre 2026 à 10:12, Équipe Exemple <equipe@reseau.example.org> a écrit :\n\n{MARKED}",
    "starred": f"Le 16/11/2026 à 10:12, *Équipe Exemple* a écrit :\n{MARKED}",
    "outlook-mobile": f"Obtenir Outlook pour Android\n________________________________\nDe : {TEAM}\nEnvoyé : Monday, November 16, 2026 10:12:11 AM\nÀ : Nour\nObjet : Votre projet\n\n{HISTORY}",
    "mac": f"> Le 16 nov. 2026 à 10:12, Équipe Exemple <equipe@reseau.example.org> a écrit :\n> \n{MARKED}",
}  # fmt: skip

_ASKED = "Voici notre guide : https://bourg.example.org/guide.pdf"
_FORUM = "Le forum aura lieu le mardi 8 décembre 2026 de 14h à 17h à la médiathèque.\nInscription : https://asso.example.org/inscription"
_FORUM_AT = ("2026-12-08 14:00/17:00",)
_FORUM_LINK = ("https://asso.example.org/inscription",)
_FROM_UNION = "De : Union Exemple <union@asso.example.org>\nDate : jeu. 19 nov. 2026 à 10:00\nObjet : Forum\nÀ : Nour <nour@bourg.example.org>"
_FORWARDS = {
    "thunderbird": f"-------- Message transféré --------\nSujet : \tForum\nDate : \tThu, 19 Nov 2026 10:00:00 +0100\nDe : \tUnion Exemple <union@asso.example.org>\nPour : \tNour <nour@bourg.example.org>\n\n{_FORUM}",
    "apple": f"Début du message réexpédié :\n\n{_FROM_UNION}\n\n{_FORUM}",
    "outlook": f"________________________________\n{_FROM_UNION}\n\n{_FORUM}",
    "zimbra": f"----- Mail transféré -----\n{_FROM_UNION}\n\n{_FORUM}",
    "orange": f"---------- Message transféré ----------\n{_FROM_UNION}\n\n{_FORUM}",
    "gmail-en": f"---------- Forwarded message ---------\nFrom: Union Exemple <union@asso.example.org>\nDate: Thu, Nov 19, 2026 at 10:00 AM\nSubject: Forum\nTo: Nour <nour@bourg.example.org>\n\n{_FORUM}",
}  # fmt: skip
_NOTE = "Bonjour, ceci peut intéresser vos lecteurs. Bonne journée à tous !"

_DATES = {
    "du-au-court": ("Le festival se tient du 4 au 6 mars 2027 à Die.", ("2027-03-04/2027-03-06",)),
    "au-sans-du": ("Rencontres nationales, 8 au 10 juin 2027, à Lyon.", ("2027-06-08/2027-06-10",)),
    "deux-mois": ("L’exposition est ouverte du 2 février au 30 mai 2027.", ("2027-02-02/2027-05-30",)),
    "entre": ("La consultation aura lieu entre le 11 et le 22 janvier 2027.", ("2027-01-11/2027-01-22",)),
    "entre-mois": ("Les visites se feront entre le 28 janvier et le 3 février 2027.", ("2027-01-28/2027-02-03",)),
    "minuit": ("Fête de la commune le samedi 12 décembre 2026 de 21h à 2h.", ("2026-12-12 21:00/02:00",)),
    "soir": ("Réunion publique vendredi 11 décembre à 8h du soir.", ("2026-12-11 20:00",)),
    "apres-midi": ("Atelier le 9 décembre à 2 heures de l’après-midi.", ("2026-12-09 14:00",)),
    "matin": ("Permanence le 10 décembre de 9h à 11h30 du matin.", ("2026-12-10 09:00/11:30",)),
    "premier": ("Assemblée le lundi 1 er février à 18h30.", ("2027-02-01 18:30",)),
    "iso": ("Début : 2027-02-10T17:00:00+01:00, salle du conseil.", ("2027-02-10 17:00",)),
    "iso-utc": ("Visioconférence 2027-02-11T16:30:00Z pour tous.", ("2027-02-11 17:30",)),
    "nus": ("Le 20 janvier 2027 entre 10 et 12 à la mairie.", ("2027-01-20 10:00/12:00",)),
    "numeriques": ("Deux soirées : les 14 et 21/01/2027 à 19h.", ("2027-01-14 19:00", "2027-01-21 19:00")),
    "fleche": ("Stage du 5/7/2027 au 9/7/2027.", ("2027-07-05/2027-07-09",)),
    "jours-nommes": ("Du mardi 12 au jeudi 14 janvier 2027, semaine du compost.", ("2027-01-12/2027-01-14",)),
    "annees": ("Résidence du 15 septembre 2027 au 15 mars 2028.", ("2027-09-15/2028-03-15",)),
    "tiret": ("Salon des associations, 3-4 avril 2027, halle aux grains.", ("2027-04-03/2027-04-04",)),
    "heures-et-demie": ("Café des aidants mardi 5 janvier 2027 de 14h30 à 16h30.", ("2027-01-05 14:30/16:30",)),
    "et-jours": ("Portes ouvertes samedi 16 et dimanche 17 janvier 2027.", ("2027-01-16", "2027-01-17")),
}  # fmt: skip

_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def _replies() -> list[Mail]:
    found = [
        Mail(name=f"reply-{name}", raw=reply(f"{OWN}\n\n{heading}\n"), text=OWN) for name, heading in _HEADINGS.items()
    ]
    found.append(
        Mail(
            name="on-the-line", raw=reply(f"{OWN} Le lun. 16 nov. 2026 à 10:12, {TEAM} a écrit :\n{MARKED}\n"), text=OWN
        )
    )
    found.append(
        Mail(name="below-marked", raw=reply(f"Le 16/11/2026 à 10:12, Équipe a écrit :\n{MARKED}\n\n{OWN}\n"), text=OWN)
    )
    found.append(
        Mail(
            name="whole-is-quote",
            raw=plain("> Nous proposons un guide.\n> Il est libre.\n"),
            text="Nous proposons un guide.\nIl est libre.",
        )
    )
    found.append(
        Mail(
            name="receipt-words",
            raw=plain(f"{OWN}\nEnvoyé avec accusé de réception à la préfecture.\n"),
            text=f"{OWN}\nEnvoyé avec accusé de réception à la préfecture.",
        )
    )
    listed = "_______________________________________________\nparticipation mailing list\nparticipation@listes.example.org\nhttps://listes.example.org/mailman/listinfo/participation"
    found.append(
        Mail(
            name="list-footer",
            raw=plain(f"{_ASKED}\n{listed}\n"),
            text=_ASKED,
            links=("https://bourg.example.org/guide.pdf",),
        )
    )
    said = "Voici ce que le maire a écrit :\n\nNotre village a besoin de tous.\n\nLe texte entier : https://bourg.example.org/texte"
    found.append(Mail(name="says-wrote", raw=plain(said + "\n"), text=said, links=("https://bourg.example.org/texte",)))
    return found


def _forwards() -> list[Mail]:
    found = []
    for name, pasted in _FORWARDS.items():
        common = {"forwarded": _FORUM, "author": "union@asso.example.org", "sessions": _FORUM_AT, "links": _FORUM_LINK}
        found.append(Mail(name=f"forward-{name}", raw=plain(f"\n{pasted}\n", subject="TR: Forum"), **common))
        found.append(
            Mail(name=f"note-{name}", raw=plain(f"{_NOTE}\n\n{pasted}\n", subject="Fwd: Forum"), text=_NOTE, **common)
        )
    inner = f"From: Union Exemple <union@asso.example.org>\nSubject: Forum\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{_FORUM}\n"
    found.append(
        Mail(
            name="attached",
            raw=multipart(
                part(_NOTE),
                f"Content-Type: message/rfc822\nContent-Disposition: attachment\n\n{inner}",
                subject="Forum",
            ),
            text=_NOTE,
            **common,
        )
    )
    found.append(
        Mail(
            name="unmarked",
            raw=plain(f"{_NOTE}\n\n{_FROM_UNION}\n\n{_FORUM}\n", subject="Un forum"),
            text=_NOTE,
            **common,
        )
    )
    return found


def _bodies() -> list[Mail]:
    long = "Le guide est en ligne : https://bourg.example.org/guide.pdf"
    page = f"<p>Bonjour,</p><p>{long}</p>"
    disclaimer = "Ce message est confidentiel. Si vous n’en êtes pas destinataire, merci de le détruire."
    shown = f"Bonjour,\n\n{long}"
    link = ("https://bourg.example.org/guide.pdf",)
    two = f'Content-Type: multipart/alternative; boundary="=a"\n\n--=a\n{part(shown)}\n--=a\n{part(page, kind="text/html; charset=utf-8")}\n--=a--\n'
    return [
        Mail(name="html-then-disclaimer", raw=multipart(part(page, kind="text/html; charset=utf-8"), part(disclaimer)), text=shown, links=link),
        Mail(name="alternative-then-footer", raw=multipart(two, part(disclaimer)), text=shown, links=link),
        Mail(name="latin9-called-utf8", raw=plain("L’été, la forêt, un cœur à 15 €.", charset="utf-8", written="iso-8859-15".replace("iso-8859-15", "cp1252")), text="L’été, la forêt, un cœur à 15 €."),
        Mail(name="utf8-called-latin9", raw=plain("Noël à la forêt, 15 €", charset="iso-8859-15"), text="Noël à la forêt, 15 €"),
        Mail(name="utf8-called-ascii", raw=plain("Une fête", charset="us-ascii"), text="Une fête"),
        Mail(name="latin1-one-accent", raw=plain("Une fete réussie", charset="utf-8", written="latin-1"), text="Une fete réussie"),
        Mail(name="empty-plain", raw=multipart(part(" \n"), part(page, kind="text/html; charset=utf-8"), kind="alternative"), text=shown, links=link),
        Mail(name="pdf", raw=multipart(part(_ASKED), file(_PDF, kind="application/pdf", name="guide.pdf")), text=_ASKED, links=link, files=("guide.pdf",)),
        Mail(name="pgp", raw=multipart(part(_ASKED), "Content-Type: application/pgp-signature; name=\"signature.asc\"\n\n-----BEGIN PGP SIGNATURE-----\nxxx\n-----END PGP SIGNATURE-----\n", kind="signed"), text=_ASKED, links=link),
    ]  # fmt: skip


def _robots() -> list[Mail]:
    away = "Bonjour,\n\nJe suis absente du bureau jusqu’au 4 janvier 2027.\n"
    return [
        Mail(name="absence-first-line", raw=plain("Je suis actuellement absent et serai de retour le 4 janvier.\n", subject="Re: Une nouvelle"), robot="auto_reply", text="Je suis actuellement absent et serai de retour le 4 janvier."),
        Mail(name="automatic", raw=plain(away, subject="Réponse automatique : Une nouvelle", extra="Auto-Submitted: auto-replied\n"), robot="auto_reply", text=away.strip()),
        Mail(name="suppress", raw=plain(_ASKED, extra="X-Auto-Response-Suppress: All\n"), text=_ASKED, links=("https://bourg.example.org/guide.pdf",)),
        Mail(name="conges-person", raw=plain(_ASKED, subject="Congés et conciliation : notre guide"), text=_ASKED, links=("https://bourg.example.org/guide.pdf",)),
        Mail(name="indisponibilite-person", raw=plain(_ASKED, subject="Indisponibilité des salles : ce que nous avons fait"), text=_ASKED, links=("https://bourg.example.org/guide.pdf",)),
    ]  # fmt: skip


def _calendars() -> list[Mail]:
    def mail(name: str, data: bytes, *sessions: str) -> Mail:
        return Mail(
            name=f"ics-{name}",
            raw=multipart(part("Invitation jointe."), file(data, kind="text/calendar", name="invitation.ics")),
            text="Invitation jointe.",
            sessions=sessions,
            files=("invitation.ics",),
        )

    days = ("DTSTART;TZID=Europe/Paris:20270301T000000", "DTEND;TZID=Europe/Paris:20270304T000000", "SUMMARY:Journées")
    weekly = (
        "DTSTART;TZID=Europe/Paris:20270105T180000",
        "DTEND;TZID=Europe/Paris:20270105T190000",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        "SUMMARY:Atelier",
    )
    once = ("DTSTART;TZID=Europe/Paris:20270105T180000", "DTEND;TZID=Europe/Paris:20270105T200000", "SUMMARY:Atelier")
    moved = (
        "DTSTART;TZID=Europe/Paris:20270107T180000",
        "DTEND;TZID=Europe/Paris:20270107T200000",
        "SEQUENCE:2",
        "SUMMARY:Atelier",
    )
    return [
        mail("midnights", calendar(event(*days)), "2027-03-01/2027-03-03"),
        mail("exdate", calendar(event(*weekly, "EXDATE;TZID=Europe/Paris:20270112T180000")), "2027-01-05 18:00", "2027-01-19 18:00"),
        mail("rdate", calendar(event(*once, "RDATE;TZID=Europe/Paris:20270109T180000")), "2027-01-05 18:00/20:00", "2027-01-09 18:00/20:00"),
        mail("later-sequence", calendar(event(*moved), event(*once, "SEQUENCE:1")), "2027-01-07 18:00/20:00"),
        mail("moved-one", calendar(event(*weekly), event("RECURRENCE-ID;TZID=Europe/Paris:20270119T180000", "DTSTART;TZID=Europe/Paris:20270120T150000", "DTEND;TZID=Europe/Paris:20270120T170000", "SUMMARY:Atelier")), "2027-01-05 18:00", "2027-01-12 18:00", "2027-01-20 15:00/17:00"),
    ]  # fmt: skip


def mails() -> list[Mail]:
    dated = [
        Mail(name=f"date-{name}", raw=plain(f"Bonjour,\n\n{said}\n"), text=f"Bonjour,\n\n{said}", sessions=at)
        for name, (said, at) in _DATES.items()
    ]
    return [*_replies(), *_forwards(), *_bodies(), *_robots(), *_calendars(), *dated]
