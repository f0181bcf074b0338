-- All views are switched: what isn't among them is gone.
DELETE FROM view_versions
