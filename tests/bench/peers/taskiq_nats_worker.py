"""taskiq-nats by itself: a pull consumer on JetStream, acknowledged by taskiq's receiver. Arguments: NATS, subject, tasks, concurrency."""

import asyncio
import json
import sys
import time

from taskiq.receiver import Receiver
from taskiq_nats import PullBasedJetStreamBroker


async def main(nats: str, subject: str, n: int, concurrency: int) -> None:
    broker = PullBasedJetStreamBroker(
        servers=[nats], subject=subject, stream_name=subject, durable=subject, pull_consume_batch=concurrency // 2
    )
    done, finished = 0, asyncio.Event()

    async def nothing() -> None:
        nonlocal done
        done += 1
        if done == n:
            finished.set()

    task = broker.register_task(nothing, task_name="nothing")
    await broker.startup()
    for _ in range(0, n, 100):
        await asyncio.gather(*(task.kiq() for _ in range(100)))
    broker.is_worker_process = True
    receiver = Receiver(broker, max_async_tasks=concurrency, run_startup=False)
    stopping = asyncio.Event()
    began, cpu = time.perf_counter(), time.process_time()
    listening = asyncio.create_task(receiver.listen(stopping))
    await finished.wait()
    print(json.dumps({"wall_s": time.perf_counter() - began, "cpu_s": time.process_time() - cpu}))
    stopping.set()
    await listening
    await broker.shutdown()


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:
        uvloop = asyncio  # type: ignore[assignment]
    uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]) // 100 * 100, int(sys.argv[4])))
