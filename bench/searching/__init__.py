"""What the benchmark of search is made of: posts, the server they come from, ours, and other engines."""
