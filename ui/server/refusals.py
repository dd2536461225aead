"""Records of what strangers try: a few each minute and address, as tries may come without end."""

from ui.server.rate import RateLimit
from ui.store.audit import Actor, Deed, Recording

A_MINUTE = 6  # records of one address; the log has them all


class Refusals:
    """Keeps records of refusals, bounded for each address."""

    def __init__(self, audit: Recording) -> None:
        self._audit = audit
        self._rate = RateLimit(A_MINUTE)

    def record(self, actor: Actor, deed: Deed, thing: str = "", detail: str = "") -> None:
        """See Recording."""
        if not self._rate.wait(actor.origin):
            self._audit.record(actor, deed, thing, detail)
