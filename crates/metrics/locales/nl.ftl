metrics-nav = Scorekaart
