"""Talking to a language model: one question, one text, within a time; everything that can go wrong has a name.

Answers are read as they stream, so that a model that has stopped is noticed by its silence. LangChain takes seconds to import and is imported
by whoever first needs a model, in a thread.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from agent.llm.spent import Spent

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

FIRST_S = 20.0
"""So long a model may think before it says anything."""
SILENCE_S = 8.0
TRIES = 3
PAUSE_S = 0.5
PAUSE_MAX_S = 5.0
TRY_AGAIN_S = 3.0
"""With less time left than this nothing is tried again."""
TEXT_MAX = 12_000
TOO_MANY, SERVER = 429, 500
PASSING = frozenset({408, 409, 425, TOO_MANY})
COUNTED_MAX = 10_000_000
"""Tokens of one call that are believed, whatever a server says that it counted."""

Trouble = Literal["timeout", "unreachable", "refused", "rate_limited", "garbage"]
REFUSED: frozenset[Trouble] = frozenset({"refused", "rate_limited", "unreachable"})
"""After these nobody has read the question, so nobody bills it."""


class ModelFailed(Exception):
    """The language model gave nothing to work with. The sentence is for staff and holds no key."""

    def __init__(self, trouble: Trouble, sentence: str, *, passing: bool = False, after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.trouble = trouble
        self.passing = passing
        self.after_s = after_s


class Message(msgspec.Struct, frozen=True):
    role: Literal["system", "user", "assistant"]
    content: str


class Deadline:
    """What is left of the time for a run's questions, in seconds. It begins with the first of them: loading a model takes what it takes."""

    def __init__(self, seconds: float, whole: "Deadline | None" = None) -> None:
        self._seconds = seconds
        self._whole = whole
        self._end: float | None = None

    @property
    def left_s(self) -> float:
        if self._end is None:
            self._end = time.monotonic() + self._seconds
        left = self._end - time.monotonic()
        return left if self._whole is None else min(left, self._whole.left_s)

    def within(self, seconds: float) -> "Deadline":
        """One that ends after so many seconds, or with this one."""
        return Deadline(seconds, self)


Heard = Callable[[str | None], None]


def unheard(piece: str | None) -> None:
    """Nobody looks on."""


class Chat:
    """A language model by name, with what this run has spent at it."""

    def __init__(self, name: str, load: Callable[[], "BaseChatModel"]) -> None:
        self.name = name
        self.spent = Spent()
        self._load = load

    async def ask(self, messages: Sequence[Message], deadline: Deadline, heard: Heard = unheard) -> str:
        """What the model writes; passing troubles are tried again while there is time. `heard` is told each piece, and None before the first.

        Raises:
            ModelFailed: it wrote nothing that could be used.
        """
        model = await asyncio.to_thread(self._load)
        for attempt in range(1, TRIES + 1):
            try:
                return await self._once(model, messages, deadline, heard)
            except ModelFailed as failed:
                pause = _pause(attempt, failed.after_s)
                if not failed.passing or attempt == TRIES or deadline.left_s - pause < TRY_AGAIN_S:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last try returns or raises")

    async def _once(self, model: "BaseChatModel", messages: Sequence[Message], deadline: Deadline, heard: Heard) -> str:
        heard(None)
        written, length = list[str](), 0
        usage: tuple[int, int] | None = None
        asked = sum(len(one.content) for one in messages)
        stream = model.astream([(one.role, one.content) for one in messages])
        try:
            async with asyncio.timeout(deadline.left_s):
                wait = FIRST_S
                while (chunk := await asyncio.wait_for(anext(stream, None), wait)) is not None:
                    usage = _usage(chunk) or usage
                    if text := str(chunk.text):
                        written.append(text)
                        heard(text)
                        length += len(text)
                        wait = SILENCE_S
                    if length > TEXT_MAX:
                        break
        except TimeoutError:
            raise ModelFailed("timeout", "the language model did not answer in time") from None
        except Exception as error:  # every provider has errors of its own; whatever it was, people take over
            failed = named(error)
            if failed.trouble in REFUSED and not written:
                asked = 0
            raise failed from error
        finally:
            await _close(stream)
            self.spent.add(asked, length, usage)
        text = "".join(written).strip()
        if not text:
            raise ModelFailed("garbage", "the language model wrote nothing", passing=True)
        if len(text) > TEXT_MAX:
            raise ModelFailed("garbage", "the language model would not stop writing")
        return text


async def _close(stream: Any) -> None:
    try:
        async with asyncio.timeout(1.0):
            await stream.aclose()
    except Exception:  # the answer, or its failure, is known; a connection that does not end well changes nothing
        return


def _usage(chunk: Any) -> tuple[int, int] | None:
    counted = getattr(chunk, "usage_metadata", None)
    if not counted:
        return None
    tokens_in, tokens_out = (min(max(int(counted[name]), 0), COUNTED_MAX) for name in ("input_tokens", "output_tokens"))
    return tokens_in, tokens_out


def _pause(attempt: int, after_s: float | None) -> float:
    wanted = PAUSE_S * 2 ** (attempt - 1) * random.uniform(0.5, 1.5) if after_s is None else after_s  # noqa: S311 - jitter
    return min(wanted, PAUSE_MAX_S)


def named(error: Exception) -> ModelFailed:
    """A provider's error as one of ours. Their texts may quote keys and prompts, so only the status is told on."""
    status = getattr(error, "status_code", None)
    if status == TOO_MANY:
        return ModelFailed("rate_limited", "the provider refuses more requests for now (429)", passing=True, after_s=_after(error))
    if isinstance(status, int):
        is_passing = status >= SERVER or status in PASSING
        return ModelFailed("refused", f"the provider answered {status}{_meaning(status)}", passing=is_passing)
    if isinstance(error, ValueError | KeyError | TypeError | AttributeError | IndexError):
        return ModelFailed("garbage", f"the provider's answer could not be read ({type(error).__name__})", passing=True)
    refusal = _refusal(error)
    return ModelFailed(
        "unreachable", f"the provider cannot be reached ({refusal or type(error).__name__})", passing=refusal is None
    )


def _meaning(status: int) -> str:
    return {
        401: ": the key is wrong",
        403: ": the key may not use this model",
        404: ": there is no such model, or no such address",
    }.get(status, "")


def _after(error: Exception) -> float | None:
    """What `Retry-After` asks for, in seconds."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return max(float(headers.get("retry-after", "")), 0.0)
    except ValueError:
        return None


def _refusal(error: BaseException | None) -> str | None:
    """What our own guard said, if it would not let the request out."""
    from core.egress import Refused

    while error is not None and not isinstance(error, Refused):
        error = error.__cause__ or error.__context__
    return None if error is None else str(error)
