"""Why a file was not kept, as one says it: by the stable words of `files.Refusal`, and ours."""

REFUSED = {
    "empty": "il est vide",
    "too_big": "il dépasse 25 Mo",
    "type": "ce type de fichier ne peut pas être publié",
    "program": "il contient un programme ou des macros",
    "locked": "il est protégé par un mot de passe",
    "bomb": "une fois ouvert, il serait beaucoup trop gros",
    "broken": "il est abîmé ou incomplet",
    "drawing": "les dessins SVG ne sont pas acceptés : exportez-le en PNG ou en PDF",
    "virus": "l’antivirus l’a refusé",
    "long": "il serait trop long à ouvrir : enregistrez-le sous une forme plus simple",
    "pixels": "avec les autres, ces images sont trop grandes : envoyez-le moins grand, ou à part",
    "pages": "il a trop de pages : envoyez-en un extrait, ou un lien",
    "often": "beaucoup de fichiers sont arrivés de chez vous : réessayez dans une heure",
    "many": "dix fichiers au plus",
    "small": "c’est une image de signature",
    "heavy": "l’ensemble dépasserait 25 Mo",
}
