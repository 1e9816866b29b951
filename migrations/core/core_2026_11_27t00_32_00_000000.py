"""Whose the questions of articles are, and that none leads to an article twice."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, refers, run, tenant

ID = "2026-11-27T00:32:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security of example questions"

RULES = (
    belongs("article_questions")
    + refers("article_questions", "article_id", "articles")
    + """
    ALTER TABLE article_questions ADD CONSTRAINT article_questions_number_key UNIQUE (organization_id, article_id, number);
    ALTER TABLE article_questions ADD CONSTRAINT article_questions_number_check CHECK (number > 0);
    CREATE UNIQUE INDEX article_questions_text ON article_questions (organization_id, article_id, lower(text));
    """
    + tenant("article_questions")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="core", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
