"""`python -m earlydoors.config.cli`, the same as `earlydoors`."""

import sys

from earlydoors.config.cli import main

sys.exit(main())
