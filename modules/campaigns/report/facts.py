"""What is taken to have come of a mail `s` of the ledger, as pieces of SQL: each with its rule, and its version where that may change."""

RULE = 1
"""Of attribution; analytics has the same."""
WINDOW = "7 days"
RULE_WORDS = (
    "An order that is paid counts to the mail to many in which its buyer last followed a link, as a person, within seven days before it; "
    "what is given back is taken off."
)
SAID = "14 days"
UNSUBSCRIBED = f"""
EXISTS (SELECT FROM consent_entries e WHERE e.organization_id = $1 AND e.address_id = s.address_id AND e.state = 'unsubscribed'
    AND e.source IN ('one_click', 'preferences')
    AND e.topic_id = (SELECT c.topic_id FROM campaigns c WHERE c.organization_id = $1 AND c.id = {{campaign}})
    AND e.created_at BETWEEN s.settled_at AND s.settled_at + interval '{SAID}'
    AND NOT EXISTS (SELECT FROM mailing_sends l JOIN mailings m ON m.organization_id = $1 AND m.id = l.mailing_id
        WHERE l.organization_id = $1 AND l.address_id = s.address_id AND l.state = 'sent' AND m.topic_id = e.topic_id
        AND l.settled_at > s.settled_at AND l.settled_at <= e.created_at))
"""
"""Somebody said himself within two weeks that he wants no more of this topic, and no later mail about it can have been meant."""
