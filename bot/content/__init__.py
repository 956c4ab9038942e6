"""What a card says, without saying how: values the desk makes and a messenger shows."""

from bot.content.cards import Decision, DraftCard, Failed, Step, Version, Withheld, Working
from bot.content.documents import (
    ConflictsListed,
    DocumentCard,
    DocumentLine,
    DocumentsListed,
    ErrorCard,
    ErrorLine,
    ErrorsListed,
    GapLine,
    GapsListed,
    QuoteLost,
)
from bot.content.notices import AskedOwners, Choice, Found, Notice, Warned
from bot.content.reports import Picture, Reported, Section

__all__ = [
    "Announcement",
    "AskedOwners",
    "Choice",
    "ConflictsListed",
    "Content",
    "Decision",
    "DocumentCard",
    "DocumentLine",
    "DocumentsListed",
    "DraftCard",
    "ErrorCard",
    "ErrorLine",
    "ErrorsListed",
    "Failed",
    "Found",
    "GapLine",
    "GapsListed",
    "Notice",
    "Picture",
    "QuoteLost",
    "Reported",
    "Section",
    "Step",
    "Version",
    "Warned",
    "Withheld",
    "Working",
]

Content = Working | Failed | DraftCard | Withheld | DocumentCard | ErrorCard

Announcement = Found | Warned | AskedOwners | DocumentsListed | GapsListed | ConflictsListed | ErrorsListed | Reported
