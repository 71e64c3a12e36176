"""Which language a page speaks: the person's choice, else what was chosen here, else the browser's wish."""

import pytest
from django.test import Client

LOGIN = "/account/login/"


def lang_of(answer):
    page = answer.content.decode()
    return page.split('<html lang="')[1][:2]


@pytest.mark.parametrize(
    ("wish", "spoken"),
    [
        ("nb-NO,nb;q=0.9,en;q=0.5", "nb"),
        ("no", "nb"),
        ("nn-NO,nn;q=0.8", "nb"),
        ("en-GB,nb;q=0.5", "en"),
        ("de-DE,sv;q=0.9,nb;q=0.2", "nb"),
        ("de,fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("\x00;;q=,,", "en"),
    ],
)
def test_the_browser_s_wish(cast, wish, spoken):
    answer = Client().get(LOGIN, headers={"Accept-Language": wish})
    assert lang_of(answer) == answer.headers["Content-Language"] == spoken


def test_the_person_s_choice_wins(cast, as_person):
    cast.olga.language = "nb"
    cast.olga.save()
    answer = as_person(cast.olga).get("/w/fjord/settings/", headers={"Accept-Language": "en"})
    assert lang_of(answer) == "nb"


def test_without_a_choice_the_browser_decides_for_a_person_too(cast, as_person):
    answer = as_person(cast.olga).get("/w/fjord/settings/", headers={"Accept-Language": "no"})
    assert lang_of(answer) == "nb"


def test_a_signed_out_page_offers_the_other_language(cast, client):
    page = client.get(f"{LOGIN}?next=/person/").content.decode()
    assert "På norsk" in page
    assert '<input type="hidden" name="next" value="/account/login/?next=/person/">' in page
    answer = client.post("/language/", {"language": "nb", "next": f"{LOGIN}?next=/person/"})
    assert answer.headers["Location"] == f"{LOGIN}?next=/person/"
    back = client.get(LOGIN, headers={"Accept-Language": "en"})
    assert lang_of(back) == "nb"
    assert "In English" in back.content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_the_switch_leads_nowhere_else(cast, client, target):
    assert client.post("/language/", {"language": "nb", "next": target}).headers["Location"] == "/"


@pytest.mark.parametrize("language", ["", "sv", "../../etc", "nb-NO"])
def test_a_language_that_is_none_is_refused(cast, client, language):
    answer = client.post("/language/", {"language": language})
    assert answer.status_code == 400
    assert "django_language" not in answer.cookies


def test_a_cookie_of_nonsense_is_passed_over(cast, client):
    client.cookies["django_language"] = "../../etc"
    assert lang_of(client.get(LOGIN, headers={"Accept-Language": "nb"})) == "nb"


def test_a_page_that_is_not_there_speaks_the_language_too(cast, client):
    answer = client.get("/nowhere/", headers={"Accept-Language": "nb"})
    assert answer.status_code == 404
    assert lang_of(answer) == "nb"


def test_signed_in_there_is_no_switch(cast, as_person):
    assert 'action="/language/"' not in as_person(cast.olga).get("/person/").content.decode()
