metrics-nav = Scorecard
