"""`python -m station` is the `station` command."""

import sys

from station.commands.main import main

sys.exit(main())
