"""`python -m tulevaisuus` is the `tulevaisuus` command."""

import sys

from tulevaisuus.cli import main

sys.exit(main())
