"""Wenbao 稳保: what a platform worker in mainland China should pay into, what it costs, what it gives back."""

__version__ = "0.1.0"
