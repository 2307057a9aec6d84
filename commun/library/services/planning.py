"""The month in which the issue on a theme appears."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commun.accounts.models import User
from commun.library.exceptions import CallEndsLater, NotPlanner
from commun.library.models import ThemePage


def plan_theme(*, theme: ThemePage, month: date, user: User) -> ThemePage:
    """Move its issue to that month, as an edit of the page: on line at once where it is on line, and a draft of other
    changes stays a draft. Raises `NotPlanner`, `CallEndsLater`.
    """
    first = month.replace(day=1)
    with transaction.atomic():
        page = ThemePage.objects.select_for_update(of=("self",)).get(pk=theme.pk)
        may = page.permissions_for_user(user)
        if not may.can_edit() or (page.live and not may.can_publish()):
            raise NotPlanner()
        pending = page.live and page.has_unpublished_changes
        draft: ThemePage = page.get_latest_revision_as_object()
        for one in (page, draft):
            if one.call_until and one.call_until.replace(day=1) > first:
                raise CallEndsLater()
        draft.planned_month = first
        revision = draft.save_revision(user=user, log_action=True)
        if page.live and not pending:
            revision.publish(user=user)
        elif page.live:
            ThemePage.objects.filter(pk=page.pk).update(planned_month=first)
        else:
            page.planned_month = first
            page.save(update_fields=["planned_month"])
    return ThemePage.objects.get(pk=theme.pk)
