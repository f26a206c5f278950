"""The parts of the page that compares pension tiers, each a card that shows what it is given."""
