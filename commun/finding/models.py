"""What can be found: entries, their words, and the words there are.

All of it is made again from what the rooms publish (`manage.py find_again`): nothing points to these rows.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """A published page, organisation, vote, project: what a list shows of it, and its facets.

    Personal data: none of its own: a copy of what a page says to everybody, gone with it.
    """

    source = models.CharField(max_length=20)
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    address = models.CharField(max_length=500)
    # " kind:guide theme:mobilite departement:35 ": each value between two spaces.
    facets = models.TextField()
    # Seconds since 1970: read ten thousand at a time, compared, never shown.
    at = models.BigIntegerField(default=0)
    fresh_at = models.BigIntegerField(default=0)
    until = models.BigIntegerField(null=True)
    mark = models.CharField(max_length=64)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "entrée de la recherche"
        verbose_name_plural = "entrées de la recherche"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="finding_entry_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Text(models.Model):
    """The words of an entry: in order, `plain` for extracts and `folded` for phrases; `named`, those that stand
    elsewhere, as pairs of a field's name and its words; `worths`, the postings it has (`writing.pack`), so that what
    changes is known without looking for them.

    Personal data: none of its own: see `Entry`.
    """

    entry = models.OneToOneField(Entry, models.CASCADE, primary_key=True, related_name="text")
    plain = models.TextField()
    folded = models.TextField()
    named = models.JSONField(default=list)
    worths = models.BinaryField(default=b"")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "texte de la recherche"
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class Posting(models.Model):
    """What a word is worth in an entry, before its rarity, in 1/1024. `word`: the key of a root (`worth.key_of`).

    Millions of these: the primary key holds all there is, so that an index is all that a question reads, and nothing
    is checked for each: `services.writing` alone adds and takes away, with the entry (a number, not a foreign key).

    Personal data: none.
    """

    pk = models.CompositePrimaryKey("word", "entry", "worth")
    word = models.BigIntegerField()
    entry = models.BigIntegerField()
    worth = models.SmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "mot d’une entrée"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.word} {self.entry}"


class Word(models.Model):
    """A folded word that some entry has, or had: what a typing error may have meant, how what is typed may end.

    Personal data: none.
    """

    text = models.CharField(max_length=40, primary_key=True)
    # Its first letter, a silent h apart, and its length: where close words are looked for.
    initial = models.CharField(max_length=1)
    length = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "mot connu"
        verbose_name_plural = "mots connus"
        default_permissions = ()
        indexes = [models.Index(fields=["initial", "length"], name="finding_word_close")]

    def __str__(self) -> str:
        return self.text
