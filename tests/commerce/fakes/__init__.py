"""Shops on loopback: APIs with pages, limits, tokens that end and webhooks of which some get lost."""
