from pathlib import Path

from piccolo.conf.apps import AppConfig

from lacasa_loyalty.tables import LoyaltyPoint

APP_CONFIG = AppConfig(
    app_name="loyalty",
    migrations_folder_path=str(Path(__file__).parent),
    table_classes=[LoyaltyPoint],
    migration_dependencies=["migrations.core.piccolo_app"],
)
