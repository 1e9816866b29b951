from pathlib import Path

from piccolo.conf.apps import AppConfig

from modules.campaigns.manifest import TABLES

APP_CONFIG = AppConfig(
    app_name="campaigns",
    migrations_folder_path=str(Path(__file__).parent),
    table_classes=list(TABLES),
    migration_dependencies=["migrations.core.piccolo_app"],
)
