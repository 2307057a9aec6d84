from commun.contributions.models.contributions import Contribution, Event, Message
from commun.contributions.models.drafts import FormDraft
from commun.contributions.models.feeds import Feed, FeedEntry
from commun.contributions.models.files import File

__all__ = ["Contribution", "Event", "Feed", "FeedEntry", "File", "FormDraft", "Message"]
