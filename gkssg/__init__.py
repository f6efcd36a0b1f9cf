"""gkssg: compiles Markdown with front matter into a government information disclosure column.

Start with :mod:`gkssg.stages`, which tells the whole story in one function; ``docs/architecture.md``
shows the rooms.
"""

__version__ = "0.1.0"
