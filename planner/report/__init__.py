"""What a person takes home, and the words in which results are told, on paper and in the window."""
