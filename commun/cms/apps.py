from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save


class CmsConfig(AppConfig):
    name = "commun.cms"
    label = "cms"
    verbose_name = "contenus"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.signals import post_page_move

        from commun.cms import holdings, listening, showing
        from commun.cms.publication import refuse_going_online
        from commun.cms.services.permissions import grant_permissions
        from commun.cms.services.pictures import make_pictures
        from commun.cms.services.scheduling import publish_due, take_off_expired
        from commun.common import periodic
        from commun.common.privacy import tells

        tells("cms", *holdings.ROWS)

        showing.register()
        post_migrate.connect(grant_permissions, sender=self, dispatch_uid="cms.grant_permissions")
        pre_save.connect(refuse_going_online, dispatch_uid="cms.refuse_going_online")
        post_save.connect(listening.bare_page_saved, sender=Page, dispatch_uid="cms.bare_page_saved")
        post_delete.connect(listening.page_deleted, sender=Page, dispatch_uid="cms.page_deleted")
        post_page_move.connect(listening.page_moved, dispatch_uid="cms.page_moved")
        periodic.register(
            "cms.publish_due", title="Publications programmées", every=timedelta(minutes=1), service=publish_due
        )
        periodic.register(
            "cms.take_off_expired", title="Retraits programmés", every=timedelta(minutes=1), service=take_off_expired
        )
        periodic.register(
            "cms.make_pictures", title="Images des pages", every=timedelta(minutes=1), service=make_pictures
        )
