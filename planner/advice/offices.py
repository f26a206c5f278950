"""Where one goes and what one brings, in the words that the steps of several nudges share."""

from __future__ import annotations

from planner.values import mark

IDENTITY_CARD = mark("Identity card")
SOCIAL_CARD = mark("Social security card")
HOUSEHOLD_REGISTER = mark("Household register")
OFFICE = mark("The tax authority's payment channel for social insurance, or the social insurance office")
COMMUNITY = mark("The community or village office where you are registered, or the social insurance app")
BANK = mark("Your bank or wallet")
