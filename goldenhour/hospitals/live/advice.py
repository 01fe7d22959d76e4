"""Where a unit should take its patient: asks the pure front with what the tables say."""
