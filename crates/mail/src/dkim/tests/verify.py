"""Verifies one message with dkimpy: verify.py MESSAGE RECORD prints good or bad."""
import sys
import dkim

message = open(sys.argv[1], "rb").read()
record = sys.argv[2].encode()
print("good" if dkim.verify(message, dnsfunc=lambda name, timeout=5: record) else "bad")
