"""Wenbao 稳保: what a platform worker in China should pay into, what it costs and what it gives back."""

__version__ = "0.1.0"
