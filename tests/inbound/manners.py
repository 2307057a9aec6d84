"""More manners of real programs, made by us: envelopes, signatures, headings, robots."""

from __future__ import annotations

import struct

OWN = "Oui : quarante habitants sont venus."
_HISTORY = "Bonjour,\nCombien de personnes sont venues ?"
_MARKED = "> Bonjour,\n> Combien de personnes sont venues ?"
_WHO = "Équipe Exemple <equipe@reseau.example.org>"

HEADINGS = {
    "Zimbra": f'De: "Équipe Exemple" <equipe@reseau.example.org>\nÀ: "Camille" <camille@bourg.example.org>\nEnvoyé: Mardi 3 Mars 2026 10:12:00\nObjet: Question\n\n{_HISTORY}',
    "Zimbra, its mark": f"----- Mail original -----\nDe: {_WHO}\nÀ: camille@bourg.example.org\nEnvoyé: Mardi 3 Mars 2026 10:12:00\nObjet: Question\n\n{_HISTORY}",
    "Outlook, in bold": f"*De :* {_WHO}\n*Envoyé :* mardi 3 mars 2026 10:12\n*À :* Camille\n*Objet :* Question\n\n{_HISTORY}",
    "Outlook, under a bold rule": f"*________________________________*\n*De :* {_WHO}\n*Envoyé :* mardi 3 mars 2026 10:12\n*Objet :* Question\n\n{_HISTORY}",
    "Lotus": f"De :        Équipe Exemple/RESEAU\nA :        camille@bourg.example.org\nDate :        03/03/2026 10:12\nObjet :        Question\n\n{_HISTORY}",
    "date first in the block": f"Date : 03/03/2026 10:12\nDe : {_WHO}\nÀ : camille@bourg.example.org\nObjet : Question\n\n{_HISTORY}",
    "Gmail, wrapped": f"Le mar. 3 mars 2026 à 10:12, Équipe Exemple <\nequipe@reseau.example.org> a écrit :\n\n{_MARKED}",
    "Samsung": f"-------- Message d’origine --------\nDe : {_WHO}\nDate : 03/03/2026 10:12 (GMT+01:00)\nÀ : camille@bourg.example.org\nObjet : Question\n\n{_HISTORY}",
    "Yahoo": f"  Le mardi 3 mars 2026 à 10:12:11 UTC+1, {_WHO} a écrit :  \n \n {_HISTORY}",
    "Orange": f"> Message du 03/03/26 10:12\n> De : {_WHO}\n> A : camille@bourg.example.org\n> Objet : Question\n>\n{_MARKED}",
    "Orange, no mark": f"Message du : 03/03/2026 10:12\nDe : {_WHO}\nA : camille@bourg.example.org\nSujet : Question\n\n{_HISTORY}",
    "telephone, between rules": f"---- Équipe Exemple a écrit ----\n\n{_HISTORY}",
    "Zoho": f"---- On Tue, 03 Mar 2026 10:12:00 +0100 {_WHO} wrote ----\n\n{_HISTORY}",
    "old Gmail": f"2026-03-03 10:12 GMT+01:00 {_WHO}:\n\n{_MARKED}",
    "date first": f"mardi 3 mars 2026 10:12, {_WHO} a écrit :\n{_MARKED}",
    "with a dash": f"- Le 2026-03-03 10:12, Équipe Exemple a écrit :\n{_MARKED}",
}  # fmt: skip

PEOPLE = {
    "what somebody wrote": "Le texte que le conseil des jeunes a écrit :\n\n« Une fresque pour la rivière. »\n\nNous avons tenu trois ateliers.",
    "what the twelve wrote": "Le mot que les 12 élèves de CM2 ont reçu, et que la maire a écrit :\n\nVenez nombreux.",
    "hours of a meeting": "Objet : réunion publique\nDate : jeudi 14 janvier\nDe : 14h à 17h\nA : la salle des fêtes\n\nVenez nombreux.",
    "a receipt": "La délibération est jointe.\nEnvoyé avec accusé de réception à la préfecture.",
    "a rule": "Notre guide est en ligne.\n__________\n\nIl est gratuit.",
}  # fmt: skip

AWAY = {
    "absent": ("Re: Une ressource", "Bonjour,\n\nJe suis actuellement absente, de retour le 4 janvier.\n"),
    "closed": ("RE: Une ressource", "La mairie est exceptionnellement fermée jusqu’au lundi 4 janvier.\n"),
    "received": ("Re: Une ressource", "Votre message a bien été reçu et sera traité dans les meilleurs délais.\n"),
}
HERE = {
    "holidays": ("Congés scolaires : ce que nous avons fait", "Voici notre guide : https://bourg.example.org/guide\n"),
    "receipt": ("Accusé de réception : un modèle à partager", "Voici notre modèle, libre de droits.\n"),
    "closing": ("Fermeture des guichets : notre expérience", "Nous avons réuni les habitants.\n"),
    "away but asking": ("Re: Une ressource", "Je suis absente demain : pouvez-vous me rappeler jeudi ?\n"),
}


def packed_rtf(text: bytes) -> bytes:
    """Every sign given as it is, then the reference that ends it, as [MS-OXRTFCP] lays it out."""
    begin = 207  # where the window's own words end
    body, at = bytearray(), begin
    for start in range(0, len(text) + 1, 8):
        lot = text[start : start + 8]
        if len(lot) == 8:
            body += b"\0" + lot
            at += 8
        else:
            at += len(lot)
            body += bytes([1 << len(lot)]) + lot + ((at % 4096) << 4).to_bytes(2)
    return struct.pack("<II", len(body) + 12, len(text)) + b"LZFu" + bytes(4) + bytes(body)


def tnef(*files: tuple[str, bytes], text: str = "", rtf: bytes = b"", code_page: int = 1252) -> bytes:
    """Outlook's envelope, as [MS-OXTNEF] lays it out."""

    def attribute(level: int, name: int, value: bytes, kind: int = 6) -> bytes:
        return struct.pack("<BHHI", level, name, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    found = b"\x78\x9f\x3e\x22\x01\x00" + attribute(1, 0x9006, struct.pack("<I", 0x10000))
    found += attribute(1, 0x9007, struct.pack("<II", code_page, 0))
    if text:
        found += attribute(1, 0x800C, text.encode("cp1252") + b"\0")
    if rtf:
        value = struct.pack("<IHHII", 1, 0x0102, 0x1009, 1, len(rtf)) + rtf + bytes(-len(rtf) % 4)
        found += attribute(1, 0x9003, value)
    for name, data in files:
        found += attribute(2, 0x9002, b"\1\0" + bytes(12))
        found += attribute(2, 0x8010, name[:8].encode("cp1252", "replace") + b"\0")
        found += attribute(2, 0x800F, data)
        long = name.encode("utf-16-le") + b"\0\0"
        value = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(long)) + long + bytes(-len(long) % 4)
        found += attribute(2, 0x9005, value)
    return found


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def signed(content: bytes, *, streamed: bool = False) -> bytes:
    """CMS SignedData without a signer: what is inside is all that is read. `streamed`: lengths left unsaid (BER)."""
    oid_signed, oid_data = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
    head = der(0x02, b"\1") + der(0x31, b"")
    if not streamed:
        inner = der(0x30, oid_data + der(0xA0, der(0x04, content)))
        return der(0x30, oid_signed + der(0xA0, der(0x30, head + inner + der(0x31, b""))))
    pieces = b"".join(der(0x04, content[at : at + 100]) for at in range(0, len(content), 100))
    octets = b"\x24\x80" + pieces + b"\0\0"
    inner = b"\x30\x80" + oid_data + b"\xa0\x80" + octets + b"\0\0" + b"\0\0"
    return b"\x30\x80" + oid_signed + b"\xa0\x80" + b"\x30\x80" + head + inner + der(0x31, b"") + b"\0\0" * 3
