"""What somebody may do, in three steps: ask, change the library, run the server."""

from enum import StrEnum


class AccessRole(StrEnum):
    """Each may do what those before it may."""

    READER = "reader"  # ask, and see own conversations
    EDITOR = "editor"  # add and remove bulletins, see what readers said
    ADMIN = "admin"  # metrics and records of the server

    def may(self, needed: "AccessRole") -> bool:
        """Whether this role is enough for what needs another.

        >>> AccessRole.EDITOR.may(AccessRole.READER), AccessRole.READER.may(AccessRole.EDITOR)
        (True, False)
        """
        order = list(AccessRole)
        return order.index(self) >= order.index(needed)
