"""What mail programs write around the mail that is answered, in the languages that they speak."""

import re

WROTE = (
    "wrote", "writes", "said", "schrieb", "a écrit", "écrit", "a ecrit", "escribió", "escribio", "ha escrito", "va escriure", "ha scritto", "scrisse",
    "escreveu", "schreef", "heeft geschreven", "geschreven", "skrev", "napisał", "napisała", "napisał(a)", "napisał/a", "pisze",
    "написал", "написала",
    "написал(а)", "написав", "написала", "пише", "пишет", "kirjoitti", "napsal", "napsala", "napsal(a)", "napísal", "napísal(a)",
    "napisao", "napisala",
    "je napisal", "a írta", "írta", "ezt írta", "a scris", "yazdı", "şunu yazdı", "έγραψε", "написа", "כתב", "כתבה", "כתב/ה", "كتب",
    "كتبت", "تمت كتابة", "نوشت",
    "đã viết", "menulis", "het volgende geschreven", "rašė", "kirjutas", "rakstīja", "skrifaði", "napisa",
    "写道", "寫道", "写到", "写了", "のメッセージ", "のメール", "が書きました", "さんは書きました", "님이 작성", "작성:", "เขียน",
)  # fmt: skip
"""Before or behind a name and a date: `On ... wrote:`, `Den ... skrev ...:`."""

MARKERS = (
    "original message", "original appointment", "forwarded message", "forwarded by", "reply message", "replied message", "reply above this line",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "weitergeleitete nachricht", "message d'origine", "message d’origine",
    "message original", "message transféré", "message transmis", "message réexpédié", "mensaje original", "mensaje reenviado", "messaggio originale",
    "messaggio inoltrato", "mensagem original", "mensagem encaminhada", "oorspronkelijk bericht", "oorspronkelijke bericht", "doorgestuurd bericht",
    "doorgestuurde bericht", "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana", "исходное сообщение", "пересылаемое сообщение",
    "пересланное сообщение", "original meddelelse", "originalmeddelelse", "oprindelig meddelelse", "videresendt meddelelse", "videresendt besked",
    "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande", "opprinnelig melding", "videresendt melding",
    "alkuperäinen viesti",
    "välitetty viesti", "původní zpráva", "přeposlaná zpráva", "orijinal mesaj", "özgün ileti", "iletilen mesaj", "yönlendirilmiş ileti",
    "eredeti üzenet", "mesaj original", "αρχικό μήνυμα", "الرسالة الأصلية", "رسالة معاد توجيهها", "原始邮件", "原始郵件", "转发邮件", "轉寄郵件",
    "元のメッセージ", "転送メッセージ", "원본 메시지", "원본 메일", "전달된 메시지",
)  # fmt: skip
FORWARDS = (
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "début du message réexpédié", "début du message transféré",
    "inicio del mensaje reenviado", "inizio messaggio inoltrato", "início da mensagem encaminhada", "begin doorgestuurd bericht",
    "początek przekazywanej wiadomości", "начало переадресованного сообщения", "vidarebefordrat brev", "videresendt besked", "videresendt melding",
    "välitetty viesti alkaa", "začátek přeposlané zprávy", "iletilen ileti başlangıcı", "下面是被转发的邮件", "開始轉寄郵件", "転送されたメッセージ",
)  # fmt: skip
"""`Begin forwarded message:`, alone on a line."""

FROM = (
    "from", "von", "de", "da", "van", "od", "от", "от кого", "fra", "från", "lähettäjä", "kimden", "gönderen", "feladó", "od", "από",
    "відправник", "від",
    "من", "发件人", "寄件者", "寄件人", "差出人", "보낸 사람", "từ", "expéditeur", "remitente", "mittente", "remetente", "afzender", "absender",
    "nadawca", "avsändare",
    "avsender", "afsender", "odesílatel", "expeditor", "risposta",
)  # fmt: skip
SENT = (
    "sent", "date", "gesendet", "datum", "envoyé", "date d'envoi", "enviado", "enviado el", "fecha", "inviato", "data", "enviada em", "enviado em",
    "verzonden", "wysłano", "data wysłania", "отправлено", "дата", "sendt", "dato", "skickat", "lähetetty", "päiväys", "päivämäärä",
    "odesláno", "gönderilen",
    "gönderildi", "gönderme tarihi", "tarih", "elküldve", "dátum", "trimis", "εστάλη", "ημερομηνία", "надіслано", "تاريخ الإرسال",
    "تم الإرسال", "التاريخ", "发送时间", "发送日期",
    "日期", "寄件日期", "送信日時", "送信日", "日時", "日付", "보낸 날짜", "날짜", "ngày", "gửi", "sent at", "sent on",
)  # fmt: skip
OTHERS = (
    "to", "cc", "bcc", "subject", "reply-to", "importance", "attachments", "an", "kopie", "betreff", "antwort an", "à", "destinataire",
    "objet", "sujet",
    "répondre à", "para", "asunto", "responder a", "cco", "a", "oggetto", "assunto", "aan", "onderwerp", "do", "dw", "temat", "кому",
    "копия", "тема", "til", "emne", "kopi",
    "till", "ämne", "vastaanottaja", "kopio", "aihe", "komu", "předmět", "kime", "kopya", "bilgi", "konu", "címzett", "tárgy", "către",
    "subiect", "προς", "κοιν.", "θέμα",
    "копія", "إلى", "نسخة", "الموضوع", "收件人", "收件者", "抄送", "副本", "主题", "主旨", "宛先", "件名", "받는 사람", "제목", "참조",
    "chủ đề", "đến", "tới",
    "priority", "organization",
    "reply to", "mailed by", "message-id", "x-mailer", "cc.", "newsgroups",
)  # fmt: skip

SUBJECTS = frozenset({
    "subject", "betreff", "objet", "sujet", "asunto", "oggetto", "assunto", "onderwerp", "temat", "тема", "emne", "ämne", "aihe", "předmět",
    "konu", "tárgy", "subiect", "θέμα", "الموضوع", "主题", "主旨", "件名", "제목", "chủ đề",
})  # fmt: skip
"""Of the fields above: what no list of a journey or an order has."""

SENT_FROM = (
    "sent from", "sent via", "sent with", "sent by", "sent using", "sent through", "sent on the go", "sent on", "send from", "von meinem",
    "von meiner", "gesendet von",
    "gesendet mit", "gesendet über", "versendet mit", "diese nachricht wurde von", "envoyé de", "envoyé depuis", "envoyé à partir",
    "envoyé avec", "envoyé par",
    "enviado desde", "enviado con", "enviado do", "enviado de", "enviado a partir", "enviado pelo", "enviado por", "enviado através",
    "inviato da", "inviato dal",
    "inviato con", "verzonden vanaf", "verzonden met", "verstuurd vanaf", "verstuurd met", "verzonden via", "verstuurd via", "wysłane z", "wysłano z",
    "отправлено с", "отправлено из", "отправлено от", "sendt fra", "sendt med", "skickat från", "skickat med", "lähetetty", "odesláno z",
    "odesláno pomocí", "odoslané z",
    "gönderildi", "iphone'umdan", "küldve", "trimis de pe", "στάλθηκε από", "надіслано з", "надіслано із", "أرسلت من", "تم الإرسال من", "أُرسلت من",
    "发自我的", "發自我的", "来自我的", "從我的", "从我的", "自我的", "iphoneから送信", "ipadから送信",
    "나의", "내", "được gửi từ", "dikirim dari", "terkirim dari",
    "get outlook for", "télécharger outlook", "outlook für", "obtener outlook", "scarica outlook", "obter o outlook", "download outlook",
    "outlook voor",
    "pobierz outlook", "hämta outlook", "hent outlook", "last ned outlook", "hanki outlook",
)  # fmt: skip
DEVICES = re.compile(
    r"(?<![a-z])(?:i-?phone|i-?pad|i-?pod|android|blackberry|mobile?|mobil\w*|phone|smartphone|handy|cell|galaxy|samsung|htc|nokia|"
    r"huawei|xiaomi|pixel|oneplus|motorola|lg|sony|"
    r"windows|mac|tablet|device|outlook|mail|e-?mail|airmail|mailbox|gmail|yahoo\w*|aol|gmx|k-9|spark|thunderbird|proton\w*|tutanota|"
    r"fastmail|mailspring|"
    r"front|superhuman|newton|bluemail|nine|móvil|celular|telefon\w*|téléphone|teléfono|telefono|telemóvel|telefoon|puhelim\w*|"
    r"телефон\w*|устройств\w*)(?![a-z])",
    re.IGNORECASE,
)


def _any(names: tuple[str, ...]) -> str:
    return "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))


HEADER = re.compile(
    rf"\A[ \t*_>|]{{0,20}}(?:(?P<first>{_any(FROM)})|(?P<sent>{_any(SENT)})|{_any(OTHERS)})[ *_\u00a0]{{0,4}}[:：]", re.IGNORECASE
)
"""`From:`, `*Sent:*`, at the beginning of a line."""
VERB = re.compile(rf"(?<!\w)(?:{_any(WROTE)})(?!\w)|写道|寫道|写到|のメッセージ|のメール|書きました|작성|เขียน", re.IGNORECASE)
MARKER = re.compile(rf"\A[ \t*_>]{{0,20}}[-_=]{{2,60}}[ *]{{0,4}}(?:{_any(MARKERS)})", re.IGNORECASE)
ANY_MARKER = re.compile(r"\A[ \t*>]{0,20}-{4,60} ?[^\W\d_]{2,30}(?: [^\W\d_]{1,30}){0,4} ?-{4,60}[ \t*]{0,20}\Z")
FORWARD = re.compile(rf"\A[ \t*>]{{0,20}}(?:{_any(FORWARDS)})[ *]{{0,4}}[:：]?[ *]{{0,4}}\Z", re.IGNORECASE)
MOBILE = re.compile(rf"\A[ \t*_(<\[>-]{{0,10}}(?:{_any(SENT_FROM)})", re.IGNORECASE)
MOBILE_END = re.compile(r"(?:から送信|에서 보냄|(?:umdan|ümden|ımdan|imden) gönderildi)[.。!)> ]{0,5}\Z", re.IGNORECASE)
FROM_DEVICE = re.compile(
    r"\A[ \t(<]{0,5}(?:\w{1,20} )?from (?:my |a |an )?(?:mobile|phone|cell\w*|i-?phone|i-?pad|android|blackberry)\b", re.IGNORECASE
)
WEAKLY_SENT = re.compile(r"\A[ \t*_(<\[>-]{0,10}sent (?:by|with|via|using|through)\b", re.IGNORECASE)
"""How sentences of people begin, too."""
MY_DEVICE = re.compile(r"\A[ \t(<]{0,5}sent from (?:my|a|an) .{1,60}\Z", re.IGNORECASE)
GET_APP = re.compile(r"\A[ \t]{0,5}get \[?outlook for ", re.IGNORECASE)
TIME_OR_DATE = re.compile(
    r"\d{1,2}[:.h]\d{2}|(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./年-]\d{1,2}|[\w.+-]{1,64}@[\w-]{1,64}"
)
DATED = re.compile(r"\A[ \t*]{0,10}(?:\d{4}[./年-] ?\d{1,2}[./月-] ?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b")
ENDS_WITH_ADDRESS = re.compile(r"<(?:mailto:)?[^<>\s]{1,200}@[^<>\s]{1,200}>{1,3} ?:?[ *]{0,4}\Z")
ADDRESS_AND_COLON = re.compile(r"@[^<>\s]{1,200}>{1,3} ?[:：][ *]{0,4}\Z")
WHEN = re.compile(r"\d{1,2}[:.]\d{2}|(?:19|20)\d\d")
