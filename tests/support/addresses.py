"""Addresses that lead elsewhere, as attackers write them, and paths that lead out of a folder."""

from itertools import product

_HOST = "evil.test"
# Where a `next` must never lead.
ELSEWHERE: tuple[str, ...] = (
    *(
        f"{slashes}{_HOST}{rest}"
        for slashes, rest in product(("//", "///", "////", "/\\", "\\\\", "\\/", "/\\/"), ("", "/staff"))
    ),
    *(
        f"{scheme}{_HOST}/staff"
        for scheme in ("https://", "http://", "https:", "https:/", "https:///", "HTTPS://", "ftp://", "ws://")
    ),
    *(f"/{blank}/{_HOST}" for blank in ("\t", "\n", "\r", "\0", "%09", "%0a", "%0d", " ", "%20", "\u200b", "\ufeff")),
    *(f"{blank}//{_HOST}" for blank in (" ", "\t", "\n", "\r\n", "\x0b", "\x0c", "\u00a0", "\u3000")),
    *(f"/{slash}{_HOST}" for slash in ("%2f", "%2F", "%5c", "%252f", "\u2215", "\u2044", "\uff0f", "\uff3c", "\u29f8")),
    f"%2f%2f{_HOST}",
    f"%2F%2F{_HOST}/staff",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "javascript://assistant.test/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    f"https://assistant.test@{_HOST}/staff",
    f"https://assistant.test:pass@{_HOST}",
    f"https://assistant.test.{_HOST}/staff",
    f"https://{_HOST}#assistant.test/staff",
    f"https://{_HOST}?/staff",
    f"//staff@{_HOST}",
    f"@{_HOST}",
    f".{_HOST}",
    f"/staff@{_HOST}",
    f"/staff.{_HOST}",
    f"/staff//{_HOST}",
    f"/staff/..//{_HOST}",
    f"/staff/../..//{_HOST}",
    f"/staff/%2e%2e//{_HOST}",
    "/staff/%2e%2e/chat",
    "/staff/%2E./chat",
    "/staff/./../chat",
    f"/staff\\@{_HOST}",
    f"/staff/\\{_HOST}",
    f"/staff\r\nLocation: https://{_HOST}",
    "/staff\r\nSet-Cookie: a=b",
    "/staff?a=b\r\nSet-Cookie: a=b",
    "/staff?a=\n//evil.test",
    f"/staff#//{_HOST}",
    f"/staff?next=//{_HOST}",
    f"/staff;https://{_HOST}",
    f"/staff'; url=https://{_HOST}",
    f'/staff"><meta http-equiv="refresh" content="0;url=https://{_HOST}">',
    "/staffroom",
    "/chat",
    "/",
    "staff",
    "/STAFF/queue",
    "/staff/sign-in",
    "/staff/sign-in?next=/staff",
    "/staff/sign-in/provider?next=/staff",
    "/staff/second-factor",
    "/staff/set-up/password",
    "/staff/" + "a" * 2000,
    "/staff/queue?q=" + "a" * 2000,
    "0",
    "null",
)
# Where a `next` may lead.
OWN: tuple[str, ...] = (
    "/staff",
    "/staff/",
    "/staff/queue",
    "/staff/queue?",
    "/staff/queue?state=waiting&q=how+much%3F&page=2",
    "/staff/queue?q=%2F%2Fevil.test",
    "/staff/record?who=1&act=viewed&since=2026-11-03",
    "/staff/groups/12?from=queue",
    "/staff/accounts/12",
)

_UP = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "%2e%2e%5c",
    "....//",
    "..;/",
    "%252e%252e%252f",
    "..%c0%af",
    "..%ef%bc%8f",
    ".%00./",
    "..%00/",
    "./../",
)
_FILES = ("etc/passwd", "app.py", "pyproject.toml")
OUTSIDE: tuple[str, ...] = (
    *(up * 6 + file for up, file in product(_UP, _FILES)),
    "/etc/passwd",
    "//etc/passwd",
    "%2fetc%2fpasswd",
    "C:%5cWindows%5cwin.ini",
    "file:///etc/passwd",
    "%00/etc/passwd",
    "..",
    "%2e%2e",
    "~root/.profile",
    ".git/config",
)
