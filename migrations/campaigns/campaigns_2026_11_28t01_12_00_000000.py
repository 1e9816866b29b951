"""References, indexes and row-level security of campaigns. What a campaign needs cannot be deleted before it is done with."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.support import belongs, one_of, refers, run, tenant

ID = "2026-11-28T01:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "references and row-level security"

TABLES = ("campaigns", "campaign_variants", "campaign_segments", "campaign_touches", "campaign_orders")
PARTS = TABLES[1:]
INDEXES = """
ALTER TABLE campaigns ADD CONSTRAINT campaigns_created_by_fk FOREIGN KEY (organization_id, created_by)
    REFERENCES memberships (organization_id, user_id) ON DELETE SET NULL (created_by);
CREATE INDEX campaigns_created_by ON campaigns (organization_id, created_by);
CREATE UNIQUE INDEX campaigns_client_id ON campaigns (organization_id, client_id) WHERE client_id IS NOT NULL;
ALTER TABLE campaigns ADD CONSTRAINT campaigns_hold_days_check CHECK (hold_days BETWEEN 0 AND 14);
ALTER TABLE campaigns ADD CONSTRAINT campaigns_begun_check CHECK (
    (mailing_id IS NULL) = (started_at IS NULL) AND (status NOT IN ('sending', 'paused', 'sent') OR started_at IS NOT NULL));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_ended_check CHECK ((status IN ('sent', 'canceled')) = (ended_at IS NOT NULL));
ALTER TABLE campaigns ADD CONSTRAINT campaigns_scheduled_check CHECK (status <> 'scheduled' OR scheduled_at IS NOT NULL);
ALTER TABLE campaign_variants ADD CONSTRAINT campaign_variants_place_key UNIQUE (organization_id, campaign_id, place);
ALTER TABLE campaign_variants ADD CONSTRAINT campaign_variants_place_check CHECK (place BETWEEN 0 AND 3 AND weight BETWEEN 1 AND 100);
ALTER TABLE campaign_variants ADD CONSTRAINT campaign_variants_version_fk FOREIGN KEY (organization_id, template_id, version)
    REFERENCES template_versions (organization_id, template_id, version) ON DELETE NO ACTION;
CREATE INDEX campaign_variants_version ON campaign_variants (organization_id, template_id, version);
CREATE UNIQUE INDEX campaign_segments_once ON campaign_segments (organization_id, campaign_id, segment_id);
ALTER TABLE campaign_touches ADD CONSTRAINT campaign_touches_first_key UNIQUE (organization_id, campaign_id, contact_id, touch);
ALTER TABLE campaign_orders ADD CONSTRAINT campaign_orders_order_key UNIQUE (organization_id, order_id);
"""
RULES = (
    "".join(belongs(table) for table in TABLES)
    + "".join(refers(table, "campaign_id", "campaigns") for table in PARTS)
    + refers("campaigns", "topic_id", "topics", on_delete="SET NULL")
    + refers("campaigns", "inbox_id", "inboxes", on_delete="SET NULL")
    + refers("campaigns", "mailing_id", "mailings", on_delete="NO ACTION")
    + refers("campaign_variants", "template_id", "templates", on_delete="NO ACTION")
    + refers("campaign_segments", "segment_id", "segments", on_delete="NO ACTION")
    + refers("campaign_orders", "send_id", "mailing_sends")
    + refers("campaign_touches", "contact_id", "contacts")
    + one_of("campaign_touches", "touch", "open", "click")
    + INDEXES
    + one_of("campaigns", "status", "draft", "scheduled", "sending", "paused", "sent", "canceled", "missed")
    + "".join(tenant(table) for table in TABLES)
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="campaigns", description=DESCRIPTION)

    async def apply() -> None:
        await run(RULES)

    manager.add_raw(apply)
    return manager
