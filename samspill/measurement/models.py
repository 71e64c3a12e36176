"""Figures at a time. What is not known has no row: no data is not zero."""

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


class PostSample(models.Model):
    """A published post's figure at a time. `what`: reactions, shares, replies."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="samples")
    what = models.CharField(max_length=20)
    at = models.DateTimeField()
    value = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "what", "at"], name="one_post_sample_a_moment")
        ]
