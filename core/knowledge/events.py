"""Facts about knowledge."""

from core.access import ActorRef
from core.events.contract import Event
from core.knowledge.sources.structs import SourceView
from core.knowledge.structs import ArticleSummary


class ArticleSaved(Event, frozen=True, kw_only=True, tag="article.saved"):
    """An article was written, changed, published or withdrawn."""

    article: ArticleSummary
    by: ActorRef


class ArticleDeleted(Event, frozen=True, kw_only=True, tag="article.deleted"):
    article_id: int
    by: ActorRef


class ArticlesRecategorized(Event, frozen=True, kw_only=True, tag="articles.recategorized"):
    """All articles of a category, or of a source, were given another one at once; `articles`: how many."""

    category: str
    into: str
    articles: int
    by: ActorRef


class SourceSaved(Event, frozen=True, kw_only=True, tag="source.saved"):
    """A source was added, or its reading went on, stopped or ended."""

    source: SourceView
    by: ActorRef


class SourceDeleted(Event, frozen=True, kw_only=True, tag="source.deleted"):
    source_id: int
    by: ActorRef


EVENTS = (ArticleSaved, ArticleDeleted, ArticlesRecategorized, SourceSaved, SourceDeleted)
