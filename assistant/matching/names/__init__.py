"""People's names in what members write, to be taken out before anything is stored."""
