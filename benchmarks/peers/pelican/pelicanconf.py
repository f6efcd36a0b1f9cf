"""Settings of the site that Pelican makes of the same documents."""

import json
from pathlib import Path

SITENAME = "政府信息公开"
SITEURL = "https://www.example.gov.cn/zfxxgk"
AUTHOR = "示例区人民政府"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
PATH = "content"
THEME = "theme"
USE_FOLDER_AS_CATEGORY = False
ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"
CATEGORY_URL = CATEGORY_SAVE_AS = "{slug}/index.html"
AUTHOR_URL = AUTHOR_SAVE_AS = "organs/{slug}.html"
PAGINATION_PATTERNS = (
    (1, "{base_name}{extension}", "{base_name}{extension}"),
    (2, "{base_name}-{number}{extension}", "{base_name}-{number}{extension}"),
)
PAGINATED_TEMPLATES = {"category": 20, "author": 20}
DEFAULT_PAGINATION = 20
DIRECT_TEMPLATES = ("index", "authors", "sitemap")
SITEMAP_SAVE_AS = "sitemap.xml"
TAGS_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 50
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None
MARKDOWN = {
    "extension_configs": {
        "markdown.extensions.extra": {},
        "markdown.extensions.meta": {},
        "markdown.extensions.toc": {},
    },
    "output_format": "html5",
}
TREE = json.loads(Path("tree.json").read_text("utf-8"))
