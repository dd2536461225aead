"""Records as CSV for a spreadsheet and as lines for a terminal."""

from collections.abc import Iterable, Sequence

from ui.store.audit import AuditEntry, Deed
from ui.views.csv_table import as_csv

HEADS = ("时间 time", "用户 who", "来源 from", "操作 what", "对象 object", "详情 detail")
_CHINESE = {
    Deed.SIGNED_IN: "登录",
    Deed.SIGNED_OUT: "退出",
    Deed.SIGN_IN_FAILED: "登录失败",
    Deed.LOCKED: "登录锁定",
    Deed.KEY_REFUSED: "密钥被拒",
    Deed.NOT_ALLOWED: "越权",
    Deed.ADDED: "添加",
    Deed.REPLACED: "替换",
    Deed.REMOVED: "移除",
    Deed.MOVED: "移动",
    Deed.REBUILT: "重建索引",
    Deed.SET: "设定信息",
    Deed.USER_ADDED: "添加用户",
    Deed.USER_REMOVED: "移除用户",
    Deed.PASSWORD_SET: "修改密码",
    Deed.PASSWORD_REFUSED: "改密被拒",
    Deed.ROLE_SET: "修改权限",
    Deed.KEY_ADDED: "生成密钥",
    Deed.KEY_REVOKED: "撤销密钥",
    Deed.FOLDER_GIVEN: "授权文件夹",
    Deed.FOLDER_TAKEN: "收回文件夹",
    Deed.GROUPS_SET: "设定分组",
    Deed.EXPORTED: "导出",
    Deed.ASKED: "提问",
    Deed.ROTATED: "清理旧记录",
}


def audit_csv(entries: Iterable[AuditEntry]) -> str:
    """Records as CSV with heads; times in the zone of this machine."""
    return as_csv(HEADS, map(audit_cells, entries))


def audit_cells(entry: AuditEntry) -> Sequence[str]:
    """A record as texts, in the order of HEADS."""
    at = entry.at.astimezone().isoformat(" ", timespec="seconds")
    told = deed_told(entry.deed)
    return at, entry.actor.who, entry.actor.origin, told, entry.thing, entry.detail


def deed_told(deed: str) -> str:
    """What was done, in both languages; what a later version knows in its own words."""
    chinese = next((told for known, told in _CHINESE.items() if known == deed), "")
    return f"{chinese} {deed}".strip()
