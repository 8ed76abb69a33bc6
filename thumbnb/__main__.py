"""``python -m thumbnb`` is the command line."""

import sys

from thumbnb.cli import main

sys.exit(main())
