"""What the demonstration shows, as plain values: no Django here, so that it can be read and checked on its own.

Facts (places, organisations, dates, figures) are real and each carries its source; the words are ours. People are
invented, with `example.org` addresses. Texts use the small markup of `markup.py`, with plain typewriter punctuation:
`typography.french` puts the French one.
"""
