#!/usr/bin/env python
"""Entry point of Django's commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commun.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        # A setting the operator can mend: a sentence, not a stack trace.
        sys.exit(f"Démarrage refusé. {error}")


if __name__ == "__main__":
    main()
