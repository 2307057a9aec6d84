"""Les expériences d’un département, de la plus récente à la plus ancienne, avec la mention à écrire.

python3 reuse.py https://lettre.example.org 35      (rien à installer)
"""

import json
import sys
from urllib.request import Request, urlopen

site, departement = sys.argv[1], sys.argv[2]
address = f"{site}/api/v1/resources?kind=experience&territory=departement:{departement}&limit=100"
found = []
while address:
    with urlopen(Request(address, headers={"User-Agent": "reuse.py"}), timeout=30) as answer:
        page = json.load(answer)
    found += page["items"]
    address = page["next"]
for one in sorted(found, key=lambda one: one["published_at"], reverse=True):
    print(f"{one['title']}\n  {one['summary']}\n  {one['attribution']}\n")
print(f"{len(found)} expérience(s).")
