"""What changes accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from commun.accounts import codes
from commun.accounts.addresses import InvalidAddress, normalise_email
from commun.accounts.models import AddressCode, User
from commun.accounts.types import GROUPS, AskedCode
from commun.common.signing import keyed_hash

INACTIVE_KEPT = timedelta(days=3 * 365)
CODES_KEPT = timedelta(days=1)


def create_groups(**kwargs: Any) -> None:
    """Create the four groups and let them into the administration (receiver of `post_migrate`)."""
    from django.contrib.auth.models import Group, Permission

    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    for name in GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        if access is not None:
            group.permissions.add(access)


def create_member(*, email: str, first_name: str = "", last_name: str = "", groups: tuple[str, ...] = ()) -> User:
    """Create an account whose address is held as verified, or add groups to the one that exists."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.models import Group

    address = normalise_email(email)
    user = User.objects.filter(email=address).first()
    if user is None:
        user = User.objects.create_user(address, first_name=first_name, last_name=last_name, is_staff=bool(groups))
    elif groups and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.groups.add(*Group.objects.filter(name__in=groups))
    EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    return user


def name_person(*, user: User, first_name: str, last_name: str) -> None:
    """As she writes her own name."""
    user.first_name, user.last_name = first_name.strip()[:150], last_name.strip()[:150]
    user.save(update_fields=["first_name", "last_name"])


def address_answered_at(*, request: HttpRequest) -> datetime | None:
    """When the person of this session read a code sent to her address, if that is how she came in."""
    from allauth.account.authentication import get_authentication_records

    records = get_authentication_records(request, request.user)
    read = [float(one["at"]) for one in records if one.get("method") == "code" and "at" in one]
    return datetime.fromtimestamp(max(read), tz=UTC) if read else None


def ask_code(*, purpose: str, email: str, client: str, now: datetime, draw: Callable[[], str]) -> AskedCode:
    """The code that is good for this address, whoever asks, and whether it must leave by mail: see `accounts.codes`.

    The same for an address that nobody has here: what is told must not say whether it is known.
    """
    key: dict[str, Any] = {"purpose": purpose, "address_hash": _address_hash(email)}
    with transaction.atomic():
        AddressCode.objects.get_or_create(**key)
        row = AddressCode.objects.select_for_update().get(**key)
        network = keyed_hash(purpose="accounts.code.client", value=client)[:16]
        held, mailed = codes.ask(_held(row), client=network, now=now, draw=draw)
        row.code, row.until, row.sent_at = held.code, held.until, held.sent_at
        row.mails = [[mail.at.timestamp(), mail.client] for mail in held.mails]
        row.save()
    return AskedCode(code=row.code, mailed=mailed, sent_at=row.sent_at or now)


def use_code(*, purpose: str, code: str, now: datetime) -> bool:
    """Whether the code was still good. It is not any more, and mails may leave again: its holder has read hers."""
    good = AddressCode.objects.filter(purpose=purpose, code=code, until__gt=now).exclude(code="")
    return bool(good.update(code="", until=None, mails=[]))


def forget_codes(*, now: datetime) -> int:
    """Limits count over a day, and no code is good for longer (periodic)."""
    return AddressCode.objects.filter(sent_at__lt=now - CODES_KEPT).exclude(until__gt=now).delete()[0]


def forget_codes_of(*, email: str) -> int:
    return AddressCode.objects.filter(address_hash=_address_hash(email)).delete()[0]


def _held(row: AddressCode) -> codes.Code:
    mails = tuple(codes.Mail(at=datetime.fromtimestamp(at, tz=UTC), client=client) for at, client in row.mails)
    return codes.Code(code=row.code, until=row.until, sent_at=row.sent_at, mails=mails)


def _address_hash(email: str) -> str:
    try:
        email = normalise_email(email)
    except InvalidAddress:
        email = email.strip().lower()
    return keyed_hash(purpose="accounts.code.address", value=email)


def blank_user(*, user: User, now: datetime) -> None:
    """Erase a person but keep the row: what she approved or decided stays attributed to nobody known."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount
    from allauth.usersessions.models import UserSession

    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        model.objects.filter(user=user).delete()
    user.groups.clear()
    user.email = f"efface-{user.pk}@example.invalid"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.set_unusable_password()
    user.save()


def forget_inactive(*, now: datetime) -> int:
    """Blank accounts nobody has used for three years (periodic)."""
    from django.db.models.functions import Coalesce

    unused = User.objects.filter(is_active=True).annotate(seen=Coalesce("last_login", "date_joined"))
    gone = list(unused.filter(seen__lt=now - INACTIVE_KEPT))
    for user in gone:
        blank_user(user=user, now=now)
    return len(gone)


def forget_sessions(*, now: datetime) -> int:
    """Sessions that are over go, with the network address and the browser they were opened from (periodic)."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.models import Session

    Session.objects.filter(expire_date__lt=now).delete()
    return UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[0]
