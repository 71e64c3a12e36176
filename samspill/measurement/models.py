"""Figures at a time. What is not known has no row: no data is not zero."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from samspill.networks.models import Channel
from samspill.publishing.models import Delivery


class Sample(models.Model):
    """A channel's figure at a time. `what`: followers, following, posts."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="samples")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "what", "at"], name="one_sample_a_moment")]
        indexes = [models.Index(fields=["channel", "what", "-at"], name="sample_newest")]


class PostSampleQuerySet(models.QuerySet["PostSample"]):
    def latest_of(self, deliveries: Iterable[int]) -> dict[tuple[int, str], int]:
        """What was last told, by delivery and what: {(7, "reactions"): 4}."""
        rows = self.filter(delivery__in=list(deliveries)).order_by("at")
        return {
            (delivery, what): value for delivery, what, value in rows.values_list("delivery", "what", "value")
        }


class PostSample(models.Model):
    """A published post's figure from a time on, until the next. `what`: reactions, shares, replies."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="samples")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    value = models.BigIntegerField()

    objects = PostSampleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "what", "at"], name="one_post_sample_a_moment")
        ]
