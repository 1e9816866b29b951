"""When analytics works by itself."""

from core.extend.module import Schedule
from modules.analytics import jobs

ALL = (
    Schedule(name="add up facts", job=jobs.count_all.name, every_s=5),
    Schedule(name="count mailings", job=jobs.count_all_mails.name, every_s=600),
    Schedule(name="forget old figures", job=jobs.forget_all.name, cron="40 3 * * *"),
)
