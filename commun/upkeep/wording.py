"""What this room says in French."""

from __future__ import annotations

from commun.upkeep.exceptions import UpkeepError

_REFUSALS = {
    "target_exists": "{detail} existe déjà : rien n’a été écrit. Donnez un autre nom, ou rangez ce qui s’y trouve.",
    "not_written": "La sauvegarde n’a pas pu être écrite ({detail}) : il n’en reste rien. Faites de la place, puis "
    "recommencez.",
    "storage_unreachable": "Le serveur de fichiers ne répond pas, ou refuse ({detail}) : il ne reste rien de cette "
    "sauvegarde. Réparez-le, ou sauvegardez la base seule (--no-files).",
    "not_a_backup": "{detail} n’est pas une sauvegarde faite par « manage.py backup ».",
    "truncated": "{detail} est incomplète : la copie s’est arrêtée avant la fin. Rien n’a été changé ici. "
    "Prenez une autre copie.",
    "altered": "{detail} n’est plus ce qui avait été sauvegardé. Rien n’a été changé ici. Prenez une autre copie.",
    "other_key": "Cette sauvegarde a été faite avec une autre SECRET_KEY. Remettez celle d’alors : sans elle, les "
    "liens déjà envoyés, les preuves et les adresses écartées ne correspondent plus à personne.",
    "other_engine": "Cette sauvegarde vient d’une base {detail} : réglez DATABASE_URL sur une base de cette sorte.",
    "newer": "Cette sauvegarde vient d’une version qui connaît {detail}, que celle-ci ne connaît pas. "
    "Installez d’abord la version qui l’a faite, ou une plus récente.",
    "worker_lives": "Un travailleur vit encore ({detail}) : arrêtez tous les travailleurs, partout, puis recommencez.",
    "site_has_people": "Cette base a déjà des comptes ou des abonné·e·s : elle n’est pas écrasée. Donnez une base vide "
    "(createdb, ou déplacez le fichier SQLite), puis recommencez.",
    "tool_missing": "{detail} n’est pas installé sur cette machine. Sous Debian : apt install postgresql-client, de la "
    "version du serveur ou d’une plus récente.",
    "tool_failed": "PostgreSQL a refusé : {detail}",
    "libraries_missing": "Des bibliothèques ne sont pas celles de cette version : {detail}. Rien n’a été changé. "
    "Lancez .venv/bin/pip install --require-hashes -r requirements/base.txt, puis recommencez.",
    "jump": "Cette version ne sait pas mettre à niveau une base aussi ancienne (il y manque {detail}). Rien n’a été "
    "changé. Installez d’abord la version intermédiaire que nomme CHANGELOG.md.",
    "checks_failed": "Les réglages sont refusés ; rien n’a été changé.\n{detail}",
    "locked": "La base est restée occupée : une requête longue tient les tables. Rien n’a été changé par cet essai ; "
    "cherchez-la (pg_stat_activity), puis recommencez.",
    "differs": "La base restaurée n’est pas celle qui avait été sauvegardée : {detail}.",
}


def refusal(error: UpkeepError) -> str:
    return _REFUSALS[error.code].format(detail=error.detail)
