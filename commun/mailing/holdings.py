"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.mailing.models import BounceEvent, Decision, Delivery, Send, ServiceMail, Suppression
from commun.mailing.services import feedback, retention, service_mail

ROWS = (
    Holding(
        of="les destinataires de la lettre",
        what="adresse, réponse du serveur de courriel",
        why="savoir à qui la lettre a été remise",
        how_long=f"{french.term(retention.KEPT)} après l’envoi ; seul le compte reste",
        models=(Delivery,),
    ),
    Holding(
        of="les destinataires de la lettre",
        what="empreinte de l’adresse, ce que le serveur a répondu",
        why="ne pas écrire à des adresses mortes",
        how_long=f"{french.term(feedback.EVIDENCE_KEPT)}",
        models=(BounceEvent,),
    ),
    Holding(
        of="les destinataires de la lettre",
        what="empreinte de l’adresse, raison",
        why="ne plus vous écrire",
        how_long="jusqu’à ce que vous reveniez ; l’effacement ôte la raison",
        models=(Suppression,),
    ),
    Holding(
        of="qui reçoit un code ou un accusé de réception",
        what="adresse, message",
        why="vous le remettre",
        how_long=f"{french.term(service_mail.KEPT_FOR)} après sa remise",
        models=(ServiceMail,),
    ),
    Holding(
        of="l’équipe, quand elle envoie",
        what="qui a envoyé et décidé",
        why="répondre de ce qui est envoyé",
        how_long="autant que le registre des envois ; le nom s’efface avec le compte",
        models=(Send, Decision),
    ),
)
