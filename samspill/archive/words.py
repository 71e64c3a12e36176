"""The forms of a word that a person means who types one of them: innbygger, innbyggere, innbyggerne.

The index keeps words as they are written; the query is widened instead. A stemmer made for Norwegian gives
these three forms three stems. Forms nobody uses cost nothing, as nobody has written them.
"""

from __future__ import annotations

SHORTEST = 4  # letters; shorter words mean too many things
MOST = 48  # forms
# After a stem, in Bokmål, Nynorsk and English: nouns, adjectives and verbs.
AFTER_A_STEM = (
    *("en", "et", "er", "ene", "a", "ar", "ane", "e", "s", "ens", "ets", "enes", "ers"),
    *("te", "t", "es", "ere", "est", "este"),
)
AFTER_E = ("n", "r", "ne", "s", "t", "ns", "nes", "d")  # kommune, lege, svare
AFTER_ER = ("en", "e", "ne", "s", "ens", "nes")  # innbygger, lærer
ENGLISH = ("s", "es", "ed", "ing")
# The longest first. What is left is a stem if it has letters enough.
ENDINGS = tuple(
    sorted(
        (
            "enes",
            "erne",
            "ene",
            "ane",
            "ens",
            "ets",
            "ere",
            "ers",
            "en",
            "et",
            "er",
            "ar",
            "te",
            "a",
            "e",
            "s",
        ),
        key=lambda ending: (-len(ending), ending),
    )
)
# Small words of speech, of which no form is meant but the one typed.
_ALONE = """
about after aldri alle also andre annet bare been before begge being ble blei bli blir burde could deres
dette disse does eller enda enten etter fordi fram frem from hadde hans have hele heller henne hennes
hvem hver hvis hvor hvordan hvorfor igjen ikke ikkje ingen inne into jeg just korleis kunne kven kvifor
litt mange meget mellom mens mest mine mitt more most mot mye måtte noen noko nokon når også only other
over same samme sammen selv siden sine sitt skal skulle slik some stadig such than that their them then
there these they this those under uten vare vart very ville vore være vært were what when where which
while will with would your
"""
ALONE = frozenset(_ALONE.split())
# Forms that no rule gives, with the word one looks them up by.
IRREGULAR = (
    "bok boka boken bøker bøkene bøkenes",
    "mann mannen menn mennene",
    "kvinne kvinna kvinnen kvinner kvinnene",
    "natt natta natten netter nettene",
    "hånd hånda hånden hender hendene",
    "hand handa handen hender hendene",
    "fot foten føtter føttene",
    "tann tanna tannen tenner tennene",
    "rot rota roten røtter røttene",
    "kraft krafta kraften krefter kreftene",
    "stad staden stader stadene",
    "sted stedet steder stedene",
    "øye øyet øyne øynene",
    "barn barnet barna barnene barns",
    "bror broren brødre brødrene",
    "datter dattera datteren døtre døtrene",
    "far faren fedre fedrene",
    "mor mora moren mødre mødrene",
    "stor stort store større størst største",
    "ung ungt unge yngre yngst yngste",
    "gammel gammelt gamle eldre eldst eldste gamal gamalt",
    "lang langt lange lengre lengst lengste",
    "tung tungt tunge tyngre tyngst",
    "liten lita lite små mindre minst",
    "ny nytt nye nyere nyest nyeste",
    "skrive skriver skrev skreiv skrevet skrive skrivne",
    "finne finner fant fann funnet funne",
    "drive driver drev dreiv drevet drive",
    "velge velger valgte valgt velje vel valde",
    "spørre spør spurte spurt spørje",
    "gjøre gjør gjorde gjort gjere gjer",
    "kjøpe kjøper kjøpte kjøpt",
    "bygge bygger bygde bygd bygget",
    "vise viser viste vist",
    "stenge stenger stengte stengt",
    "slå slår slo slått slåtte",
)
_BY_FORM: dict[str, tuple[str, ...]] = {}
for _line in IRREGULAR:
    for _form in _line.split():
        _BY_FORM[_form] = tuple(dict.fromkeys((*_BY_FORM.get(_form, ()), *_line.split())))


def forms(word: str) -> tuple[str, ...]:
    """The word in lower case first, then its other forms, at most 48. A word of fewer than four letters, a
    small word of speech, and what is not all letters mean only themselves."""
    word = word.casefold()
    found = dict.fromkeys((word, *_BY_FORM.get(word, ())))
    if len(found) == 1 and len(word) >= SHORTEST and word.isalpha() and word not in ALONE:
        for stem in _stems(word):
            found |= dict.fromkeys(_of(stem))
        found |= dict.fromkeys(word + ending for ending in ENGLISH)
        if word.endswith("y"):
            found[word[:-1] + "ies"] = None
    return tuple(found)[:MOST]


def _stems(word: str) -> list[str]:
    """The word itself, and what is left of it without an ending; the likeliest first."""
    found = [word]
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST:
            found.append(stem.removesuffix("m") if stem.endswith("mm") else stem)
            if ending in ("erne", "ere", "ers", "ene", "enes"):
                found.append(stem + "er")  # innbyggerne, innbyggere: an innbygger
            break
    return list(dict.fromkeys(found))


def _of(stem: str) -> list[str]:
    if stem.endswith("e"):
        return [stem, *(stem + ending for ending in AFTER_E)]
    if stem.endswith("er"):
        # innbygger, innbyggere; and vinter, vintre
        return [stem, *(stem + ending for ending in AFTER_ER), stem[:-2] + "re", stem[:-2] + "rene"]
    if stem.endswith("el"):
        # sykkel, sykler; regel, regler
        bare = stem[:-2]
        bare = bare[:-1] if len(bare) > 1 and bare[-1] == bare[-2] else bare
        return [
            stem,
            stem + "en",
            stem + "et",
            *(bare + ending for ending in ("ler", "lene", "let", "le", "la")),
        ]
    # No word ends in two m, but doubles it before a vowel: strøm, strømmen.
    double = stem + "m" if stem.endswith("m") and not stem.endswith("mm") else stem
    return [stem, *((double if ending[0] in "ea" else stem) + ending for ending in AFTER_A_STEM)]
