"""The words of which codes are made: short, common, without accents, easy to read out over the telephone.

Two of them make more than 400,000 codes; five guesses are allowed for each, and a few codes a day.
"""

from __future__ import annotations

import secrets

from commun.territories.names import plain

_TEXT = """
abeille abricot acacia accord affiche agneau aigle ajonc album alezan algue alize alpage amande amarre ananas ancre
anneau antenne aplomb appel arbre archive ardoise argile armoire arrosoir asperge atelier atlas aubaine auberge
aubier aurore automne autruche avenue averse avoine avril azalee azur badge bagage baguette balade balance balcon
baleine balise ballon bambou banane banniere banquet baobab barque barrage basilic bateau bazar belette berceau
berge bergerie biche bidon bijou billet biscuit bison bivouac blason bleuet bobine bocage bocal bolet bonbon bonnet
bordure bosquet botte bouclier bougie bouleau boussole bouton branche brebis bretelle brique brochet bronze brouette
bruine bruyere buisson bulle bureau buvette cabane cabinet cachet cadeau cadran cadre caillou caisson calepin calme
camion canal canape canard cannelle canoe cantine capuche caravane carillon carnet carotte carreau carriere cartable
carton cascade casque castor cave cedre ceinture cerceau cercle cerise cerisier chaise chalet chaloupe chameau champ
chanson chapeau chardon charrue chaton chemin chene cheval chorale ciboule cigale cigogne ciment cinema citron
clarte clavier clef cloche clocher clou coffre colibri colline colombe compas comptoir concert corail cormoran
corniche costume coton coude couleur coupole courge couronne coussin couvert crabe crayon creme crique crocus cuivre
culture cygne cypres dahlia damier danse dauphin decor defile dentelle depart dessin detour diamant dimanche divan
domaine dorade dossier douceur dragon drapeau duvet ecaille echarpe echelle eclair ecole ecorce ecran ecureuil
edredon elan enclos encre enigme epice epingle equipe erable escale escalier espace essaim estrade etable
etage etang etoile etude eventail fable facade faience falaise famille fanfare farine faucon fauteuil fenetre
fenouil ferme festin feuille fevrier ficelle figue filet flamant flanelle fleche fleuve flocon flute foin fontaine
foret forge formule fougere foulard four fourmi fraise frene fresque fromage fruit fumee fusain galerie galet galop
garage garance gare gazelle gazon genet gerbe girafe girofle givre glacier glaise gland globe glycine gomme gondole
goudron gourde gouter grain graine grange granit grappe gravier grenier grillon grive grotte grue guepard guide
guitare haie halte hamac hameau hangar haricot harpe herisson hermine heron hetre hibou histoire hiver horizon
horloge houx huile huitre image iris ivoire jachere jardin jasmin jaune jetee journal juillet jument jupe kayak kepi
kiosque kiwi koala laine lampe lampion lanterne lavande lavoir legende lentille lettre levain levier lezard liane
lierre lievre ligne lilas limace linge lionne liseron livre logis loriot loutre louve lucarne lumiere lune lunette
lutin luzerne lycee lynx macaron magasin magnolia maillot maison malice manege mangue manoir manteau marais marbre
marche maree margelle marin marmite marmotte marron marteau mascotte matin mauve meleze melon menhir menthe merisier
merle mesange metal metier meule miel mimosa minuit miroir moisson montagne montre moquette mosaique motif mouette
moulin mousse mouton muguet murmure museau musee musette musique myrtille nacelle nacre nage nappe narcisse navette
navire nectar neige nenuphar nichoir noisette noix nomade nougat nuage numero oasis objet ocean octobre oeillet
oiseau olive olivier ombre opale opera orage orange oreiller orge orgue ormeau ortie oseille osier otarie ourson
outil ouvrage paille palette palmier panier panneau papier papillon paquet parade parasol parc parfum parquet
partage parterre passage pastel patate patin pavillon pavot paysage peche pedale peigne pelote pendule pepite perche
perdrix pergola perle perron persil petale peuplier phare phoque photo piano pigeon pignon pilier pinceau pinson
pintade pirogue pistache pivoine placard plage plaine planche planete platane plateau plume poeme poire poireau
poisson poivre pommier ponton poterie potiron poulain poule prairie preau prisme prune puits pupitre puzzle quai
quartz quiche racine radeau radis raisin rameau rampe rateau ravine recif recolte reglisse reinette rempart renard
reseda rivage riviere riziere robot rocher roman romarin ronde roseau rosee rosier rouet route ruban ruche ruelle
ruisseau sable sabot safran sagesse saison salade salon samedi sandale sapin sardine saule saumon savane savon
science seigle selle semaine semelle sentier sesame silex sillon sirene sittelle sofa soiree soleil sommet sonate
sonnette sorbet souche source souris spirale square statue steppe store sucre sureau surprise table tablier tabouret
talus tambour tandem tapis tartine taupe temoin temps terrasse terroir theatre thym tigre tilleul timbre tisane
tissage toile toiture tomate tonneau topaze torrent tortue toucan toupie traineau trapeze trefle treille tremplin
tresor tribu tricot triton troene tronc truite tulipe tunnel turbine tuyau univers usine vacance vague valise vallee
vallon vanille vanneau velours vendange verger verriere versant veste viaduc vigne villa village violette violon
virage vitrail vitrine voile voilier volcan volet voyage wagon zebre zenith zinnia
"""
WORDS = tuple(_TEXT.split())


def draw_code() -> str:
    """`lavoir-moulin`: two words drawn by the system's generator."""
    return f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}"


def same_code(text: str) -> str:
    """One spelling for what people type: case, accents, hyphen or spaces do not count."""
    return "-".join(plain(text[:80]).split())
