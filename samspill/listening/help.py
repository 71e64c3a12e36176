"""The help card: what can be written, each with what it finds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

EXAMPLES = (
    (_("#power"), _("posts with exactly this hashtag")),
    (_("price"), _("posts with the word in any of its forms")),
    (_("“open dialogue”"), _("the words next to each other, in this order")),
    (_("municip*"), _("every word that begins so")),
    (_("power -party"), _("without what stands after the minus")),
    (_("#power OR #energy"), _("either of them")),
    (_("(#power OR #energy) price"), _("parentheses keep together")),
    (_("NEAR(power price, 5)"), _("at most five words between them")),
    (_("from:kari.bsky.social"), _("said by one account")),
    (_("@kari.bsky.social"), _("where somebody is mentioned")),
    (_("site:nrk.no"), _("with a link to a site")),
    (_("lang:no"), _("in a language: no, nb, nn, en and others")),
    (_("network:bluesky"), _("from one network")),
    (_("since:7d"), _("the last seven days; or from a day, such as since:2026-11-01")),
    (_("until:2026-11-24"), _("to the end of a day")),
    (_("has:link"), _("only what links to something")),
    (_("-has:repost"), _("without what is only passed on")),
)
