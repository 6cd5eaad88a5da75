"""What pages keep for a short while: words caught on the way, tokens of forms, tries to sign in,
and who is signed in where.

Members are named by their id in text, without a foreign key: these rows are no part of any record,
and go within a month.
"""

import uuid

from django.db import models


class KeptWriting(models.Model):
    """What somebody was writing when their sign-in ran out, for them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    written_for = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    values = models.JSONField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["written_for", "path"], name="kept_writing_one_each_page"
            )
        ]

    def __str__(self) -> str:
        return f"Words kept for {self.path}"


class Submission(models.Model):
    """A form that was sent, and where its sender was led, so that sending it again does nothing."""

    token = models.UUIDField(primary_key=True)
    member = models.CharField(max_length=64)
    path = models.CharField(max_length=500)
    address = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="submission_at")]

    def __str__(self) -> str:
        return f"Form sent at {self.path}"


class SignInAttempt(models.Model):
    """A try to sign in that failed: whose account, from which address."""

    account = models.CharField(max_length=254)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "address", "at"], name="sign_in_attempt_of")]

    def __str__(self) -> str:
        return f"Failed sign-in to {self.account}"


class SignedIn(models.Model):
    """A member signed in on a device: what they see of it, and can end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.CharField(max_length=64)
    key = models.CharField(max_length=40, unique=True)
    began_at = models.DateTimeField()
    how = models.CharField(max_length=200)
    device = models.CharField(max_length=100)

    class Meta:
        indexes = [models.Index(fields=["member", "began_at"], name="signed_in_of")]

    def __str__(self) -> str:
        return f"Signed in with {self.how} on {self.device}"
