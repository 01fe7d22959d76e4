"""What the house does slowly on purpose, done quickly."""

from django.contrib.auth.hashers import ScryptPasswordHasher


class QuickScrypt(ScryptPasswordHasher):
    """Scrypt with the least work there is."""

    work_factor = 2
