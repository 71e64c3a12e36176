from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Warning, register

from samspill.lib import env


class AccountsConfig(AppConfig):
    name = "samspill.accounts"
    label = "accounts"

    def ready(self) -> None:
        register(check_names)


def check_names(**_options: Any) -> list[CheckMessage]:
    """Say at each start which SAMSPILL_ names in the environment do nothing."""
    return [Warning(sentence, id="samspill.W001") for sentence in env.unknown()]
