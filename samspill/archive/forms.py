"""What a person says about a stream: from which servers, and what of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.archive.models import Keeping, Stream
from samspill.networks import http, robots
from samspill.networks.bluesky import jetstream
from samspill.networks.errors import Blocked, TryLater, WrongAnswer
from samspill.networks.feed.find import discover
from samspill.networks.mastodon.tag import typed_tag

MOST_SERVERS = 10
MOST_MONTHS = 600


class StreamForm(forms.ModelForm):  # type: ignore[type-arg]
    """A stream of all that is said on Bluesky."""

    class Meta:
        model = Stream
        fields = ["source", "look_back", "keep", "one_in"]
        labels = {
            "source": _("Servers"),
            "look_back": _("It begins"),
            "keep": _("What is kept"),
            "one_in": _("Of a sample, one in"),
        }
        help_texts = {
            "source": _(
                "Jetstream servers, one a line, in the order in which they are tried. With several, another "
                "one takes over when one fails. Bluesky's own are filled in. A server without Jetstream, "
                "such as one's own PDS or a relay, does as well."
            ),
            "look_back": _(
                "The servers still have about a day. A look back takes a while to catch up, and what a "
                "server no longer has stands as a gap."
            ),
            "one_in": _("One in 10 keeps a tenth of all posts, always the same ones."),
        }
        widgets = {
            "source": forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "none"}),
            "look_back": forms.RadioSelect,
            "keep": forms.RadioSelect,
            "one_in": forms.NumberInput(attrs={"min": 2, "max": 1000}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("source", "\n".join(jetstream.HOSTS))
        self.fields["one_in"].required = False
        self.fields["look_back"].required = False
        if self.instance.pk:  # where it has got to is known now
            del self.fields["look_back"]

    def clean_source(self) -> str:
        """The servers as they are visited, each once."""
        servers: list[str] = []
        for typed in self.cleaned_data["source"].split():
            try:
                servers.append(jetstream.address(typed))
            except Blocked as error:
                raise forms.ValidationError(f"{typed}: {error}") from error
        if len(servers) > MOST_SERVERS:
            raise forms.ValidationError(_("At most ten servers."))
        return "\n".join(dict.fromkeys(servers))

    def clean_look_back(self) -> int:
        return int(self.cleaned_data["look_back"] or 0)

    def clean_one_in(self) -> int:
        one_in = self.cleaned_data["one_in"] or self.instance.one_in
        if not 2 <= one_in <= 1000:
            raise forms.ValidationError(_("Write a number from 2 to 1,000."))
        return int(one_in)


class TagForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is said under a hashtag, as a server of the Mastodon API knows it."""

    source = forms.CharField(
        label=_("Server"),
        help_text=_("A large server has heard of more. Its rules hold; some want an account and say so."),
        max_length=255,
        widget=forms.TextInput(attrs={"placeholder": "mastodon.social", "autocapitalize": "none"}),
    )

    class Meta:
        model = Stream
        fields = ["source", "tag"]
        labels = {"tag": _("Hashtag")}
        widgets = {"tag": forms.TextInput(attrs={"placeholder": "#blåbær", "autocapitalize": "none"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tag"].required = True

    def clean_source(self) -> str:
        try:
            return http.server_address(self.cleaned_data["source"])
        except Blocked as error:
            raise forms.ValidationError(str(error)) from error

    def clean_tag(self) -> str:
        try:
            return typed_tag(self.cleaned_data["tag"])
        except Blocked as error:
            raise forms.ValidationError(str(error)) from error


class FeedForm(forms.ModelForm):  # type: ignore[type-arg]
    """A feed, found from the address of the site; what it is called is what it says itself."""

    source = forms.CharField(
        label=_("Web address"),
        help_text=_("Of the blog or site, or of the feed itself."),
        max_length=2000,
        widget=forms.TextInput(attrs={"placeholder": "https://example.org/blogg", "autocapitalize": "none"}),
    )
    is_comments = forms.TypedChoiceField(
        label=_("What is read"),
        coerce=lambda value: value == "comments",
        choices=[("articles", _("what the site itself writes")), ("comments", _("what is commented there"))],
        initial="articles",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Stream
        fields = ["source", "is_comments"]

    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        typed = str(found.get("source", "")).strip()
        if typed:
            try:
                discovered = discover(typed, comments=bool(found.get("is_comments")))
                robots.may_read(discovered.url)
            except (WrongAnswer, TryLater) as error:
                self.add_error("source", str(error))
            else:
                found["source"], self.instance.title = discovered.url, discovered.title
        return found


class KeepingForm(forms.ModelForm):  # type: ignore[type-arg]
    """How long a network's posts are kept."""

    class Meta:
        model = Keeping
        fields = ["names_months", "posts_months"]
        labels = {
            "names_months": _("Months with who said it"),
            "posts_months": _("Months before the post is removed"),
        }
        help_texts = {
            "names_months": _("After that the words and the counts stay. Empty: as long as the post."),
            "posts_months": _("Empty: without end."),
        }
        widgets = {
            "names_months": forms.NumberInput(attrs={"min": 0, "max": 600}),
            "posts_months": forms.NumberInput(attrs={"min": 1, "max": 600}),
        }

    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        for name, least in (("names_months", 0), ("posts_months", 1)):
            months = found.get(name)
            if months is not None and not least <= months <= MOST_MONTHS:
                words = _("Write a number from %(least)d to %(most)d, or leave it empty.")
                self.add_error(name, words % {"least": least, "most": MOST_MONTHS})
        return found


class ErasureForm(forms.Form):
    """Which accounts are erased, and whether what they say later is kept."""

    accounts = forms.MultipleChoiceField(
        label=_("Accounts"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whose posts are erased.")},
    )
    ever = forms.BooleanField(
        label=_("Keep nothing they say from now on, either"),
        required=False,
    )

    def __init__(self, *args: Any, accounts: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["accounts"].choices = accounts  # type: ignore[attr-defined]
