"""The key store's tables: wrapped keys and blind indexes, in a database of their own."""

from django.db import models


class RegisterKey(models.Model):
    """A register's key, wrapped by the master key."""

    id = models.UUIDField(primary_key=True)
    wrapped = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"register key {self.id}"


class PersonKey(models.Model):
    """A person's data key, wrapped by the key of their register. Destroying it erases them."""

    id = models.UUIDField(primary_key=True)
    register = models.UUIDField()
    wrapped = models.BinaryField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"person key {self.id}"


class BlindIndex(models.Model):
    """How a card, a number or an alias is found without being readable (HMAC)."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(db_index=True)
    digest = models.BinaryField(max_length=32, db_index=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "key"], name="vault_one_index_per_key"),
        ]

    def __str__(self) -> str:
        return f"blind index {self.id}"
