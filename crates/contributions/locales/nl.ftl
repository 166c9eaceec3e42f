contributions-nav = Bijdragen
