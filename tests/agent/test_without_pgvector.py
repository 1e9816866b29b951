"""A PostgreSQL that has no pgvector: articles are found by their words, and worker and pages say so."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from core.embedded.servers import Urls
from tests.conftest import database_at, surroundings

STORY = """
import asyncio, json, logging, sys

from agent import graph, manifest, queries
from agent.embedding import models
from agent.index import chosen
from core import process
from core.knowledge import vectors
from core.migrate import migrate
from core.settings import settings
from tests.factories import an_article, an_organization

said = []

class Kept(logging.Handler):
    def emit(self, record):
        said.append(record.getMessage())

async def story():
    await migrate(settings().database_url)
    await process.connect("tests", settings())
    logging.getLogger("lacasa.agent").addHandler(Kept())
    admin = await an_organization()
    there = await vectors.is_there(admin)
    await an_article(admin, "Returns", "Send it back within a month.")
    await manifest.warm_up()
    state = await queries.search_state(admin)
    found = await chosen.search(admin, "send it back", ["public"], 5, meaning=await chosen.meaning(admin, "send it back"))
    behind = await chosen.index().behind("any")
    await vectors.build()
    await process.disconnect()
    print(json.dumps({"there": there, "said": said, "reason": state.reason, "found": [one.title for one in found], "behind": behind}))

asyncio.run(story())
"""


async def test_without_pgvector_words_are_searched_and_everybody_is_told(servers: Urls, tmp_path: Path) -> None:
    async with database_at(servers.database) as url:
        environment = os.environ | surroundings(Urls(url, servers.nats), tmp_path)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", STORY, env=environment, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        output, _ = await process.communicate()
    assert process.returncode == 0
    told = json.loads(output.splitlines()[-1])
    if told["there"]:
        pytest.skip("this PostgreSQL gives pgvector to every new database")
    assert told["found"] == ["Returns"]
    assert told["reason"] == "no_pgvector"
    assert any("no pgvector" in line for line in told["said"])
    assert told["behind"] == []
