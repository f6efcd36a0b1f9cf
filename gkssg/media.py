"""Which files a browser shows by itself, by the ending of their names."""

_ENDINGS = {
    "img": "apng avif gif jpeg jpg png svg webp",
    "video": "m4v mp4 ogv webm",
    "audio": "aac flac m4a mp3 oga ogg opus wav",
}
_PLAYERS = {ending: player for player, endings in _ENDINGS.items() for ending in endings.split()}


def player_of(path: str) -> str:
    """Give the HTML element that shows a file: ``img``, ``video`` or ``audio``; empty where browsers show none."""
    _, dot, ending = path.rpartition("/")[2].rpartition(".")
    return _PLAYERS.get(ending.lower(), "") if dot else ""
