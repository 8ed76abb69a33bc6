"""Small widgets that larger ones are made of: buttons, notes, fields, card pickers."""
