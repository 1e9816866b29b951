"""HTML of strangers: what of it is harmless, and what no parser should be given."""
