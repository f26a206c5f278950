"""Many members at once (会员, 名单): the roster, each one's facts, who is at risk, who can join.

No clock and no words: the day comes in, and sentences go out as `Sentence` for whoever shows them.
"""
