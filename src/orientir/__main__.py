"""`python -m orientir` is `orientir`."""

from orientir.cli import main

main()
