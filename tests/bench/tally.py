"""Counts ranked ballots with pref_voting: for each line that comes in, builds the profile, finds the winners by Schulze's method and by
instant run-off, and prints their numbers. The file has a ballot a line: numbers of the options, best first."""

import sys
import warnings

warnings.simplefilter("ignore")

from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
from pref_voting.iterative_methods import instant_runoff

with open(sys.argv[1]) as file:
    ballots = [tuple(int(option) for option in line.split()) for line in file]
print("ready", flush=True)
for _ in sys.stdin:
    profile = Profile(ballots)
    print(*beat_path(profile), "|", *instant_runoff(profile), flush=True)
