import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('library', '0001_tables'),
        ('mailing', '0001_tables'),
        ('subscribers', '0001_tables'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='IssueIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'archive de la lettre',
                'verbose_name_plural': 'archives de la lettre',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='IssuePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('number', models.PositiveIntegerField(error_messages={'unique': 'Un autre numéro de la lettre porte déjà ce chiffre.'}, unique=True, verbose_name='numéro')),
                ('date', models.DateField(verbose_name='date de parution')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='library.themepage', verbose_name='thématique')),
                ('subject', models.CharField(blank=True, help_text='60 caractères au plus : les téléphones coupent la suite. Vide : le titre.', max_length=150, verbose_name='objet du message')),
                ('preheader', models.CharField(blank=True, help_text='Ce que les messageries montrent à côté de l’objet : une phrase qui donne envie.', max_length=200, verbose_name='texte d’aperçu')),
                ('welcome', models.TextField(blank=True, help_text='Une phrase qui dit ce qu’est cette lettre.', max_length=400, verbose_name='mot d’accueil')),
                ('body', wagtail.fields.StreamField([('theme', 7), ('featured', 14), ('inspirations', 21), ('outcomes', 27), ('seekers', 34), ('vote_state', 40), ('project_news', 45), ('concept', 56), ('news', 62), ('agenda', 67), ('partners', 71), ('contribution_call', 76), ('vote_call', 77), ('event_call', 78), ('questions', 79), ('text', 81), ('image', 84), ('quote', 88)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'Vide : le titre de la thématique.', 'label': 'Titre', 'max_length': 120, 'required': False}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'Vide : celle de la thématique.', 'label': 'Introduction', 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': 'Vide : celle de la thématique.', 'label': 'Question aux collectivités', 'max_length': 250, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'default': 'La thématique du mois', 'label': 'Surtitre', 'max_length': 80, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'default': 'Préciser notre besoin', 'label': 'Texte du bouton', 'max_length': 80, 'required': False}), 5: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Montrer l’image', 'required': False}), 6: ('wagtail.images.blocks.ImageChooserBlock', (), {'help_text': 'Vide : celle de la thématique.', 'label': 'Image', 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('title', 0), ('intro', 1), ('question', 2), ('kicker', 3), ('label', 4), ('show_image', 5), ('image', 6)]], {}), 8: ('commun.newsletters.choosers.ResourceBlock', (), {'label': 'Expérience'}), 9: ('wagtail.blocks.TextBlock', (), {'help_text': 'Vide : celui de la page.', 'label': 'Résumé', 'max_length': 600, 'required': False, 'rows': 3}), 10: ('wagtail.blocks.CharBlock', (), {'default': 'Pour commencer', 'label': 'Surtitre', 'max_length': 80, 'required': False}), 11: ('wagtail.blocks.CharBlock', (), {'default': '', 'help_text': 'Vide : celui de la page.', 'label': 'Titre', 'max_length': 120, 'required': False}), 12: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul. Vide : écrit pour vous.', 'label': 'Texte du lien', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Montrer les chiffres', 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('page', 8), ('summary', 9), ('kicker', 10), ('title', 11), ('link_label', 12), ('show_image', 5), ('show_figures', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'default': 'Des expériences et des méthodes pour vous inspirer', 'label': 'Titre', 'max_length': 120, 'required': False}), 16: ('commun.newsletters.choosers.ResourceBlock', (), {'label': 'Ressource'}), 17: ('wagtail.blocks.StructBlock', [[('page', 16), ('summary', 9), ('title', 11), ('link_label', 12)]], {}), 18: ('wagtail.blocks.ListBlock', (17,), {'label': 'Ressources', 'max_num': 12, 'min_num': 1}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Introduction', 'max_length': 250, 'required': False}), 20: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Montrer les images', 'required': False}), 21: ('wagtail.blocks.StructBlock', [[('title', 15), ('items', 18), ('intro', 19), ('show_images', 20)]], {}), 22: ('wagtail.blocks.CharBlock', (), {'default': 'Ce que la lettre a fait naître', 'label': 'Titre', 'max_length': 120, 'required': False}), 23: ('wagtail.blocks.CharBlock', (), {'label': 'Phrase', 'max_length': 250}), 24: ('wagtail.blocks.ListBlock', (23,), {'default': [], 'label': 'En quelques phrases', 'max_num': 6}), 25: ('commun.newsletters.choosers.ExperienceBlock', (), {'label': 'Expérience'}), 26: ('wagtail.blocks.ListBlock', (25,), {'default': [], 'help_text': 'Des expériences nées d’une page de la bibliothèque : la lettre dit de laquelle.', 'label': 'Ils l’ont fait', 'max_num': 4}), 27: ('wagtail.blocks.StructBlock', [[('title', 22), ('lines', 24), ('stories', 26)]], {}), 28: ('wagtail.blocks.CharBlock', (), {'default': 'Ils cherchent', 'label': 'Titre', 'max_length': 120, 'required': False}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Besoin', 'max_length': 200}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Qui cherche', 'max_length': 200}), 31: ('wagtail.blocks.CharBlock', (), {'help_text': 'Rempli pour vous.', 'label': 'Repère du besoin', 'max_length': 16}), 32: ('wagtail.blocks.StructBlock', [[('title', 29), ('who', 30), ('reference', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'default': [], 'label': 'Besoins', 'max_num': 6}), 34: ('wagtail.blocks.StructBlock', [[('title', 28), ('items', 33)]], {}), 35: ('wagtail.blocks.CharBlock', (), {'default': 'Les votes, où en sont-ils ?', 'label': 'Titre', 'max_length': 120, 'required': False}), 36: ('commun.newsletters.blocks.ToldVoteBlock', (), {'label': 'Vote'}), 37: ('wagtail.blocks.TextBlock', (), {'help_text': 'Vide : où il en est, le jour où la lettre est figée.', 'label': 'Ce qu’on en dit', 'max_length': 600, 'required': False, 'rows': 3}), 38: ('wagtail.blocks.StructBlock', [[('vote', 36), ('words', 37)]], {'icon': 'tick', 'label': 'Vote'}), 39: ('wagtail.blocks.ListBlock', (38,), {'default': [], 'label': 'Votes', 'max_num': 4}), 40: ('wagtail.blocks.StructBlock', [[('title', 35), ('items', 39)]], {}), 41: ('wagtail.blocks.CharBlock', (), {'default': 'Des nouvelles des projets partagés', 'label': 'Titre', 'max_length': 120, 'required': False}), 42: ('commun.newsletters.blocks.ToldProjectBlock', (), {'label': 'Projet'}), 43: ('wagtail.blocks.StructBlock', [[('project', 42), ('words', 37)]], {'icon': 'group', 'label': 'Projet'}), 44: ('wagtail.blocks.ListBlock', (43,), {'default': [], 'label': 'Projets', 'max_num': 4}), 45: ('wagtail.blocks.StructBlock', [[('title', 41), ('items', 44)]], {}), 46: ('commun.newsletters.choosers.ConceptBlock', (), {'label': 'Concept', 'required': False}), 47: ('wagtail.blocks.TextBlock', (), {'help_text': 'Vide : celui de la page.', 'label': 'En bref', 'max_length': 600, 'required': False, 'rows': 3}), 48: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte', 'required': False}), 49: ('wagtail.blocks.CharBlock', (), {'default': 'Le concept du mois', 'label': 'Surtitre', 'max_length': 80, 'required': False}), 50: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Montrer l’image', 'required': False}), 51: ('wagtail.blocks.CharBlock', (), {'help_text': 'Dit où il mène, lu tout seul.', 'label': 'Texte du lien', 'max_length': 160}), 52: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page de ce site', 'required': False}), 53: ('wagtail.blocks.URLBlock', (), {'label': 'ou adresse d’un autre site', 'required': False}), 54: ('wagtail.blocks.StructBlock', [[('text', 51), ('page', 52), ('url', 53)]], {}), 55: ('wagtail.blocks.ListBlock', (54,), {'default': [], 'label': 'Pour aller plus loin'}), 56: ('wagtail.blocks.StructBlock', [[('page', 46), ('lead', 47), ('text', 48), ('kicker', 49), ('title', 11), ('show_image', 50), ('links', 55)]], {}), 57: ('wagtail.blocks.CharBlock', (), {'default': 'Actualités des partenaires', 'label': 'Titre', 'max_length': 120, 'required': False}), 58: ('commun.newsletters.choosers.NewsBlock', (), {'label': 'Actualité'}), 59: ('wagtail.blocks.StructBlock', [[('page', 58), ('summary', 9), ('title', 11)]], {}), 60: ('wagtail.blocks.ListBlock', (59,), {'label': 'Actualités', 'max_num': 12, 'min_num': 1}), 61: ('wagtail.blocks.BooleanBlock', (), {'default': False, 'label': 'Montrer les images', 'required': False}), 62: ('wagtail.blocks.StructBlock', [[('title', 57), ('items', 60), ('show_images', 61)]], {}), 63: ('wagtail.blocks.CharBlock', (), {'default': 'À vos agendas', 'label': 'Titre', 'max_length': 120, 'required': False}), 64: ('commun.newsletters.choosers.EventBlock', (), {'label': 'Événement'}), 65: ('wagtail.blocks.ListBlock', (64,), {'label': 'Événements', 'max_num': 12, 'min_num': 1}), 66: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'Lien vers tout l’agenda', 'required': False}), 67: ('wagtail.blocks.StructBlock', [[('title', 63), ('items', 65), ('show_more', 66)]], {}), 68: ('wagtail.blocks.CharBlock', (), {'default': 'Une lettre portée par', 'label': 'Titre', 'max_length': 120, 'required': False}), 69: ('commun.newsletters.blocks.PartnerBlock', (), {}), 70: ('wagtail.blocks.ListBlock', (69,), {'label': 'Partenaires', 'max_num': 12, 'min_num': 1}), 71: ('wagtail.blocks.StructBlock', [[('title', 68), ('items', 70)]], {}), 72: ('wagtail.blocks.CharBlock', (), {'default': '', 'label': 'Titre', 'max_length': 120, 'required': False}), 73: ('wagtail.blocks.DateBlock', (), {'label': 'Jusqu’au', 'required': False}), 74: ('wagtail.blocks.CharBlock', (), {'label': 'Texte du bouton', 'max_length': 80, 'required': False}), 75: ('wagtail.blocks.URLBlock', (), {'help_text': 'Vide : la page du site prévue pour cela, sinon l’adresse électronique du réseau.', 'label': 'Autre adresse', 'required': False}), 76: ('wagtail.blocks.StructBlock', [[('title', 72), ('text', 48), ('deadline', 73), ('label', 74), ('url', 75)]], {'label': 'Appel à contributions'}), 77: ('wagtail.blocks.StructBlock', [[('title', 72), ('text', 48), ('deadline', 73), ('label', 74), ('url', 75)]], {'label': 'Appel à voter'}), 78: ('wagtail.blocks.StructBlock', [[('title', 72), ('text', 48), ('deadline', 73), ('label', 74), ('url', 75)]], {'label': 'Appel à événements'}), 79: ('wagtail.blocks.StructBlock', [[('title', 72), ('text', 48), ('deadline', 73), ('label', 74), ('url', 75)]], {'icon': 'help', 'label': 'Questions et remarques'}), 80: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Texte'}), 81: ('wagtail.blocks.StructBlock', [[('title', 72), ('text', 80)]], {}), 82: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 83: ('wagtail.blocks.CharBlock', (), {'label': 'Légende', 'max_length': 250, 'required': False}), 84: ('wagtail.blocks.StructBlock', [[('image', 82), ('caption', 83)]], {}), 85: ('wagtail.blocks.TextBlock', (), {'help_text': 'Sans guillemets : ils sont ajoutés.', 'label': 'Citation', 'max_length': 600, 'rows': 3}), 86: ('wagtail.blocks.CharBlock', (), {'label': 'Qui parle', 'max_length': 120, 'required': False}), 87: ('wagtail.blocks.CharBlock', (), {'label': 'À quel titre', 'max_length': 160, 'required': False}), 88: ('wagtail.blocks.StructBlock', [[('words', 85), ('author', 86), ('role', 87)]], {})}, verbose_name='rubriques')),
            ],
            options={
                'verbose_name': 'numéro de la lettre',
                'verbose_name_plural': 'numéros de la lettre',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='newsletters.issuepage', verbose_name='numéro')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.revision', verbose_name='version')),
                ('revision_hash', models.CharField(max_length=64, verbose_name='empreinte de la version')),
                ('content', models.JSONField(verbose_name='contenu figé')),
                ('content_hash', models.CharField(max_length=64, verbose_name='empreinte du contenu')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.message', verbose_name='message')),
                ('images', models.JSONField(default=list, verbose_name='images conservées')),
                ('report', models.JSONField(default=list, verbose_name='vérifications')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='soumis par')),
                ('submitted_at', models.DateTimeField(verbose_name='soumis le')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retiré par')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='mis en ligne le')),
                ('send', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.send', verbose_name='envoi')),
            ],
            options={
                'verbose_name': 'soumission',
                'verbose_name_plural': 'soumissions',
                'ordering': ('-pk',),
                'permissions': [('submit_issue', 'Peut soumettre un numéro de la lettre'), ('approve_issue', 'Peut approuver un numéro de la lettre'), ('send_issue', 'Peut envoyer un numéro de la lettre et conduire l’envoi')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('issue',), name='newsletters_submission_current_once'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('send__isnull', False), _connector='OR'), name='newsletters_submission_published_by_a_send'), models.UniqueConstraint(condition=models.Q(('send__isnull', False)), fields=('send',), name='newsletters_submission_send_once')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='newsletters.submission', verbose_name='soumission')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approuvé par')),
                ('at', models.DateTimeField(verbose_name='approuvé le')),
                ('message_hash', models.CharField(max_length=64, verbose_name='empreinte du message')),
            ],
            options={
                'verbose_name': 'approbation',
                'verbose_name_plural': 'approbations',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('submission', 'by'), name='newsletters_approval_once_per_person')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='journal', to='newsletters.issuepage', verbose_name='numéro')),
                ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='journal', to='newsletters.submission', verbose_name='soumission')),
                ('act', models.CharField(choices=[('submitted', 'soumis à l’approbation'), ('refused', 'refusé'), ('answered', 'réponse'), ('withdrawn', 'repris en brouillon'), ('replaced', 'remplacé par une nouvelle soumission'), ('approved', 'approuvé'), ('planned', 'envoi programmé'), ('moved', 'envoi déplacé'), ('stopped', 'envoi arrêté'), ('begun', 'envoi commencé'), ('ended', 'envoi terminé'), ('audience_read', 'adresses consultées'), ('erratum_written', 'rectificatif écrit'), ('erratum_approved', 'rectificatif approuvé'), ('erratum_withdrawn', 'rectificatif retiré'), ('erratum_begun', 'rectificatif envoyé'), ('erratum_stopped', 'rectificatif arrêté'), ('erratum_ended', 'rectificatif : envoi terminé')], max_length=24, verbose_name='acte')),
                ('words', models.TextField(blank=True, max_length=2000, verbose_name='mots')),
                ('answers', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='newsletters.journalentry', verbose_name='en réponse à')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('at', models.DateTimeField(verbose_name='le')),
            ],
            options={
                'verbose_name': 'ligne du journal',
                'verbose_name_plural': 'journal du numéro',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['refused', 'withdrawn', 'answered']), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='newsletters_journal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='newsletters.issuepage', verbose_name='numéro')),
                ('wrong', models.CharField(max_length=500, verbose_name='passage erroné')),
                ('right', models.CharField(max_length=500, verbose_name='passage corrigé')),
                ('reason', models.CharField(blank=True, max_length=250, verbose_name='raison')),
                ('at', models.DateTimeField(verbose_name='corrigé le')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrigé par')),
            ],
            options={
                'verbose_name': 'correction',
                'verbose_name_plural': 'corrections',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('wrong', ''), _negated=True), name='newsletters_correction_of_something')],
            },
        ),
        migrations.CreateModel(
            name='ThemeTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('theme', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='library.themepage', verbose_name='thématique')),
                ('topic', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subscribers.topic', verbose_name='sujet')),
            ],
            options={
                'verbose_name': 'sujet d’une thématique',
                'verbose_name_plural': 'sujets des thématiques',
            },
        ),
        migrations.CreateModel(
            name='Erratum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='raison')),
                ('words', models.TextField(max_length=4000, verbose_name='texte')),
                ('with_uncertain', models.BooleanField(default=False, verbose_name='aussi aux remises incertaines')),
                ('written_at', models.DateTimeField(verbose_name='écrit le')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approuvé le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retiré le')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approuvé par')),
                ('corrects', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.send', verbose_name='envoi corrigé')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='errata', to='newsletters.issuepage', verbose_name='numéro')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.message', verbose_name='message')),
                ('send', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='mailing.send', verbose_name='envoi')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='retiré par')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrit par')),
            ],
            options={
                'verbose_name': 'rectificatif',
                'verbose_name_plural': 'rectificatifs',
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('send__isnull', True), ('withdrawn_at__isnull', True)), fields=('issue',), name='newsletters_erratum_one_at_a_time'), models.CheckConstraint(condition=models.Q(('send__isnull', True), ('approved_at__isnull', False), _connector='OR'), name='newsletters_erratum_sent_approved'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('written_by')), _negated=True), _connector='OR'), name='newsletters_erratum_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='TrialList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('addresses', models.TextField(help_text='Une par ligne.', verbose_name='adresses')),
            ],
            options={
                'verbose_name': 'liste d’essai',
                'verbose_name_plural': 'listes d’essai',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='TrialAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=254, verbose_name='adresse')),
                ('words', models.TextField(max_length=8000, verbose_name='mots')),
                ('at', models.DateTimeField(db_index=True, verbose_name='reçu le')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trial_answers', to='newsletters.issuepage', verbose_name='numéro')),
            ],
            options={
                'verbose_name': 'réponse à un essai',
                'verbose_name_plural': 'réponses à un essai',
                'ordering': ('pk',),
            },
        ),
    ]
