"""Addresses that lead to a page with a player, and not to a video file."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SITES = re.compile(
    r"(^|\.)(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|tiktok\.com|twitch\.tv|"
    r"dailymotion\.com|bilibili\.com|instagram\.com|facebook\.com|fb\.watch|x\.com|twitter\.com)$"
)
# Where such a site keeps files: their addresses are those of a video.
_FILES = re.compile(r"\.(mp4|m4v|mov|mkv|webm|avi|ts|mpg|mpeg|m3u8|mpd)$", re.IGNORECASE)


def is_player_page(url: str) -> bool:
    """Whether an address is that of a page with a player, such as YouTube's.

    >>> is_player_page("https://youtu.be/dQw4w9WgXcQ"), is_player_page("https://x.org/a.mp4")
    (True, False)
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # no address after all
        return False
    return bool(_SITES.search(host)) and not _FILES.search(parts.path)
