from django.urls import path

from commun.inbound import views

app_name = "inbound"
urlpatterns = [path("courrier/<slug:provider>/", views.bring, name="webhook")]
