"""`python -m tests.bench.campaign_worker`: the worker process of Lacasa as it is, with a source of mail that gives everybody the same post."""

from collections.abc import Sequence

from core.access import Actor
from core.extend import registry
from core.extend.mailing import Addressee, Answer, MailSource, Post
from core.jobs import worker
from core.settings import settings

KIND = "bench"
TEMPLATE, INBOX = 1, 1


async def letters(actor: Actor, source_id: int, addressees: Sequence[Addressee]) -> list[Answer]:
    del actor, source_id
    return [Post(template_id=TEMPLATE, version=1, inbox_id=INBOX)] * len(addressees)


def join() -> None:
    registry.mail_sources()[KIND] = MailSource(kind=KIND, title="Bench", letters=letters)


if __name__ == "__main__":
    join()
    worker.main(settings())
