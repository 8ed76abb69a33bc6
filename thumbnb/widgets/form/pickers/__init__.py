"""The pickers of the form: records of the service, persons, engines, and the style source."""
