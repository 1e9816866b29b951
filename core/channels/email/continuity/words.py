"""What mails about a chat say by themselves, and the page that ends them, by the language that the visitor's browser prefers."""

import msgspec


class Words(msgspec.Struct, frozen=True):
    """`subject`: with `{own}`, the inbox's name. `why` and `stop` stand under the replies; the others are of the page."""

    subject: str
    why: str
    stop: str
    title: str
    question: str
    button: str
    done: str


ENGLISH = Words(
    subject="Reply in your chat with {own}",
    why="This was written in a chat in which this address was given, and was not read there. Answer this mail, and your answer appears in the chat.",
    stop="No more mails about this conversation:",
    title="Mails about your chat",
    question="Shall we send you no more mails about this conversation? The chat itself stays open.",
    button="No more mails",
    done="Done. You get no more mails about this conversation.",
)
WORDS = {
    "en": ENGLISH,
    "ar": Words(
        subject="رد في محادثتك مع {own}",
        why="كُتب هذا في محادثة ذُكر فيها هذا العنوان ولم يُقرأ هناك. أجب عن هذه الرسالة وسيظهر جوابك في المحادثة.",
        stop="لإيقاف الرسائل عن هذه المحادثة:",
        title="رسائل عن محادثتك",
        question="هل تريد ألا نرسل إليك المزيد من الرسائل عن هذه المحادثة؟ تبقى المحادثة نفسها مفتوحة.",
        button="لا مزيد من الرسائل",
        done="تم. لن تصلك رسائل أخرى عن هذه المحادثة.",
    ),
}


def of(language: str) -> Words:
    return WORDS.get(language, ENGLISH)
