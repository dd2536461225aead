"""What somebody may do, in three steps: ask, change the library, run the server."""

from enum import StrEnum


class Role(StrEnum):
    """Each may do what those before it may."""

    READER = "reader"  # ask, and see own conversations
    EDITOR = "editor"  # add and remove bulletins, see what readers said
    ADMIN = "admin"  # users, keys, settings

    def may(self, needed: "Role") -> bool:
        """Whether this role is enough for what needs another.

        >>> Role.EDITOR.may(Role.READER), Role.READER.may(Role.EDITOR)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(needed)
