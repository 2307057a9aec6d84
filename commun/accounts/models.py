from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from commun.accounts.addresses import normalise_email
from commun.accounts.types import CodePurpose
from commun.common.fields import NameField


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)  # None: unusable; people sign in with an e-mailed code
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: member of the team or of a collectivité.

    Personal data: e-mail address and name, to sign in and to sign what one does; kept until the person
    asks for erasure or, for an account without activity, three years (CNIL's usual term for inactive accounts).
    """

    email = models.EmailField("adresse électronique", max_length=254, unique=True)
    first_name = NameField("prénom", max_length=150, blank=True)
    last_name = NameField("nom", max_length=150, blank=True)
    is_staff = models.BooleanField("membre de l’équipe", default=False)
    is_active = models.BooleanField("compte actif", default=True)
    date_joined = models.DateTimeField("inscription", auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            # Two spellings of one address would be two people for the approval rule.
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_once"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="accounts_user_email_lower"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def clean(self) -> None:
        super().clean()
        self.email = normalise_email(self.email)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name or self.email


class AddressCode(models.Model):
    """The code that is good for an address, known here or not, and when mails with one left: see `accounts.codes`.

    Personal data: a keyed hash of the address, and of the networks that asked; so that nobody floods a mailbox, nor
    keeps its holder out (legitimate interest). Deleted a day after its last mail, or on erasure.
    """

    purpose = models.CharField(max_length=8, choices=CodePurpose)
    address_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=20, blank=True, db_index=True)
    until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True, db_index=True)
    # [[seconds since 1970, keyed hash of the network], …], oldest first, of the last day.
    mails = models.JSONField(default=list)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["purpose", "address_hash"], name="accounts_addresscode_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.pk}"
