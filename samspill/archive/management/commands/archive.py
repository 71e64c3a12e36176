"""Look after the archive, also while it is in use: `manage.py archive check`, `backup FILE`, `size`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from samspill.archive.open import open_archive
from samspill.archive.store import Unavailable
from samspill.archive.store.sqlite import SqliteStore


class Command(BaseCommand):
    help = (
        "Check the archive of public posts, copy it to a file, or tell how large it is, while it is in use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("check", help="compare posts, tags, roll-ups and words with each other")
        copy = what.add_parser("backup", help="copy it as of now")
        copy.add_argument("file", type=Path, help="the copy; it must not be there yet")
        what.add_parser("size", help="how many posts there are, and how much room they take")

    def handle(self, *args: Any, **options: Any) -> None:
        store = open_archive()
        try:
            if options["what"] == "check":
                _check(store)
            elif options["what"] == "backup":
                store.backup(options["file"])
                print(f"The archive is copied to {options['file']}.")
            else:
                print(_size(store))
        except FileExistsError as error:
            raise CommandError(f"{error} is there already. Choose another name, or move it away.") from error
        except (Unavailable, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            store.close()


def _check(store: SqliteStore) -> None:
    faults = store.check()
    if faults:
        raise CommandError("\n".join(["The archive does not agree with itself:", *faults]))
    print(f"All agrees. {_size(store)}")


def _size(store: SqliteStore) -> str:
    posts, size = store.size()
    each = f", {size / posts:.0f} bytes a post" if posts else ""
    return f"{posts:,} posts, {size / 1e9:.3f} GB{each}."
