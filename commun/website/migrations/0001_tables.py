import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('headline', models.CharField(default='Faire participer, coopérer\xa0: ce qui marche ailleurs', max_length=120, verbose_name='accroche')),
                ('introduction', models.TextField(default='Communes, intercommunalités, départements et régions partagent ici ce qu’elles ont essayé avec leurs habitants : le récit, les moyens, les chiffres, et ce qui n’a pas marché.', max_length=600, verbose_name='introduction')),
                ('giving', models.TextField(default='Un récit, un guide, une date, un besoin : un simple courriel suffit. La rédaction le met en forme avec vous, vous le relisez, et votre collectivité est créditée.', max_length=600, verbose_name='comment contribuer')),
            ],
            options={
                'verbose_name': 'accueil',
                'verbose_name_plural': 'accueils',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LegalPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='en bref')),
                ('body', wagtail.fields.StreamField([('heading', 2), ('paragraph', 3), ('quote', 7), ('callout', 10), ('image', 13), ('video', 19), ('figures', 28), ('documents', 34), ('links', 41)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Titre', 'max_length': 120}), 1: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('h2', 'Grande partie'), ('h3', 'Sous-partie')], 'label': 'Niveau'}), 2: ('wagtail.blocks.StructBlock', [[('text', 0), ('level', 1)]], {}), 3: ('commun.cms.blocks.ParagraphBlock', (), {}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('words', 4), ('author', 5), ('role', 6)]], {}), 8: ('wagtail.blocks.CharBlock', (), {'default': 'À retenir', 'label': 'Titre', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Texte'}), 10: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 9)]], {}), 11: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Le crédit et la licence de l’image s’ajoutent seuls.', 'label': 'Légende', 'max_length': 250, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('image', 11), ('caption', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Titre de la vidéo', 'max_length': 160}), 15: ('wagtail.blocks.URLBlock', (), {'label': 'Adresse de la vidéo'}), 16: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image d’aperçu', 'required': False}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '« 4 minutes »', 'label': 'Durée', 'max_length': 40, 'required': False}), 18: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'help_text': 'Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.', 'label': 'Transcription', 'required': False}), 19: ('wagtail.blocks.StructBlock', [[('title', 14), ('url', 15), ('image', 16), ('duration', 17), ('transcript', 18)]], {}), 20: ('wagtail.blocks.CharBlock', (), {'default': 'Chiffres clés', 'label': 'Titre', 'max_length': 120, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Avec son unité : « 120 foyers », « 38 % ».', 'label': 'Chiffre', 'max_length': 40}), 22: ('wagtail.blocks.CharBlock', (), {'label': 'Ce qu’il compte', 'max_length': 200}), 23: ('wagtail.blocks.DateBlock', (), {'label': 'Date du chiffre'}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': 'Qui l’a mesuré ou publié.', 'label': 'Source', 'max_length': 200}), 25: ('wagtail.blocks.URLBlock', (), {'label': 'Lien vers la source', 'required': False}), 26: ('wagtail.blocks.StructBlock', [[('value', 21), ('label', 22), ('date', 23), ('source', 24), ('source_url', 25)]], {}), 27: ('wagtail.blocks.ListBlock', (26,), {'label': 'Chiffres', 'max_num': 6, 'min_num': 1}), 28: ('wagtail.blocks.StructBlock', [[('title', 20), ('items', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'default': 'Documents à télécharger', 'label': 'Titre', 'max_length': 120, 'required': False}), 30: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'Document'}), 31: ('wagtail.blocks.CharBlock', (), {'label': 'À quoi il sert', 'max_length': 200, 'required': False}), 32: ('wagtail.blocks.StructBlock', [[('document', 30), ('note', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Documents', 'min_num': 1}), 34: ('wagtail.blocks.StructBlock', [[('title', 29), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Pour aller plus loin', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 37: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 38: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('text', 36), ('page', 37), ('url', 38)]], {}), 40: ('wagtail.blocks.ListBlock', (39,), {'label': 'Liens', 'min_num': 1}), 41: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 40)]], {})}, verbose_name='texte')),
                ('updated_on', models.DateField(blank=True, null=True, verbose_name='à jour le')),
            ],
            options={
                'verbose_name': 'page d’information',
                'verbose_name_plural': 'pages d’information',
            },
            bases=('wagtailcore.page',),
        ),
    ]
