"""What the pages of people who get mail say, and the mail that asks for a confirmation, by the language that their browser prefers."""

import msgspec


class Words(msgspec.Struct, frozen=True):
    """`{topic}`: its name, `{address}`: part of an address, `{own}`: who writes."""

    confirm_title: str
    confirm_question: str
    confirm_button: str
    confirmed_title: str
    confirm_done: str
    stop_title: str
    stop_question: str
    stop_all_question: str
    stop_button: str
    stop_done: str
    stop_all_done: str
    more: str
    choose_title: str
    choose_legend: str
    choose_button: str
    choose_done: str
    held_back: str
    all_button: str
    all_done: str
    form_label: str
    form_button: str
    form_done: str
    form_wrong: str
    gone_title: str
    gone_text: str
    busy_title: str
    busy_text: str
    mail_subject: str
    mail_text: str


ENGLISH = Words(
    confirm_title="Confirm that you want our mail",
    confirm_question="Shall we send you mail about “{topic}” to {address}?",
    confirm_button="Yes, send it to me",
    confirmed_title="You are signed up",
    confirm_done="Done. You get mail about “{topic}” from now on. You can end it at any time.",
    stop_title="Unsubscribe",
    stop_question="Shall we send no more mail about “{topic}” to {address}?",
    stop_all_question="Shall we send no more mail that advertises to {address}?",
    stop_button="Unsubscribe",
    stop_done="Done. You get no more mail about “{topic}”.",
    stop_all_done="Done. You get no more mail that advertises.",
    more="Choose what you get",
    choose_title="What mail do you want?",
    choose_legend="Mail that comes to {address}",
    choose_button="Save my choice",
    choose_done="Your choice is saved.",
    held_back="Mail to this address is held back: it came back, or somebody asked us to. Your choice is kept; write to us if you want mail again.",
    all_button="No more advertising at all",
    all_done="Done. You get no more mail that advertises.",
    form_label="Your e-mail address",
    form_button="Sign up",
    form_done="Thank you. If this address needs to be confirmed, a mail with a link is on its way.",
    form_wrong="This is no e-mail address. Please look at it again.",
    gone_title="This link is not valid any more",
    gone_text="It may be too old, or it was used up. Look for a newer mail from us, or answer one of them: we will help.",
    busy_title="One moment, please",
    busy_text="Too many people ask from your network just now. Load this page again in a minute.",
    mail_subject="Please confirm: {topic}",
    mail_text=(
        "Somebody, we hope you, asked us to send mail about “{topic}” to this address.\n\nTo confirm it, open this page within a week and press "
        "the button:\n{link}\n\nIf it was not you, do nothing: you get no mail about it.\n\n-- \n{own}"
    ),
)
WORDS = {
    "en": ENGLISH,
    "ar": Words(
        confirm_title="أكّد أنك تريد رسائلنا",
        confirm_question="هل نرسل إليك رسائل عن «{topic}» إلى {address}؟",
        confirm_button="نعم، أرسلوها إليّ",
        confirmed_title="تم اشتراكك",
        confirm_done="تم. ستصلك رسائل عن «{topic}» من الآن. يمكنك إيقافها في أي وقت.",
        stop_title="إلغاء الاشتراك",
        stop_question="هل نتوقف عن إرسال رسائل عن «{topic}» إلى {address}؟",
        stop_all_question="هل نتوقف عن إرسال الرسائل الإعلانية إلى {address}؟",
        stop_button="إلغاء الاشتراك",
        stop_done="تم. لن تصلك رسائل أخرى عن «{topic}».",
        stop_all_done="تم. لن تصلك رسائل إعلانية أخرى.",
        more="اختر ما يصلك",
        choose_title="أي رسائل تريد؟",
        choose_legend="الرسائل التي تصل إلى {address}",
        choose_button="احفظ اختياري",
        choose_done="حُفظ اختيارك.",
        held_back="الرسائل إلى هذا العنوان موقوفة، لأنها عادت إلينا أو طُلب منا ذلك. اختيارك محفوظ؛ راسلنا إن أردتها من جديد.",
        all_button="لا إعلانات بعد الآن",
        all_done="تم. لن تصلك رسائل إعلانية أخرى.",
        form_label="عنوان بريدك الإلكتروني",
        form_button="اشترك",
        form_done="شكرًا لك. إن كان هذا العنوان يحتاج إلى تأكيد فستصله رسالة فيها رابط.",
        form_wrong="هذا ليس عنوان بريد إلكتروني. انظر إليه مرة أخرى من فضلك.",
        gone_title="لم يعد هذا الرابط صالحًا",
        gone_text="ربما صار قديمًا أو استُخدم من قبل. ابحث عن رسالة أحدث منا أو ردّ على إحداها وسنساعدك.",
        busy_title="لحظة من فضلك",
        busy_text="طلبات كثيرة تأتي من شبكتك الآن. أعد تحميل هذه الصفحة بعد دقيقة.",
        mail_subject="يرجى التأكيد: {topic}",
        mail_text=(
            "طلب أحد، ونرجو أنه أنت، أن نرسل رسائل عن «{topic}» إلى هذا العنوان.\n\nللتأكيد افتح هذه الصفحة خلال أسبوع واضغط "
            "الزر:\n{link}\n\nإن لم تكن أنت فلا تفعل شيئًا: لن تصلك رسائل عنه.\n\n-- \n{own}"
        ),
    ),
}


def known(language: str) -> str:
    """The language in which somebody who prefers `language` is answered."""
    return language if language in WORDS else "en"


def of(language: str) -> Words:
    return WORDS.get(language, ENGLISH)
