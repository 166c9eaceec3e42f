communications-nav = Verzending
