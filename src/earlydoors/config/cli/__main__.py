"""`python -m earlydoors.config.cli`, the same as `earlydoors`."""

import sys

from earlydoors.config.cli import main

# The server's workers read this module again under another name.
if __name__ == "__main__":
    sys.exit(main())
