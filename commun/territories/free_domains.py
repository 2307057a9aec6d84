"""Mailboxes that anybody can open: an address there proves nothing about a collectivité, except when it is exactly the
official one."""

from __future__ import annotations

_TEXT = """
9business.fr 9online.fr aliceadsl.fr alsatis.net aol.com aol.fr bbox.fr caramail.com cegetel.net club-internet.fr
dartybox.com dbmail.com duck.com email.com fastmail.com free.fr freesbee.fr freenet.fr gmail.com gmx.com gmx.de
gmx.fr googlemail.com hotmail.be hotmail.com hotmail.fr hushmail.com icloud.com ik.me infonie.fr inorbox.com
ionos.fr kimsufi.com laposte.net lavache.com libertysurf.fr live.be live.com live.fr mac.com magic.fr mail.com
mailfence.com mailo.com me.com mediaserv.net modulonet.fr msn.com murena.io neuf.fr netcourrier.com noos.fr
nordnet.fr numericable.com numericable.fr only.fr orange.fr outlook.com outlook.fr ovh.fr ozone.net pm.me posteo.net
proton.me protonmail.ch protonmail.com riseup.net rocketmail.com sfr.fr sfr.net skynet.be t-online.de tele2.fr
tiscali.fr tuta.com tuta.io tutanota.com vivaldi.net voila.fr wanadoo.fr web.de wibox.fr worldonline.fr yahoo.com
yahoo.fr yandex.com ymail.com zaclys.net zoho.com zohomail.eu
"""
FREE_DOMAINS = frozenset(_TEXT.split())


def is_free_domain(domain: str) -> bool:
    return domain.lower().rstrip(".") in FREE_DOMAINS
