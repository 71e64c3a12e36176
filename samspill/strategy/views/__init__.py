"""What answers the addresses of the strategy: the whole, the rows of a question, a goal, the documents."""
