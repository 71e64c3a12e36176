"""The invented people of the demonstration, and what they find to say. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Person:
    handle: str
    name: str


PEOPLE = [
    Person("marte.lien", "Marte Lien"),
    Person("peraune", "Per Aune"),
    Person("havnevakta", "Havnevakta"),
    Person("ingunn.sande", "Ingunn Sande"),
    Person("oddvar.t", "Oddvar Tveit"),
    Person("sara.elbakri", "Sara El-Bakri"),
    Person("johanne_k", "Johanne Krogh"),
    Person("torbjornh", "Torbjørn Haug"),
    Person("aasne.skar", "Åsne Skår"),
    Person("elin.moberg", "Elin Moberg"),
    Person("jonas.eide", "Jonas Eide"),
    Person("nina.varmepumpe", "Nina Løkken"),
    Person("kystavisa", "Kystavisa"),
    Person("amir.h", "Amir Hosseini"),
    Person("gro.bjerkan", "Gro Bjerkan"),
    Person("lars.magnus", "Lars Magnus Vold"),
    Person("borettslagetsol", "Borettslaget Solbakken"),
    Person("thea.nord", "Thea Nordal"),
    Person("kjell.arne", "Kjell Arne Fosse"),
    Person("ewa.kowalska", "Ewa Kowalska"),
    Person("hilde.j", "Hilde Jakobsen"),
    Person("sindre.byggmester", "Sindre Rønning"),
    Person("mohamed.a", "Mohamed Abdi"),
    Person("ragnhild.o", "Ragnhild Opsahl"),
]

# A post is about a subject when one of the words is in it; the first subject that fits is taken.
SUBJECTS = {
    "price": (
        "strøm",
        "pris",
        "nettleie",
        "avgift",
        "kroner",
        "power",
        "price",
        "fee",
        "bill",
        "energi",
        "energy",
    ),
    "outage": ("brudd", "feil", "stengt", "utfall", "outage", "closed", "fault", "storm", "uvær"),
    "meeting": ("møte", "høring", "åpent", "frokost", "meeting", "hearing", "join us", "velkommen"),
    "work": ("stilling", "lærling", "jobb", "søk", "vacancy", "apprentice", "job", "apply"),
}

REPLIES: dict[str, dict[str, list[str]]] = {
    "nb": {
        "price": [
            "Gjelder dette også for oss som bor i borettslag med felles måler?",
            "Fint å se tallene åpent. Kan dere legge ut regnearket også?",
            "Hva blir forskjellen for en vanlig enebolig i januar?",
            "Er dette før eller etter strømstøtten?",
            "Jeg forstår ikke hvorfor fastleddet øker når forbruket går ned. Kan dere forklare?",
            "Takk! Dette var den første forklaringen jeg skjønte.",
        ],
        "outage": [
            "Vi er uten fortsatt på Nordsida. Når regner dere med at det er i orden?",
            "Får vi SMS neste gang, eller må vi følge med her?",
            "Bra jobba av folka som er ute i dette været!",
            "Kartet på nettsiden viser at alt er i orden, men det er mørkt her.",
            "Hvem betaler for maten i fryseren?",
        ],
        "meeting": [
            "Blir møtet strømmet for oss som ikke kan komme?",
            "Er det plass til rullestol i lokalet?",
            "Kommer! Må man melde seg på?",
            "Kan innspill sendes skriftlig i tillegg, og hvor lenge?",
            "Fint at dere spør oss før det er bestemt.",
        ],
        "work": [
            "Kan man søke selv om man ikke har fagbrev ennå?",
            "Er det mulig med hjemmekontor noen dager i uka?",
            "Når er fristen?",
            "Sender denne videre til en jeg kjenner.",
        ],
        "general": [
            "Takk for klar informasjon!",
            "Hvor finner jeg mer om dette?",
            "Gjelder det fra nå av, eller fra nyttår?",
            "Kan dere si noe om hva det betyr for dem som ikke er på nett?",
            "Dette burde flere få vite om. Deler videre.",
            "Er det noen man kan ringe om det?",
            "Bra at dere svarer folk her.",
            "Jeg fikk et annet svar på telefonen i går. Hva er riktig?",
        ],
    },
    "en": {
        "price": [
            "Does this cover housing co-operatives with a shared meter as well?",
            "Good to see the figures in the open. Could you share the spreadsheet too?",
            "What is the difference for an ordinary house in January?",
            "Is that before or after the state support?",
            "I don't see why the fixed part rises when we use less. Could you explain?",
            "Thank you! The first explanation of this I have understood.",
        ],
        "outage": [
            "Still dark on the north side. When do you expect it to be mended?",
            "Will we get a text next time, or do we have to follow you here?",
            "Well done, everybody who is out in this weather!",
            "The map on your site says all is well, but it is not here.",
            "Who pays for what was in the freezer?",
        ],
        "meeting": [
            "Will it be streamed for those of us who cannot come?",
            "Can one get in with a wheelchair?",
            "I'll be there! Do I have to sign up?",
            "Can we send comments in writing too, and until when?",
            "Good that you ask us before it is decided.",
        ],
        "work": [
            "May one apply before the certificate is in hand?",
            "Is it possible to work from home some days?",
            "When is the closing date?",
            "Sending this on to somebody I know.",
        ],
        "general": [
            "Thank you for saying it plainly!",
            "Where can I read more about this?",
            "Is that from now on, or from the new year?",
            "What does it mean for those who are not online?",
            "More people should know this. Passing it on.",
            "Is there somebody one can call about it?",
            "Good that you answer people here.",
            "I was told something else on the phone yesterday. Which is right?",
        ],
    },
}
THANKS = {
    "nb": ["Takk for raskt svar!", "Da forstår jeg. Takk!", "Supert, tusen takk.", "Ok, da prøver jeg det."],
    "en": [
        "Thanks for the quick answer!",
        "I see now. Thank you!",
        "Great, many thanks.",
        "All right, I'll try that.",
    ],
}
MENTIONS = {
    "nb": [
        "Noen som vet om {us} har åpent i romjula?",
        "Skryt til {us} for hyggelig hjelp i dag!",
        "Hvor melder jeg flytting, {us}?",
        "{us} Nettsiden deres henger når jeg prøver å logge inn.",
        "Leste saken om {us} i avisa. Stemmer det at det utsettes til våren?",
        "Har {us} noe opplegg for skoleklasser?",
    ],
    "en": [
        "Does anybody know whether {us} is open between Christmas and New Year?",
        "Praise to {us} for kind help today!",
        "Where do I report that I am moving, {us}?",
        "{us} Your site hangs when I try to sign in.",
        "Read the story about {us} in the paper. Is it true that it waits until spring?",
        "Does {us} have something for school classes?",
    ],
}


def language_of(code: str) -> str:
    return "en" if code.startswith("en") else "nb"


def answer_to(chance: Random, text: str, language: str) -> str:
    """What somebody says to a post."""
    small = text.lower()
    subject = next(
        (name for name, words in SUBJECTS.items() if any(word in small for word in words)), "general"
    )
    pool = REPLIES[language][subject] + REPLIES[language]["general"][:3]
    return chance.choice(pool)
