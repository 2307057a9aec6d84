"""Mail operators (Orange, Gmail…), relays, and the pace we keep."""

from __future__ import annotations

from django.db import models

from commun.common import clock


class Operator(models.Model):
    """Who receives the mail of a set of domains, and how fast it lets us send.

    Personal data: none.
    """

    slug = models.SlugField("identifiant", max_length=32, unique=True)
    name = models.CharField("nom", max_length=100)
    rate_per_minute = models.PositiveIntegerField("messages par minute", null=True, blank=True)
    daily_cap = models.PositiveIntegerField("messages par jour", null=True, blank=True)
    paused_until = models.DateTimeField("en pause jusqu’à", null=True, blank=True)
    pause_reason = models.CharField("raison de la pause", max_length=64, blank=True)
    alarm = models.CharField("alerte", max_length=300, blank=True)
    alarm_at = models.DateTimeField("alerte depuis", null=True, blank=True)

    class Meta:
        verbose_name = "opérateur"
        verbose_name_plural = "opérateurs"
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > clock.now()


class OperatorDomain(models.Model):
    """A domain whose mailboxes an operator keeps.

    Personal data: none.
    """

    domain = models.CharField("domaine", max_length=253, unique=True)
    operator = models.ForeignKey(Operator, models.CASCADE, related_name="domains", verbose_name="opérateur")

    class Meta:
        verbose_name = "domaine d’opérateur"
        verbose_name_plural = "domaines d’opérateurs"

    def __str__(self) -> str:
        return self.domain


class OperatorDay(models.Model):
    """How many messages were claimed in a day, and in the current minute, for one operator (`*`: all together).

    Personal data: none.
    """

    scope = models.CharField(max_length=32)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)
    minute = models.PositiveBigIntegerField(default=0)
    minute_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "day"], name="mailing_operatorday_once")]

    def __str__(self) -> str:
        return f"{self.scope} {self.day}"


class Policy(models.Model):
    """The overall pace: one row, edited by the operator of the site.

    Personal data: none.
    """

    rate_per_minute = models.PositiveIntegerField("messages par minute, en tout", null=True, blank=True)
    operator_rate_per_minute = models.PositiveIntegerField(
        "messages par minute, pour un opérateur qui n’a pas son rythme", null=True, blank=True
    )
    warmup_from = models.DateField("montée en charge depuis le", null=True, blank=True)
    warmup_first_cap = models.PositiveIntegerField("plafond du premier jour", default=500)
    warmup_growth = models.FloatField("facteur par jour", default=1.5)

    class Meta:
        verbose_name = "rythme d’envoi"
        verbose_name_plural = "rythme d’envoi"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="mailing_policy_single")]

    def __str__(self) -> str:
        return "rythme d’envoi"


class Relay(models.Model):
    """Last known state of each relay of SMTP_URL, told by the workers.

    Personal data: none.
    """

    name = models.CharField("relais", max_length=100, unique=True)
    ok_at = models.DateTimeField("dernier succès", null=True)
    failed_at = models.DateTimeField("dernier échec", null=True)
    error = models.CharField("erreur", max_length=200, blank=True)
    fault = models.CharField("ce qui l’empêche", max_length=32, blank=True)  # a `WaitingFor`
    open_until = models.DateTimeField("évité jusqu’à", null=True)

    class Meta:
        verbose_name = "relais"
        verbose_name_plural = "relais"

    def __str__(self) -> str:
        return self.name
