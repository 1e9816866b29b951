"""Rules of invitations; a shop that threw us out keeps its name, by which it asks to be forgotten two days later."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, run, tenant

ID = "2026-11-28T01:00:30:000000"
VERSION = "1.38.0"
DESCRIPTION = "rules of invitations"
RULES = (
    belongs("shop_invitations")
    + """
    ALTER TABLE shop_invitations ADD CONSTRAINT shop_invitations_created_by_fk FOREIGN KEY (organization_id, created_by)
        REFERENCES memberships (organization_id, user_id) ON DELETE CASCADE;
    CREATE INDEX shop_invitations_created_by ON shop_invitations (organization_id, created_by);
    CREATE UNIQUE INDEX shop_invitations_digest ON shop_invitations (digest);
    DROP INDEX integrations_domain;
    CREATE UNIQUE INDEX integrations_domain ON integrations (platform, domain) WHERE domain IS NOT NULL AND credentials <> '';
    CREATE INDEX integrations_of_domain ON integrations (domain, id) WHERE domain IS NOT NULL;
    """
    + one_of("shop_invitations", "platform", "shopify", "woocommerce")
    + tenant("shop_invitations")
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="commerce", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
