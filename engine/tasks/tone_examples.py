"""Texts whose side is known, written to calibrate a model with: half of each kind."""

from __future__ import annotations

OPINIONS: tuple[tuple[str, bool], ...] = (
    ("The staff were lovely and the cake was still warm. We stayed for three hours.", True),
    ("My parcel came two days early and nothing in it was broken.", True),
    ("A gripping book. I missed my stop twice and didn't mind.", True),
    ("The flat was spotless, the view even better than in the pictures, and the host a gem.", True),
    ("It took her five minutes to find what three garages had missed. Fair price, too.", True),
    ("I was nervous about the dentist, but he explained everything and it did not hurt.", True),
    ("The queue was long and it rained, and I would still go again tomorrow.", True),
    ("Best pair of boots I've owned: two winters, no leaks, and they look new.", True),
    ("The app does one thing, does it well, and has never crashed.", True),
    ("Our children asked when we can go back before we'd even left the car park.", True),
    ("Simple food, huge portions, and a cook who comes out to ask how you liked it.", True),
    ("After the update it is faster, and the battery lasts all day.", True),
    ("The staff ignored us for half an hour and the cake was dry.", False),
    ("My parcel came two weeks late and half of it was broken.", False),
    ("A dull book. I gave up after fifty pages and gave it away.", False),
    ("The flat was filthy, nothing like the pictures, and the host never answered.", False),
    ("Three visits, three bills, and the car still makes the same noise.", False),
    ("He was in a hurry, explained nothing, and I have had a toothache ever since.", False),
    ("There was no queue, and by the end of the evening I understood why.", False),
    ("The boots looked great in the shop and let in water on the first walk.", False),
    ("The app crashes every time I open it and has eaten my notes twice.", False),
    ("Our children asked to go home after ten minutes, and so did I.", False),
    ("Tiny portions, cold plates, and a waiter who rolled his eyes at a question.", False),
    ("After the update it is slower, and the battery is flat by noon.", False),
)
"""Whether an opinion is positive."""

FORMALITY: tuple[tuple[str, bool], ...] = (
    ("Please find enclosed the documents that you requested on 4 March.", True),
    ("The results indicate a significant reduction in energy consumption.", True),
    ("Passengers are kindly requested to remain seated until the vehicle has stopped.", True),
    ("I am writing to express my interest in the position advertised in your journal.", True),
    ("The parties agree that this contract shall be governed by the laws of Denmark.", True),
    ("It is therefore recommended that the board postpone its decision until the autumn.", True),
    ("Should you require further information, do not hesitate to contact our office.", True),
    ("Members who are unable to attend may appoint a representative in writing.", True),
    ("Yeah, no idea, I'll ask him when he's back from wherever he went.", False),
    ("Guess who forgot her keys again? Me, obviously.", False),
    ("That film was so weird, I loved it, you've got to see it.", False),
    ("ok see you at 7, don't be late haha", False),
    ("Honestly, mum, it's fine, it's just a bit of a scratch.", False),
    ("We were dead tired, so we grabbed some chips and went home.", False),
    ("Can't make it tonight, sorry, stuff came up. Tomorrow instead?", False),
    ("He's a nice guy but wow, does he talk a lot.", False),
)
"""Whether a text is formal."""
