nav-value-models = Value models
