from pathlib import Path

from piccolo.conf.apps import AppConfig

from core.manifest import TABLES

APP_CONFIG = AppConfig(
    app_name="core", migrations_folder_path=str(Path(__file__).parent), table_classes=list(TABLES), migration_dependencies=[]
)
