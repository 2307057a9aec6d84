from commun.mailing.models.deliverability import DeliverabilityReport
from commun.mailing.models.deliveries import Claim, Decision, Delivery, Frontier, Lease
from commun.mailing.models.machines import MachineFault
from commun.mailing.models.operators import Operator, OperatorDay, OperatorDomain, Policy, Relay
from commun.mailing.models.returns import BounceEvent
from commun.mailing.models.sends import Message, Send
from commun.mailing.models.service import ServiceMail
from commun.mailing.models.suppression import Suppression

__all__ = [
    "BounceEvent",
    "Claim",
    "Decision",
    "DeliverabilityReport",
    "Delivery",
    "Frontier",
    "Lease",
    "MachineFault",
    "Message",
    "Operator",
    "OperatorDay",
    "OperatorDomain",
    "Policy",
    "Relay",
    "Send",
    "ServiceMail",
    "Suppression",
]
