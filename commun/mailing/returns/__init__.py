"""What comes back from a send: reading bounces, complaints, automatic replies and challenges.

`reading` tells what a message is, `verdicts` what a status means for an address. Neither knows Django.
"""
