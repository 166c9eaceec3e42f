nav-value-models = Waardemodellen
