"""The `lacasa` command. What a subcommand needs is imported when it runs: starting up must stay cheap."""

import argparse
import asyncio
import gc
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import msgspec

from core.embedded.parent import wait_for_start, watch_parent
from core.errors import LacasaError
from core.settings import Settings, settings

Command = Callable[[argparse.Namespace], int | None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. 0: done, 1: failed by itself, 2: it cannot be done, and a line says why."""
    watch_parent()
    words = list(sys.argv[1:] if arguments is None else arguments)
    for_mail = words[1:] if words[:1] == ["mail-in"] else []  # as they are: argparse would take an odd sender for an option
    given = _parser().parse_args(words[:1] if for_mail else words)
    given.arguments = for_mail or getattr(given, "arguments", [])
    run: Command = given.run
    try:
        return run(given) or 0
    except LacasaError as error:
        print(f"lacasa: {error.detail}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lacasa", description="Real-time helpdesk with an AI agent.")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, run, words in (
        ("up", _up, "start everything on this machine, bundled servers included"),
        ("servers", _servers, "start only the bundled PostgreSQL and NATS, and print how to reach them"),
        ("migrate", _process("core.migrate"), "bring the database to the present schema"),
        ("seed", _process("core.seed"), "fill an empty database with the demo organization"),
        ("web", _process("core.app", "serve", whole=True), "serve HTTP, and /ws unless LACASA_SERVE_REALTIME is off"),
        ("realtime", _process("core.app", "serve_realtime", whole=True), "serve /ws as a process of its own"),
        ("worker", _process("core.jobs.worker", whole=True), "run background jobs"),
        ("relay", _process("core.events.relay", whole=True), "move events from the outbox to the log and publish them"),
        ("mail", _process("core.channels.email.gateway.server"), "take mail by LMTP and SMTP at LACASA_MAIL_PORT"),
        ("modules", _modules, "list the installed modules"),
    ):
        commands.add_parser(name, help=words, description=words).set_defaults(run=run)
    password = commands.add_parser(
        "password", help="give somebody who lost theirs a new password, printed once; all their sessions end"
    )
    password.add_argument("email")
    password.set_defaults(run=_password)
    mail = commands.add_parser(
        "mail-in", add_help=False, help="hand over one mail from a mail server's pipe; `--setup FOLDER` prepares that"
    )
    mail.add_argument("arguments", nargs=argparse.REMAINDER)
    mail.set_defaults(run=_mail_in)
    jobs = commands.add_parser("jobs", help="look after background jobs: list, retry, drop", add_help=False)
    jobs.add_argument("arguments", nargs=argparse.REMAINDER)
    jobs.set_defaults(run=_jobs)
    keys = commands.add_parser("keys", help="the keys that seal what we keep of others: status, rotate")
    keys.add_argument("arguments", nargs="*", metavar="status|rotate")
    keys.set_defaults(run=_keys)
    return parser


def _up(_: argparse.Namespace) -> int:
    from core.embedded import supervisor

    return asyncio.run(supervisor.up(settings()))


def _servers(_: argparse.Namespace) -> int:
    from core.embedded import supervisor

    return asyncio.run(supervisor.servers(settings()))


def _process(module: str, function: str = "main", *, whole: bool = False) -> Command:
    """A process of `module`; `whole`: with all that the manifests list, loaded while the supervisor still prepares the database."""

    def run(_: argparse.Namespace) -> None:
        gc.disable()  # what imports make stays: looking for garbage in it took a quarter of a start. `pass_over_the_loaded` ends this
        serve: Callable[[Settings], None] = getattr(import_module(module), function)
        if whole:
            import_module("core.extend.registry").modules()
        wait_for_start()
        serve(settings())

    return run


def _jobs(given: argparse.Namespace) -> int | None:
    look_after: Callable[[Settings, list[str]], int | None] = import_module("core.jobs.admin").main
    return look_after(_reachable(settings()), given.arguments)


def _keys(given: argparse.Namespace) -> int:
    run: Callable[[Settings, list[str]], tuple[list[str], bool]] = import_module("core.auth.rotation").main
    lines, is_whole = run(_signing(_reachable(settings())), given.arguments)
    print("\n".join(lines))
    return 0 if is_whole else 1


def _mail_in(given: argparse.Namespace) -> int | None:
    if given.arguments[:1] != ["--setup"]:
        hand_over: Callable[[list[str]], int] = import_module("core.channels.email.gateway.pipe").run
        return hand_over(given.arguments)
    set_up: Callable[[Settings, list[str]], str] = import_module("core.channels.email.gateway.setup").main
    print(set_up(_signing(settings()), given.arguments[1:]))
    return None


def _signing(given: Settings) -> Settings:
    """With the secret that `lacasa up` made in the data folder, where no other is given."""
    from core.embedded import folder

    kept = given.data / "secrets" / "signing"
    return (
        given if given.secret or not kept.exists() else msgspec.structs.replace(given, secret=folder.secret(given.data, "signing"))
    )


def _password(given: argparse.Namespace) -> None:
    renew: Callable[[Settings, str], str] = import_module("core.auth.operator").main
    print(renew(_reachable(settings()), given.email))


def _reachable(given: Settings) -> Settings:
    """With the bundled PostgreSQL of a `lacasa up` that runs over the same data folder, where no other is named."""
    from core.embedded.servers import running

    found = None if given.database_url else running(given.data)
    return given if found is None else msgspec.structs.replace(given, database_url=found.database)


def _modules(_: argparse.Namespace) -> None:
    from core.extend import registry

    running = {module.name for module in registry.modules()}
    for name, module in sorted(registry.installed().items()):
        needs = f"  requires {', '.join(module.requires)}" if module.requires else ""
        print(f"{name:<16}{'on' if name in running else 'off'}{needs}")


if __name__ == "__main__":
    sys.exit(main())
