contributions-nav = Contributions
