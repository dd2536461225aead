"""What users who are kept elsewhere may do: the rules of JIANBAO_ROLES."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.errors import CallError
from ui.store.roles import AccessRole

EVERYBODY = "*"
_USER, _GROUP = "user:", "group:"
_FORM = (
    "write it as user:NAME=ROLE, group:NAME=ROLE or *=ROLE, with commas between, where ROLE is "
    "reader, editor or admin"
)


@dataclass(frozen=True, slots=True)
class RoleRules:
    """Roles by name, by group, and of everybody else; without `others` nobody else gets in."""

    users: Mapping[str, AccessRole] = field(default_factory=dict)
    groups: Mapping[str, AccessRole] = field(default_factory=dict)
    others: AccessRole | None = AccessRole.READER

    def role(self, name: str, groups: Iterable[str]) -> AccessRole | None:
        """What is said of the user by name, else the highest role of the groups, else that of
        everybody; None where that lets nobody in.
        """
        if name in self.users:
            return self.users[name]
        given = {self.groups[group] for group in groups if group in self.groups}
        return next((role for role in reversed(AccessRole) if role in given), self.others)


def role_rules(text: str | None) -> RoleRules:
    """The rules that a setting tells; without one everybody who signs in is a reader.

    >>> role_rules("user:li=admin, group:办公室=editor").role("han", ["办公室"])
    <AccessRole.EDITOR: 'editor'>

    :raises CallError: it is not of the form.
    """
    if text is None:
        return RoleRules()
    users: dict[str, AccessRole] = {}
    groups: dict[str, AccessRole] = {}
    others: dict[str, AccessRole] = {}
    for rule in text.split(","):
        whom, _, named = rule.strip().rpartition("=")
        role, tables = _role(named, rule), ((_USER, users), (_GROUP, groups), (EVERYBODY, others))
        prefix, table = next((one for one in tables if whom.startswith(one[0])), ("", others))
        name = whom.removeprefix(prefix).strip()
        if not prefix or bool(name) is (table is others) or set(name) & set("=;"):
            raise _no_rule(rule)
        if name in table:
            raise CallError(f"JIANBAO_ROLES tells two roles of {whom!r}; leave one")
        table[name] = role
    return RoleRules(users, groups, others.get(""))


def _role(named: str, rule: str) -> AccessRole:
    try:
        return AccessRole(named.strip())
    except ValueError as error:
        raise _no_rule(rule) from error


def _no_rule(rule: str) -> CallError:
    return CallError(f"JIANBAO_ROLES has {rule.strip()!r}; {_FORM}")
