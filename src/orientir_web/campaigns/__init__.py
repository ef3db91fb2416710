"""When: a programme, a year, those who are asked, and their deadlines."""
