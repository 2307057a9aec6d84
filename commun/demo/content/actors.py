"""Institutions and collectivités of the demonstration. Presentations are ours; addresses are their own sites."""

from commun.demo.content.shapes import Actor

ACTORS: tuple[Actor, ...] = (
    Actor(
        key="anct",
        name="Agence nationale de la cohésion des territoires",
        kind="etat",
        website="https://anct.gouv.fr",
        partner=True,
        mark="marque-anct",
        presentation="Établissement public de l'État, l'ANCT aide les collectivités à monter leurs projets et coordonne les "
        "programmes nationaux qui leur sont destinés. Dans le réseau, elle propose des projets partagés.",
    ),
    Actor(
        key="banque-des-territoires",
        name="Banque des Territoires",
        kind="etat",
        website="https://www.banquedesterritoires.fr",
        partner=True,
        mark="marque-banque-des-territoires",
        presentation="Direction de la Caisse des Dépôts, elle conseille et finance les projets des collectivités, et publie de "
        "nombreux retours d'expériences de terrain.",
    ),
    Actor(
        key="decider-ensemble",
        name="Décider ensemble",
        kind="association",
        website="https://www.deciderensemble.com",
        partner=True,
        mark="marque-decider-ensemble",
        presentation="Association qui réunit élus, entreprises, chercheurs et associations autour de la concertation. Elle "
        "anime les Rencontres européennes et les Trophées de la participation.",
    ),
    Actor(
        key="icpc",
        name="Institut de la concertation et de la participation citoyenne",
        kind="association",
        website="https://i-cpc.org",
        partner=True,
        mark="marque-icpc",
        presentation="Réseau de praticiens de la participation, organisé en groupes locaux, qui met en commun méthodes, "
        "doutes et retours d'expériences.",
    ),
    Actor(
        key="democratie-ouverte",
        name="Démocratie Ouverte",
        kind="association",
        website="https://www.democratieouverte.org",
        partner=True,
        mark="marque-democratie-ouverte",
        presentation="Association qui accompagne l'innovation démocratique ; elle anime le Réseau des Territoires "
        "d'Innovation Démocratique.",
    ),
    Actor(
        key="ansa",
        name="Agence nouvelle des solidarités actives (Ansa)",
        kind="association",
        website="https://www.solidarites-actives.com",
        partner=True,
        mark="marque-ansa",
        presentation="Association qui expérimente et diffuse des réponses à la pauvreté et à l'exclusion, avec les personnes "
        "qui les vivent.",
    ),
    Actor(
        key="instercoop",
        name="Institut des Territoires Coopératifs (InsTerCoop)",
        kind="association",
        website="https://instercoop.fr",
        presentation="Centre de recherche-action sur la coopération : il étudie, à pied et au contact des collectifs, comment "
        "l'on coopère vraiment.",
    ),
    Actor(
        key="oidp",
        name="Observatoire international de la démocratie participative (OIDP)",
        kind="association",
        website="https://oidp.net",
        presentation="Réseau mondial de villes, d'organisations et de chercheurs, ouvert à qui veut connaître et échanger des "
        "pratiques de démocratie participative.",
    ),
    Actor(
        key="preuve-par-7",
        name="La Preuve par 7",
        kind="association",
        website="https://lapreuvepar7.fr",
        presentation="Démarche d'urbanisme et d'architecture qui expérimente la programmation ouverte, du bourg à la métropole.",
    ),
    Actor(
        key="ppcm",
        name="Le Plus Petit Cirque du Monde",
        kind="association",
        website="https://www.lepluspetitcirquedumonde.fr",
        presentation="Centre des arts du cirque et des cultures émergentes installé à Bagneux.",
    ),
    Actor(
        key="bruded",
        name="BRUDED",
        kind="association",
        website="https://bruded.fr",
        presentation="Réseau de collectivités de Bretagne et de Loire-Atlantique qui partagent leurs réalisations de "
        "développement durable et solidaire.",
    ),
    Actor(
        key="tav-montpellier",
        name="Territoires à VivreS Montpellier",
        kind="association",
        website="https://civam.org/experimenter-sur-les-fermes/le-projet-territoires-a-vivres-2021-2023",
        presentation="Collectif montpelliérain d'associations, de paysans, de chercheurs et de collectivités pour un accès "
        "digne à une alimentation choisie.",
    ),
    Actor(
        key="redaction",
        name="Rédaction de Territoires en Commun",
        kind="autre",
        presentation="La rédaction de la lettre et de la bibliothèque : deux ou trois personnes qui lisent tout.",
    ),
    Actor(
        key="bagneux", name="Bagneux", kind="collectivite", place="commune:92007", website="https://www.bagneux92.fr"
    ),
    Actor(
        key="grenoble", name="Grenoble", kind="collectivite", place="commune:38185", website="https://www.grenoble.fr"
    ),
    Actor(
        key="montpellier",
        name="Montpellier",
        kind="collectivite",
        place="commune:34172",
        website="https://www.montpellier.fr",
    ),
    Actor(
        key="plouguerneau",
        name="Plouguerneau",
        kind="collectivite",
        place="commune:29195",
        website="https://plouguerneau.bzh",
    ),
    Actor(key="hede-bazouges", name="Hédé-Bazouges", kind="collectivite", place="commune:35130"),
    Actor(key="le-faou", name="Le Faou", kind="collectivite", place="commune:29053"),
)
