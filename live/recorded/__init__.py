"""What real servers have answered, replayed at our HTTP seam; fetched by install.sh, kept in no tree."""
