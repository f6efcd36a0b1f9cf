"""``python -m gkssg``."""

import sys

from gkssg.cli import main

if __name__ == "__main__":
    sys.exit(main())
