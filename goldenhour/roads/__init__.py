"""Roads: the network of a region, exact travel times on it, and where a vehicle is along its way."""
