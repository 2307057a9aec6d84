"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from commun.accounts import services
from commun.accounts.models import AddressCode, User
from commun.common import french
from commun.common.privacy import Holding

ROWS = (
    Holding(
        of="qui a un compte",
        what="adresse, nom, connexions, second facteur, identité ProConnect",
        why="vous connecter, et signer ce que vous faites",
        how_long=(
            f"jusqu’à votre demande, {french.term(services.INACTIVE_KEPT)} au plus sans connexion ; "
            f"une session, {french.term(timedelta(seconds=settings.SESSION_COOKIE_AGE))} au plus"
        ),
        models=(User,),
    ),
    Holding(
        of="qui demande un code",
        what="empreintes de l’adresse et du réseau, le code tant qu’il vaut",
        why="que personne n’encombre votre boîte",
        how_long=f"{french.term(services.CODES_KEPT)} après le dernier envoi",
        models=(AddressCode,),
    ),
)
