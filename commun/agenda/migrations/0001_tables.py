import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cms', '0001_tables'),
        ('library', '0001_tables'),
        ('territories', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'agenda',
                'verbose_name_plural': 'agendas',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'liste des actualités',
                'verbose_name_plural': 'listes des actualités',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(help_text='Une ou deux phrases : pour qui, pour quoi faire.', max_length=400, verbose_name='en bref')),
                ('cover_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.communimage', verbose_name='image')),
                ('start', models.DateTimeField(db_index=True, verbose_name='début')),
                ('end', models.DateTimeField(db_index=True, help_text='Une heure approximative suffit.', verbose_name='fin')),
                ('all_day', models.BooleanField(default=False, help_text='Les heures ne comptent pas ; les jours, oui.', verbose_name='toute la journée')),
                ('time_zone', models.CharField(choices=[('Europe/Paris', 'Hexagone et Corse (heure de Paris)'), ('America/Guadeloupe', 'Guadeloupe'), ('America/Martinique', 'Martinique'), ('America/Cayenne', 'Guyane'), ('Indian/Reunion', 'La Réunion'), ('Indian/Mayotte', 'Mayotte'), ('America/Miquelon', 'Saint-Pierre-et-Miquelon'), ('America/St_Barthelemy', 'Saint-Barthélemy'), ('America/Marigot', 'Saint-Martin'), ('Pacific/Noumea', 'Nouvelle-Calédonie'), ('Pacific/Wallis', 'Wallis-et-Futuna'), ('Pacific/Tahiti', 'Polynésie française (Tahiti)'), ('Pacific/Marquesas', 'Polynésie française (Marquises)'), ('Pacific/Gambier', 'Polynésie française (Gambier)')], default='Europe/Paris', help_text='Le début et la fin se lisent sur cette horloge.', max_length=24, verbose_name='heure de')),
                ('is_cancelled', models.BooleanField(default=False, help_text='L’événement reste en ligne et se dit annulé, aussi dans les agendas abonnés.', verbose_name='annulé')),
                ('place', models.CharField(blank=True, help_text='« Maison des habitants, 4 rue des Lilas, Grenoble »', max_length=200, verbose_name='lieu')),
                ('is_online', models.BooleanField(default=False, verbose_name='en ligne')),
                ('video_url', models.URLField(blank=True, help_text='Il sera public. Vide s’il est donné aux inscrits.', max_length=500, verbose_name='lien de visioconférence')),
                ('website_url', models.URLField(blank=True, max_length=500, verbose_name='site de l’événement')),
                ('registration_url', models.URLField(blank=True, max_length=500, verbose_name='lien d’inscription')),
                ('organiser', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='organisateur')),
                ('organiser_name', models.CharField(blank=True, help_text='S’il n’est pas dans l’annuaire.', max_length=160, verbose_name='ou nom de l’organisateur')),
                ('partners', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Celles qui le préparent ensemble : leur lien paraît dans le réseau.', related_name='+', to='territories.organisation', verbose_name='organisé avec')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.territory', verbose_name='territoire')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('callout', 10), ('image', 13), ('video', 19), ('figures', 28), ('documents', 34), ('links', 41)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Grande partie'), ('h3', 'Sous-partie')], 'label': 'Niveau'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('commun.cms.blocks.ParagraphBlock', (), {}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('words', 4), ('author', 5), ('role', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'default': 'À retenir', 'label': 'Titre', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Texte'}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Le crédit et la licence de l’image s’ajoutent seuls.', 'label': 'Légende', 'max_length': 250, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 11), ('caption', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Titre de la vidéo', 'max_length': 160}), 15: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse de la vidéo'}), 16: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image d’aperçu', 'required': False}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '« 4 minutes »', 'label': 'Durée', 'max_length': 40, 'required': False}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.', 'label': 'Transcription', 'required': False}), 19: ('wagtail.blocks.StructBlock', [[('title', 14), ('url', 15), ('image', 16), ('duration', 17), ('transcript', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'default': 'Chiffres clés', 'label': 'Titre', 'max_length': 120, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : « 120 foyers », « 38 % ».', 'label': 'Chiffre', 'max_length': 40}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 200}), 23: ('wagtail.blocks.DateBlock', (), {'label': 'Date du chiffre'}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qui l’a mesuré ou publié.', 'label': 'Source', 'max_length': 200}), 25: ('wagtail.blocks.URLBlock', (), {'label': 'Lien vers la source', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('value', 21), ('label', 22), ('date', 23), ('source', 24), ('source_url', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Chiffres', 'max_num': 6, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('title', 20), ('items', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'default': 'Documents à télécharger', 'label': 'Titre', 'max_length': 120, 'required': False}), 30: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'À quoi il sert', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('document', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Documents', 'min_num': 1}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Pour aller plus loin', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 37: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 38: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 36), ('page', 37), ('url', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Liens', 'min_num': 1}), 41: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 40)]], {})}, verbose_name='texte')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='library.themepage', verbose_name='thématiques')),
            ],
            options={
                'verbose_name': 'événement',
                'verbose_name_plural': 'événements',
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='agenda_event_ends_after_start', violation_error_message='La fin doit venir après le début.')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('rencontre', 'Rencontre'), ('webinaire', 'Webinaire'), ('recrutement', 'Recrutement'), ('salon', 'Salon'), ('annonce', 'Annonce')], default='annonce', max_length=12, verbose_name='type')),
                ('date', models.DateField(db_index=True, verbose_name='date de l’annonce')),
                ('summary', models.TextField(help_text='Deux ou trois phrases, reprises dans la lettre.', max_length=500, verbose_name='en bref')),
                ('cover_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cms.communimage', verbose_name='image')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.organisation', verbose_name='organisation qui l’annonce')),
                ('when', models.CharField(blank=True, help_text='« Mardi 29 novembre, de 15 h à 17 h, à Lyon »', max_length=160, verbose_name='quand et où')),
                ('until', models.DateField(blank=True, help_text='Après cette date, l’annonce n’est plus proposée pour la lettre (fin d’un recrutement, d’un salon…).', null=True, verbose_name='d’actualité jusqu’au')),
                ('link_url', models.URLField(blank=True, max_length=500, verbose_name='lien')),
                ('link_label', models.CharField(blank=True, help_text='Dit où il mène, lu tout seul.', max_length=120, verbose_name='texte du lien')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('callout', 10), ('image', 13), ('video', 19), ('figures', 28), ('documents', 34), ('links', 41)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Grande partie'), ('h3', 'Sous-partie')], 'label': 'Niveau'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('commun.cms.blocks.ParagraphBlock', (), {}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('words', 4), ('author', 5), ('role', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'default': 'À retenir', 'label': 'Titre', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Texte'}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Le crédit et la licence de l’image s’ajoutent seuls.', 'label': 'Légende', 'max_length': 250, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 11), ('caption', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Titre de la vidéo', 'max_length': 160}), 15: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse de la vidéo'}), 16: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image d’aperçu', 'required': False}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '« 4 minutes »', 'label': 'Durée', 'max_length': 40, 'required': False}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.', 'label': 'Transcription', 'required': False}), 19: ('wagtail.blocks.StructBlock', [[('title', 14), ('url', 15), ('image', 16), ('duration', 17), ('transcript', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'default': 'Chiffres clés', 'label': 'Titre', 'max_length': 120, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : « 120 foyers », « 38 % ».', 'label': 'Chiffre', 'max_length': 40}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 200}), 23: ('wagtail.blocks.DateBlock', (), {'label': 'Date du chiffre'}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qui l’a mesuré ou publié.', 'label': 'Source', 'max_length': 200}), 25: ('wagtail.blocks.URLBlock', (), {'label': 'Lien vers la source', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('value', 21), ('label', 22), ('date', 23), ('source', 24), ('source_url', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Chiffres', 'max_num': 6, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('title', 20), ('items', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'default': 'Documents à télécharger', 'label': 'Titre', 'max_length': 120, 'required': False}), 30: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'À quoi il sert', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('document', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Documents', 'min_num': 1}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Pour aller plus loin', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 37: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 38: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 36), ('page', 37), ('url', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Liens', 'min_num': 1}), 41: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 40)]], {})}, verbose_name='texte')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='library.themepage', verbose_name='thématiques')),
            ],
            options={
                'verbose_name': 'actualité',
                'verbose_name_plural': 'actualités',
                'constraints': [models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gte', models.F('date')), _connector='OR'), name='agenda_news_until_after_date', violation_error_message='Cette date doit venir après celle de l’annonce.')],
            },
            bases=('wagtailcore.page',),
        ),
    ]
