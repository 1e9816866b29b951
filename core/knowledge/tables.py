"""Rows of articles and of the passages they are searched by."""

from piccolo.columns import Array, BigInt, Boolean, Bytea, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Article(OrganizationTable, tablename="articles"):
    """An article (for people), a snippet (for the AI agent alone) or a document of a source. `audience` internal: never shown to a customer.

    A document is known to its source by `source_key`; `address` is where customers can read it, `content_hash` tells whether it changed.

    `language`: `de`, or empty where nobody said.
    """

    title = Varchar(length=200, null=False)
    slug = Varchar(length=120, null=False)
    category = Varchar(length=80, null=False, default="")
    kind = Varchar(length=10, null=False, default="article")
    audience = Varchar(length=10, null=False, default="public")
    status = Varchar(length=10, null=False, default="draft")
    body = Text(null=False, default="")
    version = Integer(null=False, default=1)
    author_id = BigInt(null=True, default=None)
    published_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())
    language = Varchar(length=3, null=False, default="")
    source_id = BigInt(null=True, default=None)
    source_key = Text(null=False, default="")
    address = Text(null=False, default="")
    content_hash = Varchar(length=64, null=False, default="")


class ArticleVersion(OrganizationTable, tablename="article_versions"):
    """An article as it was saved by `author`. `changed`: what differs from the version before; `restored`: the version that it was taken from."""

    article_id = BigInt(null=False)
    version = Integer(null=False)
    title = Varchar(length=200, null=False)
    body = Text(null=False, default="")
    category = Varchar(length=80, null=False, default="")
    kind = Varchar(length=10, null=False)
    audience = Varchar(length=10, null=False)
    language = Varchar(length=3, null=False, default="")
    status = Varchar(length=10, null=False)
    author = Text(null=False, default="")
    changed = Array(base_column=Text(), null=False, default=list)
    restored = Integer(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class ArticleQuestion(OrganizationTable, tablename="article_questions"):
    """A question in a customer's words that leads to an article; of a published one it is a passage too, with the ordinal -`number`."""

    article_id = BigInt(null=False)
    number = Integer(null=False)
    text = Varchar(length=300, null=False)
    author = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())


class Source(OrganizationTable, tablename="knowledge_sources"):
    """A file or a website that documents are read from. `run` counts its readings; `robots` is the website's robots.txt as of this one.

    `follows`: pages are found by links, as the website has no sitemap. `refresh_hours` 0: read again when somebody says so. `sitemap_missed`: in
    so many readings one after the other, the first of them at `sitemap_missed_at`, a sitemap was not there any more. `taken_up`: so often in a row
    a reading was begun anew because its job was gone.
    """

    kind = Varchar(length=10, null=False)
    name = Varchar(length=200, null=False)
    address = Text(null=False, default="")
    audience = Varchar(length=10, null=False)
    language = Varchar(length=3, null=False, default="")
    category = Varchar(length=80, null=False, default="")
    status = Varchar(length=10, null=False, default="waiting")
    trouble = Varchar(length=40, null=False, default="")
    current = Text(null=False, default="")
    refresh_hours = Integer(null=False, default=0)
    run = Integer(null=False, default=1)
    robots = Text(null=False, default="")
    follows = Boolean(null=False, default=False)
    finished_at = Timestamptz(null=True, default=None)
    next_at = Timestamptz(null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    sitemap_missed = Integer(null=False, default=0)
    sitemap_missed_at = Timestamptz(null=True, default=None)
    taken_up = Integer(null=False, default=0)


class SourceFile(OrganizationTable, tablename="source_files"):
    """The bytes of a source that is a file, so that it can be read again."""

    source_id = BigInt(null=False)
    content_type = Varchar(length=120, null=False)
    content = Bytea(null=False)


class SourcePage(OrganizationTable, tablename="source_pages"):
    """A page of a website. `run`: the reading that last found it; `missed`: in so many readings since it was not there.

    `state`: waiting, read, same (as before), skipped, failed, gone. `etag` and `modified` are what the website said, for asking whether it changed.
    """

    source_id = BigInt(null=False)
    address = Text(null=False)
    run = Integer(null=False)
    depth = Integer(null=False, default=0)
    state = Varchar(length=10, null=False, default="waiting")
    trouble = Varchar(length=40, null=False, default="")
    etag = Text(null=False, default="")
    modified = Text(null=False, default="")
    missed = Integer(null=False, default=0)


class Passage(OrganizationTable, tablename="passages"):
    """A section of a published article, or a question that leads to it (`ordinal` below 0), with the article's audience and language.

    Its text vector is a generated column (see the migration).
    """

    article_id = BigInt(null=False)
    ordinal = Integer(null=False)
    heading = Varchar(length=300, null=False, default="")
    text = Text(null=False)
    title = Varchar(length=200, null=False)
    audience = Varchar(length=10, null=False)
    language = Varchar(length=3, null=False, default="")


class PassageWord(OrganizationTable, tablename="passage_words"):
    """In how many passages of the organization a lexeme stands, kept by triggers; "" stands in all."""

    word = Text(null=False)
    passages = Integer(null=False, default=0)


class KnowledgeModel(OrganizationTable, tablename="knowledge_models"):
    """By which model's embeddings an organization's passages are searched, in the index of that name."""

    index_name = Varchar(length=40, null=False)
    model = Text(null=False)
    dimension = Integer(null=False)
    since = Timestamptz(null=False, default=TimestamptzNow())


class IndexedPassage(OrganizationTable, tablename="indexed_passages"):
    """A passage of which an index outside of PostgreSQL has a copy, with an embedding by this model."""

    passage_id = BigInt(null=False)
    index_name = Varchar(length=40, null=False)
    model = Text(null=False)
    dimension = Integer(null=False)
