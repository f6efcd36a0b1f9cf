"""Feedback: where readers say what they think of a page."""

from urllib.parse import quote, urlsplit

from gkssg.site.model import Masthead
from gkssg.text import uri_path


def suggest_link(masthead: Masthead, title: str, address: str) -> str:
    """Give the link by which a reader says what they think of a page, with its title and address filled in.

    It is an e-mail, or the address of a form: there ``{title}`` and ``{address}`` are filled in, and where the column
    names neither, they are added to its query. Without an entry in the column's settings there is no link.
    """
    entrance = masthead.feedback.suggest
    if not entrance:
        return ""
    page = f"{masthead.base_url}{uri_path(address)}"
    if not entrance.startswith(("https://", "http://")):
        subject, body = quote(f"{masthead.name}：{title}", safe=""), quote(f"{title}\r\n{page}\r\n\r\n", safe="")
        return f"mailto:{quote(entrance, safe='@')}?subject={subject}&body={body}"
    if "{title}" not in entrance and "{address}" not in entrance:
        parts = urlsplit(entrance)
        query = f"{parts.query}&" if parts.query else ""
        entrance = parts._replace(query=f"{query}title={{title}}&page={{address}}").geturl()
    return entrance.replace("{title}", quote(title, safe="")).replace("{address}", quote(page, safe=""))
