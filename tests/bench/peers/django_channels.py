"""Peer: Django Channels under uvicorn, with the group layer in memory, or in Redis where REDIS_URL names one. The same paths as the others."""

import os
import sys

import django
import uvicorn
from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.urls import path

REDIS = os.environ.get("REDIS_URL")
IN_MEMORY = {"BACKEND": "channels.layers.InMemoryChannelLayer"}
IN_REDIS = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [REDIS], "capacity": 1000}}
LIVE = '{"op":"live"}'

settings.configure(
    CHANNEL_LAYERS={"default": IN_REDIS if REDIS else IN_MEMORY}, SECRET_KEY="a peer of a bench", ALLOWED_HOSTS=["*"]
)
django.setup()


class Fan(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.channel_layer.group_add("fan", self.channel_name)
        await self.accept()
        await self.send(text_data=LIVE)

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard("fan", self.channel_name)

    async def said(self, event: dict) -> None:
        await self.send(text_data=event["text"])


class Say(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        await self.accept()
        await self.send(text_data=LIVE)

    async def receive(self, text_data: str) -> None:
        await get_channel_layer().group_send("fan", {"type": "said", "text": text_data})


uvicorn.run(
    ProtocolTypeRouter({"websocket": URLRouter([path("fan", Fan.as_asgi()), path("say", Say.as_asgi())])}),
    host="127.0.0.1",
    port=int(sys.argv[1]),
    loop="uvloop",
    ws="websockets-sansio",
    ws_per_message_deflate=False,
    lifespan="off",
    access_log=False,
    log_level="error",
    backlog=4096,
)
