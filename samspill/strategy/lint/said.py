"""What a report says in a sentence or two."""

from __future__ import annotations

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.strategy.lint.report import Report
from samspill.strategy.lint.rule import Finding, Severity


def in_short(report: Report, rules: int) -> str:
    """How much there is of each, or that all is well; without rules, that there is no strategy yet."""
    if not rules:
        return _("Nothing is written yet, so there is nothing to look at.")
    if not report.standing:
        words = ngettext(
            "Nothing. %(n)d rule was asked, and it holds.",
            "Nothing. %(n)d rules were asked, and all of them hold.",
            rules,
        )
        return words % {"n": rules}
    wrong, weak, advice = (report.counts[each] for each in Severity)
    said = [
        ngettext("%(n)d thing does not hold", "%(n)d things do not hold", wrong) % {"n": wrong},
        ngettext("%(n)d is weak", "%(n)d are weak", weak) % {"n": weak},
        ngettext("%(n)d is worth a thought", "%(n)d are worth a thought", advice) % {"n": advice},
    ]
    kept = [words for words, n in zip(said, (wrong, weak, advice), strict=True) if n]
    return get_text_list(kept, _("and")) + "."


def begin_with(report: Report) -> Finding | None:
    """The first of the gravest, as the page shows them."""
    groups = report.groups
    return groups[0].sections[0].rules[0].findings[0] if groups else None
