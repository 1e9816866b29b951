"""The SQL of core's first release, by topic. Run by one migration and never edited after it was released."""
