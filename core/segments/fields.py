"""What core itself lets contacts be chosen by: their own row."""

from core.extend.segments import SegmentField

GROUP = "Contact"
STATUSES = {"subscribed": "Subscribed", "unsubscribed": "Unsubscribed", "bounced": "Bounced"}

FIELDS = (
    SegmentField(name="contact.email", label="E-mail address", group=GROUP, kind="text", sql="k.email"),
    SegmentField(name="contact.first_name", label="First name", group=GROUP, kind="text", sql="k.first_name"),
    SegmentField(name="contact.last_name", label="Last name", group=GROUP, kind="text", sql="k.last_name"),
    SegmentField(name="contact.phone", label="Telephone", group=GROUP, kind="text", sql="k.phone"),
    SegmentField(name="contact.tags", label="Tags", group=GROUP, kind="tags", sql="k.tags"),
    SegmentField(name="contact.custom", label="Own field", group=GROUP, kind="custom", sql="k.custom_fields"),
    SegmentField(
        name="contact.subscription_status",
        label="Subscription",
        group=GROUP,
        kind="choice",
        sql="k.subscription_status",
        choices=STATUSES,
    ),
    SegmentField(name="contact.source", label="Came by", group=GROUP, kind="text", sql="k.source"),
    SegmentField(name="contact.external_id", label="External id", group=GROUP, kind="text", sql="k.external_id"),
    SegmentField(name="contact.created_at", label="Known since", group=GROUP, kind="moment", sql="k.created_at"),
    SegmentField(name="contact.last_order_date", label="Last order", group=GROUP, kind="moment", sql="k.last_order_date"),
    SegmentField(name="contact.order_count", label="Orders", group=GROUP, kind="number", sql="k.order_count"),
    SegmentField(name="contact.total_order_value", label="Spent on orders", group=GROUP, kind="number", sql="k.total_order_value"),
)
