"""All settings of a process: one struct, read once from the environment (`LACASA_*`).

Modules nest their own struct under `LACASA_<MODULE>_*`: see `read`.
"""

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from core.errors import Misconfigured
from core.networks import Network, networks

S = TypeVar("S", bound=msgspec.Struct)

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Megabytes = Annotated[int, msgspec.Meta(ge=1, le=2048)]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What every process of Lacasa may be told from outside. Lists are comma-separated."""

    data: Path = Path(".lacasa")
    """Folder for the bundled servers, uploaded files and generated secrets."""
    database_url: str | None = None
    """`postgresql://…`; unset: the bundled PostgreSQL in `data` is started and used."""
    database_read_url: str | None = None
    """`postgresql://…` of a copy that follows the database, for figures that may be a little old; unset: the database itself is asked."""
    nats_url: str | None = None
    """`nats://…`, of a cluster several with commas between; unset: the bundled NATS in `data` is started and used."""
    pg_bin: Path | None = None
    """Folder with `postgres` and `initdb` to use in place of the bundled ones."""
    secret: str | None = None
    """At least 32 characters; signs sessions, tickets and links. `lacasa up` makes one in `data`."""
    sealing_keys: tuple[str, ...] = ()
    """Keys that seal what we keep of others (keys to shops, mail servers' passwords, AI keys), as `id:secret`: the first seals, all open. Unset: one
    that follows from `secret`. See `lacasa keys`."""
    host: str = "127.0.0.1"
    port: Port = 8600
    public_url: str | None = None
    """Where browsers reach this server, e.g. `https://help.example.org`; unset: `http://host:port`."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks of the reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; unset: nobody's."""
    egress_networks: tuple[str, ...] = ()
    """Addresses and networks besides the public internet that may be asked on behalf of users, e.g. a language model of your own; unset: none."""
    mail_image_networks: tuple[str, ...] = ()
    """The same for images in mails, whose addresses strangers choose; unset: none, whatever users may have asked."""
    connections_per_address: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 2000
    """Open HTTP connections that one network address may have per process; trusted proxies may have any number. Sockets have their own limit."""
    requests_at_once: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 500
    """Requests that a web process works on at a time; more are told at once to come back, rather than wait until they fail."""
    modules: tuple[str, ...] | None = None
    """Names of the optional modules to load; unset: all that are installed; `none`: not one."""
    demo: bool = True
    """`lacasa up` seeds a demo organization into an empty database."""
    sign_up: bool = True
    """Whether strangers may found organizations at `/app/sign-up`; members are added by admins either way."""
    serve_realtime: bool = True
    """Whether `lacasa web` serves `/ws` itself; off where `lacasa realtime` does."""
    pool_size: Annotated[int, msgspec.Meta(ge=2, le=200)] = 10
    """PostgreSQL connections per process."""
    worker_concurrency: Annotated[int, msgspec.Meta(ge=1, le=500)] = 20
    """Jobs that one worker process runs at once."""
    upload_max_mb: Megabytes = 40
    body_max_kb: Annotated[int, msgspec.Meta(ge=16, le=16384)] = 512
    """Largest JSON body, in KiB; more is refused with 413 before it is decoded."""
    visitor_writes_per_min: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 60
    """Messages, uploads and other changes that one visitor may make a minute (half of it at once), per web process; see `core/auth/limits.py`."""
    mail_host: str = "127.0.0.1"
    mail_port: Port | None = None
    """Where `lacasa mail` takes mail by LMTP and SMTP; unset: it does not, and `lacasa up` starts no such process."""
    smtp_url: str | None = None
    """The server that sends our mail on: `smtp://user:password@mail.example.com:587` (by STARTTLS), `smtps://…`, or `smtp+plain://…` without
    encryption; unset: nothing is sent."""
    mail_domains: tuple[str, ...] = ()
    """Domains for whose addresses, and those below them, that server sends; unset: for any, which fits an installation of one's own. Organizations
    choose their inboxes' addresses themselves; one elsewhere needs a mail server of its own."""
    mail_authserv_id: str = ""
    """The name under which your mail server writes `Authentication-Results`; empty: nobody vouches for senders."""
    mail_max_mb: Megabytes = 50
    """Size of one incoming mail. A mail server in front should take no more, or it bounces later what it took."""
    mail_in_flight_mb: Megabytes = 128
    """What one process holds of mail that is just coming in, all ways together; more is told to come again. Memory: up to three times as much."""
    mail_automatic_per_hour: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 200
    """Mails that the AI agent may write from one inbox in an hour; what comes after goes to people. Two machines that answer each other end there."""
    event_log_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 14
    log_level: str = "INFO"

    @property
    def origin(self) -> str:
        """Scheme, host and port that browsers use for this server, without a trailing slash."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def proxies(self) -> tuple[Network, ...]:
        """Who may say on whose behalf they ask.

        Raises:
            Misconfigured: one of them is neither an address nor a network.
        """
        return _networks("LACASA_TRUSTED_PROXIES", self.trusted_proxies)

    @property
    def reachable_networks(self) -> tuple[Network, ...]:
        """What outgoing requests may reach besides the public internet.

        Raises:
            Misconfigured: one of them is neither an address nor a network.
        """
        return _networks("LACASA_EGRESS_NETWORKS", self.egress_networks)

    @property
    def image_networks(self) -> tuple[Network, ...]:
        """Where images in mails may be fetched besides the public internet.

        Raises:
            Misconfigured: one of them is neither an address nor a network.
        """
        return _networks("LACASA_MAIL_IMAGE_NETWORKS", self.mail_image_networks)

    @property
    def secure_cookies(self) -> bool:
        return self.origin.startswith("https://")

    def required_secret(self) -> str:
        """The signing secret.

        Raises:
            Misconfigured: it is missing or too short to be one.
        """
        if self.secret is None or len(self.secret) < 32:
            raise Misconfigured("LACASA_SECRET must be set to at least 32 random characters")
        return self.secret

    def required_database_url(self) -> str:
        if self.database_url is None:
            raise Misconfigured("LACASA_DATABASE_URL is not set; `lacasa up` starts a bundled PostgreSQL")
        return self.database_url

    def required_nats_url(self) -> str:
        if self.nats_url is None:
            raise Misconfigured("LACASA_NATS_URL is not set; `lacasa up` starts a bundled NATS")
        return self.nats_url


def _networks(name: str, texts: tuple[str, ...]) -> tuple[Network, ...]:
    try:
        return networks(texts)
    except ValueError as error:
        raise Misconfigured(f"{name}: {error}") from None


def read(struct: type[S], prefix: str, environment: Mapping[str, str]) -> S:
    """Build `struct` from the variables that start with `prefix`; empty ones count as unset.

    Raises:
        Misconfigured: a value does not fit its type; the message names the variable, never the value.
    """
    values: dict[str, object] = {}
    for field in msgspec.structs.fields(struct):
        name = prefix + field.name.upper()
        raw = environment.get(name, "")
        if raw == "":
            continue
        wanted = list(filter(None, (part.strip() for part in raw.split(",")))) if "tuple" in str(field.type) else raw
        try:
            values[field.name] = msgspec.convert(wanted, field.type, strict=False, dec_hook=_path)
        except msgspec.ValidationError as error:
            raise Misconfigured(f"{name}: {error}") from None
    return struct(**values)


def _path(kind: type, value: object) -> object:
    if kind is Path:
        return Path(str(value)).expanduser()
    raise NotImplementedError(kind)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read from the environment on first use."""
    return read(Settings, "LACASA_", os.environ)
