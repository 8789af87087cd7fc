"""Where the frozen program begins."""

import sys

from zoomdesk.__main__ import main

sys.exit(main())
