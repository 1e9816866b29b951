"""Serving processes are not stopped by looks for garbage through all that they have loaded."""

import subprocess
import sys

SERVING = """
import asyncio, gc, time
import uvicorn
from core.app import Server, create_app
from core.extend import registry

app = create_app(registry.modules())
before = gc.get_freeze_count()
gc.disable()  # as `lacasa` starts

async def start():
    async def bare(scope, receive, send): ...
    config = uvicorn.Config(bare, port=0, lifespan="off", log_config=None)
    config.load()
    server = Server(config, [])
    server.lifespan = config.lifespan_class(config)
    await server.startup()
    print(before, gc.get_freeze_count(), len(gc.get_objects()), int(gc.isenabled()))
    await server.shutdown()

asyncio.run(start())
"""


def test_what_a_web_process_has_loaded_is_passed_over() -> None:
    told = subprocess.run([sys.executable, "-c", SERVING], capture_output=True, text=True, timeout=60, check=True).stdout
    before, frozen, left, enabled = map(int, told.split())
    assert before == 0
    assert frozen > 50_000
    assert left < frozen / 10
    assert enabled
