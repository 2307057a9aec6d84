from commun.library.models.experiences import ExperienceFigure, ExperiencePage
from commun.library.models.resources import (
    ArticlePage,
    ConceptIndexPage,
    ConceptPage,
    GuidePage,
    KitPage,
    ResourceDocument,
    ResourceIndexPage,
    ResourcePage,
    SheetPage,
)
from commun.library.models.themes import ThemeIndexPage, ThemePage

__all__ = [
    "ArticlePage",
    "ConceptIndexPage",
    "ConceptPage",
    "ExperienceFigure",
    "ExperiencePage",
    "GuidePage",
    "KitPage",
    "ResourceDocument",
    "ResourceIndexPage",
    "ResourcePage",
    "SheetPage",
    "ThemeIndexPage",
    "ThemePage",
]
