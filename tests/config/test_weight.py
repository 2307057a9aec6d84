import subprocess
import sys

# Each of them weighs megabytes, and serves a few requests of a few people.
HEAVY = {
    "pypdf",
    "jwt",
    "checkdmarc",
    "dns",
    "icalendar",
    "cryptography",
    "fido2",
    "python_calamine",
    "commun.config.urls",
}

LOADED_BY_A_WORKER = """
import sys
import django
django.setup()
from django.core.management import load_command_class
command = load_command_class("commun.common", "worker")
command.check(tags=command.requires_system_checks)
print(*sys.modules)
"""


def test_a_worker_that_sends_letters_does_not_load_what_it_has_no_use_for():
    told = subprocess.run(
        [sys.executable, "-c", LOADED_BY_A_WORKER], check=True, capture_output=True, text=True
    ).stdout.split()
    assert "commun.mailing.delivery.engine" in told
    assert not HEAVY & set(told)
