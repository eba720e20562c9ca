"""What people get wrong in English, put into right sentences to learn proofreading from."""
