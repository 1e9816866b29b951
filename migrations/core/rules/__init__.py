"""The SQL of core's migrations, by topic. Each file is run by one migration and never edited after it was released."""
