from commun.subscribers.models.acts import BulkAct, BulkChange
from commun.subscribers.models.imports import Import, ImportPiece, ImportRefusal
from commun.subscribers.models.leaving import LeavingReason
from commun.subscribers.models.people import ConsentEvent, ConsentWording, Subscriber, Topic
from commun.subscribers.models.segments import Segment

__all__ = [
    "BulkAct",
    "BulkChange",
    "ConsentEvent",
    "ConsentWording",
    "Import",
    "ImportPiece",
    "ImportRefusal",
    "LeavingReason",
    "Segment",
    "Subscriber",
    "Topic",
]
