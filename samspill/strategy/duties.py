"""What the law asks of whoever is in social media, as checklists a person can tick.

Laws change: every list says the day it was true, and none of it stops anyone.
"""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The Norwegian authority for universal design: regulations, social media and universal design.
DESIGN_SOURCE = "https://www.uutilsynet.no/regelverk/sosiale-medium-og-universell-utforming/202"
DESIGN_AS_OF = date(2026, 1, 1)
DESIGN: dict[str, Promise] = {
    "web_first": _("Nothing important is said here only; it stands on our own pages, too."),
    "alt_text": _("Pictures have alternative texts."),
    "no_text_pictures": _("Text is written as text, not as pictures of text."),
    "contrast": _("Text stands out clearly from what is behind it."),
    "captions": _("Recorded video has captions."),
    "audio_text": _("Recorded sound is there as text, too."),
    "documents": _("PDF files that we link to can be read by a screen reader."),
    "no_flashing": _("Nothing flashes more than three times a second."),
    "link_text": _("A link says where it leads."),
    "hashtags": _("Every word of a hashtag begins with a capital: #UniversalDesign."),
}
DESIGN_CHOICES: tuple[tuple[str, Promise], ...] = tuple(DESIGN.items())
