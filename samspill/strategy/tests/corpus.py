"""Two real strategies that are public, told in our own words: what a strategy must be able to hold.

NetCom: the summary of its strategy for social communication, and its guidelines 2.0 of June 2011, both on
SlideShare (oyvindvederhus). Vestre Toten: the municipality's guidelines for social media, on its own site.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """What is typed into one form. `what`: the key of a question or kind. `serves`: a passage's words."""

    what: str
    said: dict[str, str]
    serves: str = ""


@dataclass(frozen=True)
class Told:
    about: dict[str, str]  # what the strategy says of itself
    document: str  # what it is derived from, as Markdown
    answers: list[Answer] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """Everything that was typed and is not a key or a day."""
        typed = [self.about, *(answer.said for answer in self.answers)]
        return [words for said in typed for words in said.values() if " " in words or words[0] in "#h"]


SUMMARY = "NetComs sosiale kommunikasjonsstrategi, SlideShare"
GUIDELINES = "NetCom SoMe retningslinjer 2.0, juni 2011, SlideShare"

NETCOM = Told(
    about={
        "title": "NetComs sosiale kommunikasjonsstrategi",
        "ambition": "Bli den bedriften i Norge som er best på kommunikasjon og service i sosiale medier.",
        "summary": (
            "NetCom er til stede for å gjøre ting mulig, inspirere, lære og engasjere, og vil ikke styre"
            " samtalen.\n\nArbeidet begynte høsten 2009 med spørsmålene hvorfor og hvordan: selskapet måtte"
            " inn, lytte og svare."
        ),
        "approver": "NetCom",
        "valid_from": "2009-09-01",
        "language": "nb",
    },
    document="# Forretningsmål\n\n- Nysalg, kundelojalitet og lønnsom vekst.\n",
    answers=[
        *(
            Answer("goals", {"statement": statement, "source": SUMMARY} | more)
            for statement, more in (
                ("Være tilgjengelig på kundens premisser", {"sub_goal": "customers", "stance": "support"}),
                ("Gjøre kundeservicen bedre", {"sub_goal": "customers", "level": "outcome"}),
                (
                    "Styrke merkevaren ved å delta aktivt, lytte og være åpen",
                    {"sub_goal": "position", "stance": "talk"},
                ),
                (
                    "Drive produktutviklingen med innspill fra kunder og andre interessenter",
                    {"sub_goal": "ideas", "stance": "embrace"},
                ),
                ("Få et bedre omdømme", {"level": "impact"}),
            )
        ),
        Answer(
            "goals",
            {"statement": "Bidra til de overordnede målene for forretningen", "level": "impact"}
            | {"strength": "supports", "passage_why": "Service som merkes, gir salg og kunder som blir."},
            serves="Nysalg, kundelojalitet og lønnsom vekst.",
        ),
        *(
            Answer("voice", {"name": name, "we_are": we_are, "source": GUIDELINES})
            for name, we_are in (
                ("Kundeorientert", "Vi begynner med det kunden trenger."),
                ("Fremoverlent", "Vi er tidlig ute og tør å prøve."),
                ("Åpen og ærlig", "Vi sier hvem vi er, og hva vi vet og ikke vet."),
            )
        ),
        *(
            Answer("staffrule", {"rule": rule, "why": why, "source": GUIDELINES})
            for rule, why in (
                (
                    "Vær gjerne aktiv, men husk hvor du jobber.",
                    "Aktiviteten er ønsket; arbeidsplassen følger med.",
                ),
                ("Vær alltid åpen om at du er fra NetCom.", "Fullt navn og arbeidsgiver, aldri anonymt."),
                ("La ledestjernene vise vei.", "Kundeorientert, fremoverlent, åpen og ærlig."),
                (
                    "Tenk over hva det du skriver kan føre til.",
                    "Det blir stående, og flere leser enn du tror.",
                ),
                (
                    "La kunderådgiverne ta kundespørsmålene.",
                    "Egne rådgivere har saken og systemene foran seg.",
                ),
                ("Lær listen over temaer vi ikke kommenterer.", "Den gjelder også i eget navn."),
                (
                    "Ved kriser styrer kommunikasjonsavdelingen all informasjon.",
                    "For eksempel når nettet er nede.",
                ),
                ("Er du i tvil, så spør.", "Det er bedre å svare litt senere enn feil."),
            )
        ),
        *(
            Answer("untouched", {"topic": topic, "who": who, "source": GUIDELINES})
            for topic, who in (
                ("Opplysninger som kan påvirke børskursen", "Kommunikasjonsavdelingen"),
                ("Omorganiseringer internt", "Kommunikasjonsavdelingen"),
                ("Konkurrenter og produktene deres, i negative ordelag", "Ingen"),
            )
        ),
        Answer(
            "organisation",
            {
                "group": "En gruppe på tvers: salg, markedsføring, kundeservice, web og kommunikasjon.",
                "approval": "Egne konsulenter svarer kunder. Kriser går til kommunikasjonsavdelingen.",
                "source": SUMMARY,
            },
        ),
        Answer(
            "guideline",
            {
                "name": "Når vi svarer, og når vi lar være",
                "text": "Vi svarer der vi kan hjelpe.\n\nVi lar være når temaet er på listen.",
                "who": "Alle som svarer for NetCom",
                "source": GUIDELINES,
            },
        ),
        Answer(
            "guideline",
            {
                "name": "Hvordan vi vil bli oppfattet",
                "text": "Som noen som lytter, svarer og sier det som det er.",
            },
        ),
        Answer(
            "boundary",
            {
                "what": "Vi prøver aldri å styre samtalen.",
                "sort": "never",
                "why": "Den tilhører dem som deltar.",
            },
        ),
        Answer(
            "crisislevel",
            {
                "name": "Nettet er nede",
                "triggers": "Kunder over et større område mister dekningen.",
                "does": "Kommunikasjonsavdelingen overtar all informasjon; andre viser dit.",
                "planned": "stop",
                "decides": "Kommunikasjonsavdelingen",
            },
        ),
        *(
            Answer("tactics", {"step": step, "what": what})
            for step, what in (
                ("sees", "Er til stede der folk alt snakker: forum, blogger, Twitter og Facebook"),
                ("follows", "Svarer åpent, slik at andre også finner svaret"),
                ("contributes", "Ber om innspill til produktene, og forteller hva de førte til"),
            )
        ),
        *(
            Answer("channel_choices", {"name": name, "choice": "use", "purpose": purpose})
            for name, purpose in (
                ("Twitter", "Svare den som nevner oss, samme sted som de spør."),
                ("Facebook", "Hjelpe kunder og ta imot innspill."),
                ("Forum og blogger", "Delta der vi blir omtalt, under eget navn."),
            )
        ),
    ],
)

RULES = "Retningslinjer for sosiale medier, vestre-toten.kommune.no"

VESTRE_TOTEN = Told(
    about={
        "title": "Vestre Toten kommune i sosiale medier",
        "summary": "Én stemme og en helhetlig profil utad; nettsidene er stedet der tjenestene brukes.",
        "approver": "Vestre Toten kommune",
        "language": "nb",
        "profile": "public_sector",
    },
    document="# Formål\n\n- Dialog med innbyggerne.\n- Informasjon ved beredskap.\n",
    answers=[
        Answer(
            "goals",
            {"statement": "Ha dialog med innbyggerne", "source": RULES},
            serves="Dialog med innbyggerne.",
        ),
        Answer("goals", {"statement": "Formidle nyheter og informasjon", "source": RULES}),
        Answer("goals", {"statement": "Ta vare på og bygge kommunens omdømme", "source": RULES}),
        Answer(
            "goals",
            {"statement": "Spre informasjon ved beredskap og kriser", "source": RULES},
            serves="Informasjon ved beredskap.",
        ),
        Answer(
            "channel_choices",
            {
                "name": "Facebook",
                "place": "facebook",
                "choice": "use",
                "purpose": (
                    "Fortelle de gode historiene om det som skjer i kommunen.\n\nFortelle om arrangementer og"
                    " tiltak.\n\nHjelpe folk til å bruke tjenestene på nettsidene, også selvbetjening."
                ),
                "web_twin": "https://www.vestre-toten.kommune.no/",
                "source": RULES,
            },
        ),
        Answer(
            "channel_choices",
            {
                "name": "Instagram",
                "place": "instagram",
                "choice": "use",
                "purpose": (
                    "Vise kommunens sjel og sjarm.\n\nFølge med på bildene folk tar i kommunen.\n\nLa"
                    " innbyggerne møte dem som arbeider der, og dele bilder med felles emneknagger."
                ),
                "source": RULES,
            },
        ),
        Answer(
            "channel_choices",
            {
                "name": "YouTube",
                "place": "youtube",
                "choice": "use",
                "purpose": "Lagre ferdige filmer og bilder, og strømme dem til innbyggerne og alle andre.",
                "formats": "Film med lyd og bilde",
                "source": RULES,
            },
        ),
        *(
            Answer(
                "hashtag",
                {"tag": tag, "purpose": "Bilder fra kommunen, delt av alle.", "channel": "Instagram"},
            )
            for tag in ("#vestretotenkommune", "#MittStedVTK", "#mittvestretoten")
        ),
        Answer(
            "channelrules",
            {
                "opening": (
                    "Som utgangspunkt finnes det bare én side på Facebook.\n\nEn virksomhet som må snakke"
                    " direkte med brukerne sine, slik som en skole eller barnehage, får en gruppe under"
                    " den siden, åpen eller lukket.\n\nKreves det likevel en egen side, avklares den"
                    " først, og krav må være oppfylt: blant annet en hovedansvarlig."
                ),
                "decides": "Facebookredaksjonen, i samråd med lederen som har ansvar for den",
                "naming": "Én stemme og en helhetlig profil utad.",
                "publishing": "Den som er pekt ut som hovedansvarlig for siden.",
                "source": RULES,
            },
        ),
        Answer(
            "account",
            {"name": "Facebook, Vestre Toten kommune", "state": "active", "unit": "Facebookredaksjonen"},
        ),
        Answer("role", {"role": "Facebookredaksjon", "tasks": "Avklarer nye sider før de opprettes."}),
        Answer("audiences", {"name": "Innbyggerne i Vestre Toten", "needs": "Tjenester, nyheter og svar."}),
    ],
)
