"""What a server has done and holds, as Prometheus reads it.

By prometheus_client, Prometheus's own library: no dependencies, and its text format is the one that
every monitoring system knows. The registry is the server's own, nothing is global.
"""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from corpus.errors import JianbaoError
from index.library import Library
from rag.refusing.reasons import Reason
from rag.trace import Step
from ui.server.observed import Outcome

CONTENT_TYPE = CONTENT_TYPE_LATEST
# Seconds of a step: most take 1 to 100 ms, a chat model writes for many seconds.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Counts what it observes (see Observer); tells of the library and the process when read."""

    def __init__(self, library: Library) -> None:
        registry = CollectorRegistry()
        self._registry = registry
        self.library = library
        self._questions = Counter("jianbao_questions", "Questions asked.", registry=registry)
        self._refusals = Counter(
            "jianbao_refusals", "Questions refused, by reason.", ["reason"], registry=registry
        )
        self._failures = Counter(
            "jianbao_failures", "Questions that failed by an error.", registry=registry
        )
        self._seconds = Histogram(
            "jianbao_stage_seconds", "Seconds of an answer's stages.", ["stage"],
            buckets=BUCKETS, registry=registry,
        )  # fmt: skip
        self._running = Gauge(
            "jianbao_answers_running", "Questions being answered now.", registry=registry
        )
        self._queue = Gauge(
            "jianbao_queue_length", "Events of the page that wait for their turn.",
            registry=registry,
        )  # fmt: skip
        for reason in Reason:  # a series that begins with its first event hides that event
            self._refusals.labels(reason.value)
        for step in Step:
            self._seconds.labels(step.value)
        registry.register(_LibraryCollector(library))
        ProcessCollector(registry=registry)

    def watch_queue(self, length: Callable[[], int]) -> None:
        """Ask this for the length of the queue whenever the metrics are read."""
        self._queue.set_function(length)

    def began(self) -> None:
        """See Observer.began."""
        self._questions.inc()
        self._running.inc()

    def ended(self, outcome: Outcome) -> None:
        """See Observer.ended."""
        self._running.dec()
        for step, seconds in outcome.seconds.items():
            self._seconds.labels(step.value).observe(seconds)
        if outcome.error is not None:
            self._failures.inc()
        elif outcome.answer is not None and outcome.answer.reason is not None:
            self._refusals.labels(outcome.answer.reason.value).inc()

    def text(self) -> bytes:
        """All of it in Prometheus's text format, of CONTENT_TYPE."""
        return generate_latest(self._registry)


class _LibraryCollector(Collector):
    """The size of a library; that it cannot be read is a metric too."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """See Collector."""
        readable = GaugeMetricFamily("jianbao_library_readable", "1 where the library can be read.")
        try:
            held = self._library.holdings()
        except JianbaoError:
            readable.add_metric([], 0)
            yield readable
            return
        readable.add_metric([], 1)
        yield readable
        yield GaugeMetricFamily("jianbao_bulletins", "Bulletins in the library.", held.bulletins)
        yield GaugeMetricFamily("jianbao_paragraphs", "Their paragraphs.", held.paragraphs)
