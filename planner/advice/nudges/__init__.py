"""The nudges, one module each: its entry in the catalogue and its trigger."""
