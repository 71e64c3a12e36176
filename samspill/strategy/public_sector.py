"""What Norwegian law and policy ask of a public body in social media: ready to be taken into a strategy.

The sentences are our own; each names its source and the day somebody read it. Taken in, they are rows like
any others, to be changed as the law changes: nothing here is looked up again afterwards.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User
from samspill.strategy.models import GoverningDocument, Record, Strategy
from samspill.strategy.take_in import new_document, open_upload

AS_OF = date(2026, 1, 1)
KIND = "duty"
POLICY = "policy"  # the key of the communication policy among what can be taken in


@dataclass(frozen=True)
class Duty:
    """Something a public body must do. `link`: where the rule, or the authority's word on it, is found."""

    key: str
    rule: Promise
    asks: Promise
    link: str

    def name_in(self, strategy: Strategy) -> uuid.UUID:
        """The name its record has in a strategy, so that it is never taken in twice."""
        return uuid.uuid5(strategy.uuid, f"public-sector/{self.key}")

    def is_among(self, rows: Iterable[Record]) -> bool:
        """Also where its words were changed, or it came by another way with the same source."""
        return any(
            row.uuid == self.name_in(row.strategy) or row.data.get("link") == self.link for row in rows
        )


_DIGDIR = "https://www.digdir.no/digitalisering-og-samordning"
DUTIES: dict[str, Duty] = {
    duty.key: duty
    for duty in (
        Duty(
            "privacy",
            _("Privacy: a risk assessment of every channel (GDPR; Datatilsynet)"),
            _(
                "Everyone with a page in a network shares the responsibility for what the network does with"
                " people's data. Assess the risk before you begin, write what you do against it, and look at"
                " it again."
            ),
            "https://www.datatilsynet.no/aktuelt/aktuelle-nyheter-2021/datatilsynet-velger-a-ikke-bruke-facebook/",
        ),
        Duty(
            "design",
            _("Universal design of what is published (Equality and Anti-Discrimination Act)"),
            _(
                "Everyone must be able to use it: alternative texts on pictures, captions on film, text as"
                " text, clear contrast, links that say where they lead. The one who publishes, the one who"
                " orders and the one who leads all answer for it."
            ),
            "https://www.uutilsynet.no/regelverk/sosiale-medium-og-universell-utforming/202",
        ),
        Duty(
            "own_pages",
            _("Never the only channel for what is important (Digdir)"),
            _(
                "Nobody should have to be a network's customer to get important information. It stands on"
                " your own pages first; social media lead there."
            ),
            f"{_DIGDIR}/eigenskapar-ved-sosiale-medium/1927",
        ),
        Duty(
            "dialogue",
            _("Dialogue with organisation, mandate and routines (Digdir)"),
            _(
                "Whoever invites to a conversation must be able to hold it: who answers, what they may"
                " decide, and what they do when they cannot answer. Encourage the conversation, too."
            ),
            f"{_DIGDIR}/om-rettleiinga-i-sosiale-medium-offentleg-forvaltning/1959",
        ),
        Duty(
            "archive",
            _("Archiving of what is written and received (the Archives Act)"),
            _(
                "The content decides, not the channel: what arises in the body's work is archived. Networks"
                " are no archives, so take it out in a lasting format. The rules were new in 2025 and 2026:"
                " read them at the source."
            ),
            f"{_DIGDIR}/arkivering-fra-sosiale-medium/1958",
        ),
        Duty(
            "journal",
            _("The journal, when a message belongs to a case (the National Archivist's advice)"),
            _(
                "Journal it when it is a document of a case, came to you or went from you, and is both dealt"
                " with and worth documenting. Suggestions from comments that are used in a project count,"
                " too."
            ),
            "http://www.arkivverket.no/arkivverket/Offentleg-forvalting/Journalfoering/"
            "Spesielle-dokumenttypar/Sosiale-medium/Riksarkivaren-sitt-raad",
        ),
        Duty(
            "crisis",
            _("A plan for crisis communication (regulation on municipal preparedness, section 4)"),
            _(
                "A municipality has a plan for how it informs the population, the media and its own staff in"
                " a crisis. It is revised and tried."
            ),
            "https://www.dsb.no/ros-og-beredskap/beredskap-og-krisehandtering/krisekommunikasjon/"
            "veileder-krisekommunikasjon",
        ),
        Duty(
            "confidentiality",
            _("Confidentiality, and no cases in comment fields (Public Administration Act, section 13)"),
            _(
                "Nothing about a person's own affairs is written in the open, also when they begin. Lead the"
                " conversation to a safe channel, and hide what others should not read."
            ),
            "https://lovdata.no/lov/1967-02-10",
        ),
        Duty(
            "access",
            _("Access to documents (Freedom of Information Act)"),
            _(
                "What is written to you and by you there can be asked for like any other document; answer"
                " such requests without delay."
            ),
            "https://lovdata.no/lov/2006-05-19-16",
        ),
        Duty(
            "speech",
            _("Freedom of speech in your comment fields (the Constitution, section 100)"),
            _(
                "Lawful criticism stays. House rules are the same for all opinions, and what is hidden is"
                " logged with date, text and reason."
            ),
            "https://lovdata.no/lov/1814-05-17",
        ),
        Duty(
            "marketing",
            _("Advertising is marked, with special care towards children (Marketing Control Act)"),
            _(
                "What is paid for, or done in return for something, says so at once. Children are not urged"
                " to buy or to share."
            ),
            "https://lovdata.no/lov/2009-01-09-2",
        ),
        Duty(
            "pictures",
            _("Pictures, film and music (Copyright Act)"),
            _(
                "Use what you have the right to use, name who made it, and ask those who can be recognised;"
                " of children the parents, too."
            ),
            "https://lovdata.no/lov/2018-06-15-40",
        ),
        Duty(
            "staff",
            _("What those who work here may say (Working Environment Act; the Constitution)"),
            _(
                "People speak freely in their own name, also about their work, as long as they keep what is"
                " confidential. Rules for staff help them; they do not silence them."
            ),
            "https://lovdata.no/lov/2005-06-17-62",
        ),
        Duty(
            "listening",
            _("Privacy in listening: purpose, legal basis, and deletion (GDPR)"),
            _(
                "To collect what people have said is to process personal data. Say what for and on which"
                " basis, keep no profiles of single people, and delete who said it when you no longer need"
                " it."
            ),
            "https://www.datatilsynet.no/rettigheter-og-plikter/",
        ),
    )
}
POLICY_LINK = (
    "https://www.regjeringen.no/no/dokument/dep/kmd/lover_regler/retningslinjer/2009/"
    "statens-kommunikasjonspolitikk/del-1-mal-og-prinsipper-/id582091/"
)
POLICY_TITLE = _("The state's communication policy")
_GOALS = (
    _("Residents get correct and clear information about their rights, duties and opportunities."),
    _("Residents have access to information about what the public authorities do."),
    _("Residents are invited to take part in shaping policies, schemes and services."),
)
_PRINCIPLES = (
    _("Openness: what we do is open, clear and easy to reach."),
    _("Participation: those it concerns are asked, and have a say in policies and services."),
    _("Reach everyone: what matters to somebody gets to them, whichever channel it takes."),
    _("Active: we tell people about rights, duties and opportunities unasked, and in time."),
    _("Whole: we come across as one, also when many of us speak."),
    _("Line: whoever answers for the matter answers for telling about it."),
)


def policy_passages() -> list[str]:
    """What the communication policy asks, a passage each."""
    return [str(words) for words in (*_GOALS, *_PRINCIPLES)]


def has_policy(strategy: Strategy) -> bool:
    """Also one that is no longer in force: somebody has decided about it."""
    rows = GoverningDocument.objects.in_workspace(strategy.workspace)
    return rows.filter(link=POLICY_LINK).exists()


def missing(rows: Sequence[Record]) -> list[Duty]:
    """The duties that are not among the records."""
    return [duty for duty in DUTIES.values() if not duty.is_among(rows)]


def take_in_policy(strategy: Strategy, by: User) -> GoverningDocument:
    """As a governing document of its own, read like any other. ValidationError where it is here already."""
    if has_policy(strategy):
        raise ValidationError(
            _("This very file is already here: “%(title)s”."), params={"title": POLICY_TITLE}
        )
    with translation.override(strategy.language or translation.get_language()):
        lines = [
            f"# {POLICY_TITLE}",
            f"## {gettext('Goals')}",
            "\n".join(f"- {words}" for words in _GOALS),
            f"## {gettext('Principles')}",
            "\n".join(f"- {words}" for words in _PRINCIPLES),
        ]
        title = str(POLICY_TITLE)
        adopted = gettext("16 October 2009; told in short as of %(day)s") % {"day": date_format(AS_OF)}
    upload = open_upload("\n\n".join(lines).encode(), "communication-policy.md")
    document = new_document(strategy.workspace, by, upload, title=title, adopted=adopted)
    document.sort, document.link = GoverningDocument.Sort.POLICY, POLICY_LINK
    document.save(update_fields=["sort", "link"])
    return document


def take_in_duties(strategy: Strategy, duties: Iterable[Duty], by: User) -> list[Record]:
    """Those of them that are not in the strategy yet, after the duties it has."""
    rows = Record.objects.of(strategy).filter(kind=KIND)
    here = list(rows.select_related("strategy"))
    last = rows.aggregate(last=Max("position"))["last"] or 0
    with translation.override(strategy.language or translation.get_language()):
        source = gettext("Norwegian public sector, as of %(day)s") % {"day": date_format(AS_OF)}
        fresh = [duty for duty in duties if not duty.is_among(here)]
        made = [
            Record(
                strategy=strategy,
                kind=KIND,
                uuid=duty.name_in(strategy),
                source=source,
                position=position,
                changed_by=by,
                data={
                    "rule": str(duty.rule),
                    "asks": str(duty.asks),
                    "as_of": AS_OF.isoformat(),
                    "link": duty.link,
                },
            )
            for position, duty in enumerate(fresh, start=last + 1)
        ]
    return Record.objects.bulk_create(made)
