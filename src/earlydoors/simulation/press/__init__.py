"""The press: a story is played once through the domain's operations and printed many times.

`playing` walks a story with marks in the place of names, texts and numbers, in a transaction that
is undone. `capture` reads every row that it wrote, `plate` keeps them as templates with holes, and
`printing` fills the holes for each family drawn. `loading` sends the rows to the database in
batches. Nothing is printed that no operation wrote; `proving` plays some of the printed families
through the operations to show it.
"""
