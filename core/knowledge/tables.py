"""Rows of articles and of the passages they are searched by."""

from piccolo.columns import BigInt, Integer, Text, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow

from core.tenancy import OrganizationTable


class Article(OrganizationTable, tablename="articles"):
    """An article (for people) or a snippet (for the AI agent alone). `audience` internal: never shown to a customer.

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


class Passage(OrganizationTable, tablename="passages"):
    """A section of a published article, with the article's audience and language. Its text vector is a generated column (see the migration)."""

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
