"""The board's statuses as numbers, for kernels and arrays. `fleet.status.Status` gives them their names and marks."""

AVAILABLE = 0
NOTIFIED = 1
EN_ROUTE = 2
AT_SCENE = 3
TRANSPORTING = 4
AT_HOSPITAL = 5
RETURNING = 6
OUT_OF_SERVICE = 7
