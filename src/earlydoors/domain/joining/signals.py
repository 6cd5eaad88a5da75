"""What others can hear of: sent within the transaction, so that what they do is undone with it."""

from django.dispatch import Signal

people_joined = Signal()
"""Two records were joined. Gives `joining`: `other` is found no more, `kept` has what was its."""
joining_undone = Signal()
"""A joining was undone. Gives `joining`: `kept` and `other` are two records again."""
