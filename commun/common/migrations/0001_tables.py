from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='PeriodicRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('next_at', models.DateTimeField()),
                ('started_at', models.DateTimeField(null=True)),
                ('succeeded_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('last_error', models.CharField(blank=True, max_length=100)),
                ('runs', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='WorkerBeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.CharField(help_text='Opaque name, drawn at start.', max_length=64, unique=True)),
                ('host', models.CharField(max_length=255)),
                ('pid', models.PositiveIntegerField()),
                ('started_at', models.DateTimeField()),
                ('beat_at', models.DateTimeField(db_index=True)),
                ('stopped_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='HostTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(max_length=255, unique=True)),
                ('free_at', models.DateTimeField(db_index=True)),
                ('key', models.CharField(blank=True, help_text='Opaque: of whoever holds the turn.', max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name='PublicMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300, verbose_name='adresse')),
                ('day', models.DateField(verbose_name='jour')),
                ('visits', models.PositiveIntegerField(default=0, verbose_name='visites')),
            ],
            options={
                'verbose_name': 'visites d’une page en un jour',
                'verbose_name_plural': 'visites des pages, par jour',
                'default_permissions': (),
                'indexes': [models.Index(fields=['day'], name='common_visit_day')],
                'constraints': [models.UniqueConstraint(fields=('path', 'day'), name='common_visit_once')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='le')),
                ('kind', models.CharField(max_length=40, verbose_name='acte')),
                ('who', models.CharField(max_length=64, verbose_name='empreinte')),
            ],
            options={
                'verbose_name': 'retrait',
                'verbose_name_plural': 'retraits',
                'default_permissions': (),
            },
        ),
    ]
