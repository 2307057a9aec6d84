import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0001_tables'),
        ('territories', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResourceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des ressources',
                'verbose_name_plural': 'listes des ressources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ConceptIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des concepts',
                'verbose_name_plural': 'listes des concepts',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SheetPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, max_length=300, verbose_name='en bref')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('callout', 10), ('image', 13), ('video', 19), ('figures', 28), ('documents', 34), ('links', 41)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Grande partie'), ('h3', 'Sous-partie')], 'label': 'Niveau'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('commun.cms.blocks.ParagraphBlock', (), {}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('words', 4), ('author', 5), ('role', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'default': 'À retenir', 'label': 'Titre', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Texte'}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Le crédit et la licence de l’image s’ajoutent seuls.', 'label': 'Légende', 'max_length': 250, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 11), ('caption', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Titre de la vidéo', 'max_length': 160}), 15: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse de la vidéo'}), 16: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image d’aperçu', 'required': False}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '« 4 minutes »', 'label': 'Durée', 'max_length': 40, 'required': False}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.', 'label': 'Transcription', 'required': False}), 19: ('wagtail.blocks.StructBlock', [[('title', 14), ('url', 15), ('image', 16), ('duration', 17), ('transcript', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'default': 'Chiffres clés', 'label': 'Titre', 'max_length': 120, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : « 120 foyers », « 38 % ».', 'label': 'Chiffre', 'max_length': 40}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 200}), 23: ('wagtail.blocks.DateBlock', (), {'label': 'Date du chiffre'}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qui l’a mesuré ou publié.', 'label': 'Source', 'max_length': 200}), 25: ('wagtail.blocks.URLBlock', (), {'label': 'Lien vers la source', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('value', 21), ('label', 22), ('date', 23), ('source', 24), ('source_url', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Chiffres', 'max_num': 6, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('title', 20), ('items', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'default': 'Documents à télécharger', 'label': 'Titre', 'max_length': 120, 'required': False}), 30: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'À quoi il sert', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('document', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Documents', 'min_num': 1}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Pour aller plus loin', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 37: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 38: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 36), ('page', 37), ('url', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Liens', 'min_num': 1}), 41: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 40)]], {})}, verbose_name='texte')),
            ],
            options={
                'verbose_name': 'fiche',
                'verbose_name_plural': 'fiches',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ThemeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des thématiques',
                'verbose_name_plural': 'listes des thématiques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ThemePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='Deux ou trois phrases : elles ouvrent la page et présentent le thème ailleurs.', max_length=500, verbose_name='en bref')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('question', models.CharField(blank=True, help_text='L’invitation à dire son besoin : « De quoi avez-vous besoin pour… ? »', max_length=200, verbose_name='question posée aux collectivités')),
                ('cover_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.communimage', verbose_name='image')),
                ('planned_month', models.DateField(blank=True, db_index=True, help_text='Le mois où paraît la lettre sur ce thème ; le jour ne compte pas.', null=True, verbose_name='mois du numéro')),
                ('call_until', models.DateField(blank=True, help_text='Dernier jour de l’appel à contributions. Vide : l’appel n’est pas ouvert.', null=True, verbose_name='contributions jusqu’au')),
                ('vocabulary', models.TextField(blank=True, help_text='Un mot ou une expression par ligne : ce que les gens écrivent quand ils parlent de ce thème. Sert à retrouver et à rapprocher.', max_length=1500, verbose_name='mots-clés')),
            ],
            options={
                'verbose_name': 'thématique',
                'verbose_name_plural': 'thématiques',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='Deux ou trois phrases : de quoi s’agit-il, pour qui, avec quel résultat.', max_length=500, verbose_name='en bref')),
                ('cover_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.communimage', verbose_name='image')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('callout', 10), ('image', 13), ('video', 19), ('figures', 28), ('documents', 34), ('links', 41)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Grande partie'), ('h3', 'Sous-partie')], 'label': 'Niveau'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('commun.cms.blocks.ParagraphBlock', (), {}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('words', 4), ('author', 5), ('role', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'default': 'À retenir', 'label': 'Titre', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Texte'}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Le crédit et la licence de l’image s’ajoutent seuls.', 'label': 'Légende', 'max_length': 250, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 11), ('caption', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Titre de la vidéo', 'max_length': 160}), 15: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse de la vidéo'}), 16: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image d’aperçu', 'required': False}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '« 4 minutes »', 'label': 'Durée', 'max_length': 40, 'required': False}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.', 'label': 'Transcription', 'required': False}), 19: ('wagtail.blocks.StructBlock', [[('title', 14), ('url', 15), ('image', 16), ('duration', 17), ('transcript', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'default': 'Chiffres clés', 'label': 'Titre', 'max_length': 120, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : « 120 foyers », « 38 % ».', 'label': 'Chiffre', 'max_length': 40}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 200}), 23: ('wagtail.blocks.DateBlock', (), {'label': 'Date du chiffre'}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qui l’a mesuré ou publié.', 'label': 'Source', 'max_length': 200}), 25: ('wagtail.blocks.URLBlock', (), {'label': 'Lien vers la source', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('value', 21), ('label', 22), ('date', 23), ('source', 24), ('source_url', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Chiffres', 'max_num': 6, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('title', 20), ('items', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'default': 'Documents à télécharger', 'label': 'Titre', 'max_length': 120, 'required': False}), 30: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'À quoi il sert', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('document', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Documents', 'min_num': 1}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Pour aller plus loin', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 37: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 38: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 36), ('page', 37), ('url', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Liens', 'min_num': 1}), 41: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 40)]], {})}, verbose_name='texte')),
                ('contributor', models.ForeignKey(blank=True, help_text='Celle qui a donné la ressource, ou de qui elle vient.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='organisation créditée')),
                ('credit', models.CharField(blank=True, help_text='Facultative : auteurs, photographe… Le nom d’une personne, seulement avec son accord.', max_length=200, verbose_name='mention de crédit')),
                ('licence', models.CharField(choices=[('licence-ouverte-2.0', 'Licence Ouverte 2.0 (Etalab)'), ('cc-by', 'Creative Commons BY 4.0 (citer l’auteur)'), ('cc-by-sa', 'Creative Commons BY-SA 4.0 (citer, partager de même)'), ('cc-by-nc-sa', 'Creative Commons BY-NC-SA 4.0 (citer, sans commerce, partager de même)'), ('cc-by-nc-nd', 'Creative Commons BY-NC-ND 4.0 (citer, sans commerce ni modification)'), ('tous-droits-reserves', 'Tous droits réservés')], max_length=24, verbose_name='licence')),
                ('source_label', models.CharField(blank=True, help_text='« Le dossier complet sur le site de la Ville »', max_length=160, verbose_name='intitulé de la source')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='adresse de la source')),
                ('reviewed_on', models.DateField(blank=True, help_text='Dernière fois que quelqu’un a vérifié que tout est encore exact.', null=True, verbose_name='vérifiée le')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='resources', to='library.themepage', verbose_name='thématiques')),
                ('territories', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Où cela se passe. Rien si la ressource vaut partout.', related_name='+', to='territories.territory', verbose_name='territoires')),
                ('organisations', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='territories.organisation', verbose_name='organisations')),
            ],
            options={
                'verbose_name': 'ressource',
                'verbose_name_plural': 'ressources',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='library.resourcepage')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.commundocument', verbose_name='document')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='à quoi il sert')),
            ],
            options={
                'verbose_name': 'document à réutiliser',
                'verbose_name_plural': 'documents à réutiliser',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'document'), name='library_document_once', violation_error_message='Ce document est déjà dans la liste.')],
            },
        ),
        migrations.CreateModel(
            name='ArticlePage',
            fields=[
                ('resourcepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='library.resourcepage')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
            bases=('library.resourcepage',),
        ),
        migrations.CreateModel(
            name='GuidePage',
            fields=[
                ('resourcepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='library.resourcepage')),
            ],
            options={
                'verbose_name': 'guide',
                'verbose_name_plural': 'guides',
            },
            bases=('library.resourcepage',),
        ),
        migrations.CreateModel(
            name='KitPage',
            fields=[
                ('resourcepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='library.resourcepage')),
            ],
            options={
                'verbose_name': 'kit',
                'verbose_name_plural': 'kits',
            },
            bases=('library.resourcepage',),
        ),
        migrations.CreateModel(
            name='ConceptPage',
            fields=[
                ('resourcepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='library.resourcepage')),
            ],
            options={
                'verbose_name': 'concept',
                'verbose_name_plural': 'concepts',
            },
            bases=('library.resourcepage',),
        ),
        migrations.CreateModel(
            name='ExperiencePage',
            fields=[
                ('resourcepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='library.resourcepage')),
                ('context', wagtail.fields.RichTextField(blank=True, help_text='D’où l’on partait, et pourquoi.', verbose_name='contexte')),
                ('steps', wagtail.fields.StreamField([('step', 3)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Un verbe d’action : « Réunir les voisins »', 'label': 'Étape', 'max_length': 140}), 1: ('wagtail.blocks.CharBlock', (), {'help_text': '« Mars 2022 », « 2 semaines »', 'label': 'Quand', 'max_length': 80, 'required': False}), 2: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Récit', 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('when', 1), ('text', 2)]], {})}, verbose_name='étapes')),
                ('means_cost', models.TextField(blank=True, help_text='Montants, qui a payé, ce qui a été prêté ou donné.', max_length=600, verbose_name='coût')),
                ('means_time', models.TextField(blank=True, help_text='De la première idée au résultat ; heures passées.', max_length=600, verbose_name='temps')),
                ('means_people', models.TextField(blank=True, help_text='Qui a fait quoi, et combien.', max_length=600, verbose_name='personnes')),
                ('what_failed', wagtail.fields.RichTextField(blank=True, help_text='La partie la plus utile à qui veut s’en inspirer.', verbose_name='ce qui n’a pas marché')),
                ('testifies_until', models.DateField(blank=True, help_text='La collectivité accepte d’être contactée jusqu’à cette date. Vide : elle ne l’a pas dit.', null=True, verbose_name='prête à témoigner jusqu’au')),
            ],
            options={
                'verbose_name': 'expérience',
                'verbose_name_plural': 'expériences',
            },
            bases=('library.resourcepage',),
        ),
        migrations.CreateModel(
            name='ExperienceFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='library.experiencepage')),
                ('value', models.CharField(help_text='Avec son unité : « 120 foyers », « 38 % ».', max_length=40, verbose_name='chiffre')),
                ('label', models.CharField(max_length=200, verbose_name='ce qu’il compte')),
                ('date', models.DateField(help_text='Quand il a été mesuré ou publié.', verbose_name='date du chiffre')),
                ('source', models.CharField(help_text='Qui l’a mesuré ou publié.', max_length=200, verbose_name='source')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='lien vers la source')),
                ('review_after', models.PositiveSmallIntegerField(choices=[(0, 'Jamais : il ne change plus'), (12, 'Douze mois'), (24, 'Deux ans'), (36, 'Trois ans')], default=24, help_text='Un budget annuel vieillit en un an ; un résultat acquis ne change plus.', verbose_name='à relire après')),
            ],
            options={
                'verbose_name': 'résultat chiffré',
                'verbose_name_plural': 'résultats chiffrés',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('value', ''), _negated=True), models.Q(('label', ''), _negated=True), models.Q(('source', ''), _negated=True)), name='library_figure_complete', violation_error_message='Un chiffre a besoin de ce qu’il compte et de sa source.')],
            },
        ),
    ]
