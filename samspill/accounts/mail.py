"""Send a mail in the reader's language, when the house has a mail server."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

logger = logging.getLogger(__name__)


def send(to: str, subject: str | Promise, template: str, *, language: str = "", **words: object) -> bool:
    """False when there is no mail server or it would not take the mail. Call it outside transactions."""
    if not settings.CAN_MAIL:
        return False
    with translation.override(language or translation.get_language()):
        body = render_to_string(template, {**words, "address": settings.ADDRESS})
        try:
            send_mail(str(subject), body, None, [to])
        except (SMTPException, OSError) as error:
            logger.warning("A mail was not sent: %s", error)
            return False
    return True
