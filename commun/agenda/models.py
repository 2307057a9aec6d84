"""What happens, and what partners announce."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.search import index

from commun.agenda.page_forms import EventPageForm
from commun.agenda.types import EventKind, NewsKind, TimeZone
from commun.cms.blocks import RichBody
from commun.cms.models import BasePage, FramePage
from commun.common import clock, french
from commun.common.fields import NameField
from commun.territories.api import OrganisationMultipleChooserPanel

_IN_SHORT = MultiFieldPanel([FieldPanel("summary"), FieldPanel("cover_image")], heading="En bref")
_THEMES = MultiFieldPanel([FieldPanel("themes", widget=forms.CheckboxSelectMultiple)], heading="Thématiques")


def _screen(*, content: list[Any], links: list[Any]) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(content, heading="Contenu"),
            ObjectList(links, heading="Rattachements"),
            ObjectList(BasePage.promote_panels, heading="Référencement"),
            ObjectList(BasePage.settings_panels, heading="Publication"),
        ]
    )


class AgendaIndexPage(FramePage):
    """Every event, `/agenda/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["agenda.EventPage"]
    template = "agenda/event_index.html"

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agendas"


class NewsIndexPage(FramePage):
    """Every piece of news, `/actualites/`.

    Personal data: none.
    """

    introduction = models.TextField("introduction", blank=True, max_length=600)

    content_panels: ClassVar[list[Any]] = [*FramePage.content_panels, FieldPanel("introduction")]
    subpage_types: ClassVar[list[str]] = ["agenda.NewsPage"]
    template = "agenda/news_index.html"

    class Meta:
        verbose_name = "liste des actualités"
        verbose_name_plural = "listes des actualités"


class EventPage(BasePage):
    """Something that happens, somewhere or online, on one day or several.

    `start` and `end` are instants; `time_zone` says on which clock they are shown. An all-day event starts at midnight
    of its first day and ends in the last minute of its last day, on that clock.

    Personal data: none.
    """

    summary = models.TextField("en bref", max_length=400, help_text="Une ou deux phrases : pour qui, pour quoi faire.")
    cover_image = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="image"
    )
    kind = models.CharField(
        "type", max_length=12, choices=EventKind, blank=True, help_text="L’agenda se filtre et se suit par type."
    )
    start = models.DateTimeField("début", db_index=True)
    end = models.DateTimeField("fin", db_index=True, help_text="Une heure approximative suffit.")
    all_day = models.BooleanField(
        "toute la journée", default=False, help_text="Les heures ne comptent pas ; les jours, oui."
    )
    time_zone = models.CharField(
        "heure de",
        max_length=24,
        choices=TimeZone,
        default=TimeZone.PARIS,
        help_text="Le début et la fin se lisent sur cette horloge.",
    )
    is_cancelled = models.BooleanField(
        "annulé",
        default=False,
        help_text="L’événement reste en ligne et se dit annulé, aussi dans les agendas abonnés.",
    )
    place = models.CharField(
        "lieu", max_length=200, blank=True, help_text="« Maison des habitants, 4 rue des Lilas, Grenoble »"
    )
    is_online = models.BooleanField("en ligne", default=False)
    video_url = models.URLField(
        "lien de visioconférence",
        blank=True,
        max_length=500,
        help_text="Il sera public. Vide s’il est donné aux inscrits.",
    )
    website_url = models.URLField("site de l’événement", blank=True, max_length=500)
    registration_url = models.URLField("lien d’inscription", blank=True, max_length=500)
    organiser = models.ForeignKey(
        "territories.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisateur",
    )
    organiser_name = NameField(
        "ou nom de l’organisateur", max_length=160, blank=True, help_text="S’il n’est pas dans l’annuaire."
    )
    partners = ParentalManyToManyField(
        "territories.Organisation",
        blank=True,
        related_name="+",
        verbose_name="organisé avec",
        help_text="Celles qui le préparent ensemble : leur lien paraît dans le réseau.",
    )
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )
    themes = ParentalManyToManyField("library.ThemePage", blank=True, related_name="+", verbose_name="thématiques")
    body = StreamField(RichBody(), verbose_name="texte", blank=True)

    base_form_class = EventPageForm
    edit_handler: ClassVar[Any] = _screen(
        content=[
            *BasePage.content_panels,
            FieldPanel("kind"),
            _IN_SHORT,
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    HelpPanel(template="agenda/panels/alike.html"),
                    FieldRowPanel([FieldPanel("all_day"), FieldPanel("time_zone")]),
                    FieldPanel("is_cancelled"),
                ],
                heading="Quand",
            ),
            MultiFieldPanel(
                [FieldPanel("place"), FieldRowPanel([FieldPanel("is_online"), FieldPanel("video_url")])], heading="Où"
            ),
            MultiFieldPanel(
                [
                    FieldPanel("organiser"),
                    FieldPanel("organiser_name"),
                    OrganisationMultipleChooserPanel("partners"),
                    FieldRowPanel([FieldPanel("registration_url"), FieldPanel("website_url")]),
                ],
                heading="Avec qui, et comment venir",
            ),
            FieldPanel("body"),
        ],
        links=[_THEMES, FieldPanel("territory")],
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("place"),
        index.SearchField("organiser_name"),
        index.RelatedFields("organiser", [index.SearchField("name")]),
        index.RelatedFields("territory", [index.SearchField("name")]),
        index.RelatedFields("themes", [index.SearchField("title"), index.SearchField("vocabulary")]),
        index.FilterField("kind"),
        index.FilterField("start"),
        index.FilterField("end"),
    ]
    parent_page_types: ClassVar[list[str]] = ["agenda.AgendaIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "agenda/event.html"

    class Meta:
        verbose_name = "événement"
        verbose_name_plural = "événements"
        constraints = [
            # What ends before it starts breaks every calendar that reads it.
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="agenda_event_ends_after_start",
                violation_error_message="La fin doit venir après le début.",
            ),
        ]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self) -> datetime:
        return self.start.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.end.astimezone(self.zone)

    @property
    def first_day(self) -> date:
        return self.local_start.date()

    @property
    def last_day(self) -> date:
        return self.local_end.date()

    @property
    def when(self) -> str:
        """« Mardi 29 novembre 2022, de 15 h à 17 h », on the clock of its place."""
        return french.span(self.local_start, self.local_end, all_day=self.all_day)

    @property
    def when_in_full(self) -> str:
        """As `when`, with both hours even where several days part them."""
        if self.all_day or self.first_day == self.last_day:
            return self.when
        return french.long_span(self.local_start, self.local_end)

    @property
    def when_and_where(self) -> str:
        """As `when`; an hour that is not that of Paris says whose it is: lists and letters are read everywhere."""
        shows_hours = not self.all_day and self.first_day == self.last_day
        abroad = shows_hours and self.time_zone != TimeZone.PARIS
        return f"{self.when} (heure locale : {TimeZone(self.time_zone).label})" if abroad else self.when

    @property
    def hour(self) -> str:
        """At which it begins, for a cell of a month; empty for whole days."""
        if self.all_day:
            return ""
        return french.hour(self.local_start) + ("" if self.time_zone == TimeZone.PARIS else ", heure locale")

    @property
    def is_over(self) -> bool:
        return self.end < clock.now()

    @property
    def may_come(self) -> bool:
        """Whether one still signs up, or notes the date."""
        return not self.is_cancelled and not self.is_over

    @property
    def organiser_label(self) -> str:
        return self.organiser.name if self.organiser is not None else self.organiser_name

    def clean(self) -> None:
        super().clean()
        if self.video_url:
            self.is_online = True
        if not self.start or not self.end:
            return
        if self.all_day:
            self.start = datetime.combine(self.first_day, time.min, tzinfo=self.zone)
            self.end = datetime.combine(self.last_day, time(23, 59), tzinfo=self.zone)
        if self.end <= self.start:
            raise ValidationError({"end": "La fin doit venir après le début."})
        if self.end - self.start > timedelta(days=366):
            raise ValidationError({"end": "Un événement dure un an au plus : vérifiez l’année de la fin."})


class NewsPage(BasePage):
    """What a partner announces.

    Personal data: none.
    """

    kind = models.CharField("type", max_length=12, choices=NewsKind, default=NewsKind.ANNONCE)
    date = models.DateField("date de l’annonce", db_index=True)
    summary = models.TextField("en bref", max_length=500, help_text="Deux ou trois phrases, reprises dans la lettre.")
    cover_image = models.ForeignKey(
        "cms.CommunImage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="image"
    )
    partner = models.ForeignKey(
        "territories.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation qui l’annonce",
    )
    when = models.CharField(
        "quand et où", max_length=160, blank=True, help_text="« Mardi 29 novembre, de 15 h à 17 h, à Lyon »"
    )
    until = models.DateField(
        "d’actualité jusqu’au",
        null=True,
        blank=True,
        help_text="Fin d’un recrutement, d’un salon… Ensuite, le site la dit terminée et la lettre ne la propose plus.",
    )
    link_url = models.URLField("lien", blank=True, max_length=500)
    link_label = models.CharField(
        "texte du lien", max_length=120, blank=True, help_text="Dit où il mène, lu tout seul."
    )
    themes = ParentalManyToManyField("library.ThemePage", blank=True, related_name="+", verbose_name="thématiques")
    body = StreamField(RichBody(), verbose_name="texte", blank=True)

    edit_handler: ClassVar[Any] = _screen(
        content=[
            *BasePage.content_panels,
            FieldRowPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("until")]),
            _IN_SHORT,
            FieldPanel("partner"),
            FieldPanel("when"),
            FieldRowPanel([FieldPanel("link_url"), FieldPanel("link_label")]),
            FieldPanel("body"),
        ],
        links=[_THEMES],
    )
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.SearchField("when"),
        index.RelatedFields("partner", [index.SearchField("name")]),
        index.RelatedFields("themes", [index.SearchField("title"), index.SearchField("vocabulary")]),
        index.FilterField("date"),
        index.FilterField("kind"),
    ]
    parent_page_types: ClassVar[list[str]] = ["agenda.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "agenda/news.html"

    class Meta:
        verbose_name = "actualité"
        verbose_name_plural = "actualités"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("date")),
                name="agenda_news_until_after_date",
                violation_error_message="Cette date doit venir après celle de l’annonce.",
            ),
        ]

    @property
    def is_over(self) -> bool:
        return self.until is not None and self.until < clock.today()

    def clean(self) -> None:
        super().clean()
        if self.until and self.date and self.until < self.date:
            raise ValidationError({"until": "Cette date doit venir après celle de l’annonce."})


class CalendarEntry(models.Model):
    """Which page an event of somebody else's calendar became: its UID within its source, and the version last taken.

    `source` says whose calendar: "mail:" and a domain or a keyed hash, or a partner's feed. Two sources may bear the
    same UID: neither changes the other's page.

    Personal data: none (a mailbox is a keyed hash).
    """

    source = models.CharField("source", max_length=120)
    uid = models.CharField("identifiant", max_length=255)
    sequence = models.PositiveIntegerField("version", default=0)
    page = models.ForeignKey(EventPage, models.CASCADE, related_name="calendar_entries", verbose_name="événement")

    class Meta:
        verbose_name = "événement d’un autre agenda"
        verbose_name_plural = "événements d’autres agendas"
        constraints = [
            # One page for one event, however often its invitation comes again.
            models.UniqueConstraint(fields=["source", "uid"], name="agenda_calendar_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.uid}"
