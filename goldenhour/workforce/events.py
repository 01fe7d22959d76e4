"""What can happen among the people: credentials, training, who is aboard, and roles taken and given back."""
