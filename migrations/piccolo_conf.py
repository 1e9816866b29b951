"""Piccolo's entry point: its engine, and one app per module that has tables."""

from piccolo.conf.apps import AppRegistry

from core.extend.registry import installed
from core.tenancy import ENGINE

DB = ENGINE

APP_REGISTRY = AppRegistry(apps=[module.migrations for module in installed().values() if module.migrations])
