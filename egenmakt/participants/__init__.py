"""Who comes: participants, their households and their cards, within one register."""
