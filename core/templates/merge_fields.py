"""What a mail can say of itself: addresses that only whoever sends it knows."""

from core.extend.merging import MergeField
from core.templates.drawing import PREFERENCES, UNSUBSCRIBE

FIELDS = (
    MergeField(name=UNSUBSCRIBE, title="Address to unsubscribe", kind="url", sample="https://example.com/unsubscribe"),
    MergeField(name=PREFERENCES, title="Address of the preferences", kind="url", sample="https://example.com/preferences"),
)
