"""When shops are read."""

from core.extend.module import Schedule
from modules.commerce import jobs

ALL = (Schedule(name="modules.commerce.read_due", job=jobs.read_due.name, every_s=15),)
