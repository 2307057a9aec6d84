"""The door of this room."""

from commun.library.exceptions import CallEndsLater, LibraryError, NotPlanner, SectionMissing
from commun.library.models import (
    ArticlePage,
    ConceptIndexPage,
    ConceptPage,
    ExperienceFigure,
    ExperiencePage,
    GuidePage,
    KitPage,
    ResourceDocument,
    ResourceIndexPage,
    ResourcePage,
    SheetPage,
    ThemeIndexPage,
    ThemePage,
)
from commun.library.selectors import (
    CalendarEntry,
    current_theme,
    get_concept,
    kit_sheets,
    open_calls,
    published_resources,
    published_themes,
    resources,
    themes_calendar,
)
from commun.library.services.drafts import FigureDraft, ResourceDraft, create_resource_draft
from commun.library.services.planning import plan_theme
from commun.library.services.sections import ensure_sections
from commun.library.texts import ResourceText, SheetText, resource_texts, stream_text
from commun.library.types import (
    Audience,
    Missing,
    Obstacle,
    ResourceKind,
    Stage,
)

__all__ = [
    "ArticlePage",
    "Audience",
    "CalendarEntry",
    "CallEndsLater",
    "ConceptIndexPage",
    "ConceptPage",
    "ExperienceFigure",
    "ExperiencePage",
    "FigureDraft",
    "GuidePage",
    "KitPage",
    "LibraryError",
    "Missing",
    "NotPlanner",
    "Obstacle",
    "ResourceDocument",
    "ResourceDraft",
    "ResourceIndexPage",
    "ResourceKind",
    "ResourcePage",
    "ResourceText",
    "SectionMissing",
    "SheetPage",
    "SheetText",
    "Stage",
    "ThemeIndexPage",
    "ThemePage",
    "create_resource_draft",
    "current_theme",
    "ensure_sections",
    "get_concept",
    "kit_sheets",
    "open_calls",
    "plan_theme",
    "published_resources",
    "published_themes",
    "resource_texts",
    "resources",
    "stream_text",
    "themes_calendar",
]
