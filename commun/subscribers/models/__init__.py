from commun.subscribers.models.people import ConsentEvent, ConsentWording, Subscriber, Topic

__all__ = ["ConsentEvent", "ConsentWording", "Subscriber", "Topic"]
