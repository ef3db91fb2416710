"""Forms as workbooks: where each cell stands, how one is made for a school, how it is read when it comes back."""
