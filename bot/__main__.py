"""`python -m bot` is `proofdesk`."""

from bot.cli import main

if __name__ == "__main__":
    main()
