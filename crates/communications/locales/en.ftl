communications-nav = Sending
