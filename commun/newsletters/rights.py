"""Who may do what with an issue: it goes on line by its sending and comes off it by whoever sends."""

from __future__ import annotations

from wagtail.models import Page

from commun.cms.api import FixedRights, PageRights
from commun.newsletters.models import IssuePage, Submission

# Codes of `publication_refusal`.
NOT_SENT = "issue_not_sent"

_COMPOSE = "newsletters.submit_issue"
_SEND = "newsletters.send_issue"


def refuse_unless_sent(page: Page) -> str:
    """An issue is on line in the version whose send has begun, and in no other."""
    sent = Submission.objects.filter(issue=page.pk, published_at__isnull=False, revision=page.live_revision_id)
    return "" if sent.exists() else NOT_SENT


class IssueRights(PageRights):
    """Nobody publishes by hand, moves (its address is its number) or copies (composing makes the next one)."""

    page: IssuePage

    def can_edit(self) -> bool:
        return super().can_edit() and self.user.has_perm(_COMPOSE)

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Every letter received leads to it: whoever may send may take it back. Its lock holds what it says, not where
        it stands: Wagtail's own answer would be no."""
        may_publish = self.user.is_superuser or "publish" in self.permissions
        return self.user.is_active and self.page.live and may_publish and self.user.has_perm(_SEND)

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A draft that was never submitted; what was is kept, with who agreed."""
        own = self.can_edit() and super().can_delete(ignore_bulk=ignore_bulk)
        return own and not Submission.objects.filter(issue=self.page.pk).exists()

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        return False

    def can_copy(self) -> bool:
        return False


class ArchiveRights(FixedRights):
    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and self.user.has_perm(_COMPOSE)

    def can_publish_subpage(self) -> bool:
        return False
